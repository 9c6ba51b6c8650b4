#include "auth/token_signer.h"

#include <future>
#include <utility>

namespace auth {

TokenThreadDoor::TokenThreadDoor(TokenWorker& thread, Sign sign)
    : m_thread(&thread)
    , m_sign(std::move(sign))
{
}

void TokenThreadDoor::close()
{
    const std::lock_guard lock(m_mutex);
    m_thread = nullptr;
}

base::Result<TokenThreadDoor::Bytes> TokenThreadDoor::sign(SignInNumber signIn, tls::Signer::Scheme scheme, Bytes input)
{
    const auto answer = std::make_shared<std::promise<base::Result<Bytes>>>();
    {
        const std::lock_guard lock(m_mutex);
        if (!m_thread)
            return base::Error{base::Errc::TokenAbsent, "the token is no longer in use"};
        m_thread->ask(
            [this, answer, signIn, scheme, bytes = std::move(input)]() -> TokenWorker::Answer {
                return [answer, made = m_sign(signIn, scheme, bytes)] { answer->set_value(made); };
            },
            [answer](const base::Error& error) { answer->set_value(error); });
    }
    return answer->get_future().get();
}

TokenSigner::TokenSigner(std::shared_ptr<TokenThreadDoor> door, SignInNumber signIn)
    : m_door(std::move(door))
    , m_signIn(signIn)
{
}

base::Result<std::vector<std::uint8_t>> TokenSigner::sign(Scheme scheme, std::span<const std::uint8_t> input)
{
    return m_door->sign(m_signIn, scheme, {input.begin(), input.end()});
}

}
