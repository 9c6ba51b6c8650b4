#include "app/trail/token_head_signer.h"

#include "core/tls/statement.h"

#include <utility>

namespace app {

namespace {

class IdentitySigner final : public audit::HeadSigner {
public:
    IdentitySigner(std::shared_ptr<const tls::Identity> identity, std::string keyId)
        : m_identity(std::move(identity))
        , m_keyId(std::move(keyId))
    {
    }
    [[nodiscard]] std::string keyId() const override { return m_keyId; }
    [[nodiscard]] base::Result<std::string> sign(std::string_view statement) override
    {
        return tls::signStatement(*m_identity, statement);
    }

private:
    const std::shared_ptr<const tls::Identity> m_identity;
    const std::string m_keyId;
};

}

base::Result<std::shared_ptr<audit::HeadSigner>> headSignerOf(std::shared_ptr<const tls::Identity> identity)
{
    auto keyId = tls::keyIdOf(*identity->certificate);
    if (!keyId)
        return base::Error{base::Errc::Configuration, "the audit trail cannot be signed: " + keyId.error().detail};
    return std::shared_ptr<audit::HeadSigner>(std::make_shared<IdentitySigner>(std::move(identity), *std::move(keyId)));
}

}
