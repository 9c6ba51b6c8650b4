#include "auth/piv_attestation.h"
#include "auth/piv_work.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/promise.h"

#include <openssl/err.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

/// What a card says, or whoever sits in its place. The bytes are its answers, one after the other: a length of two
/// bytes, then so many bytes with the status word. A card that has said everything says its last answer again and
/// again.
namespace fuzz {

namespace {

class OddCard final : public auth::CardChannel {
public:
    explicit OddCard(std::string_view answers)
        : m_answers(answers)
    {
    }
    base::Status claim() override { return base::Ok{}; }
    base::Result<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) override
    {
        require(command.size() >= 4 && command.size() <= 5 + 255 + 1, "a command is one short APDU");
        require(++m_commands <= MostCommands, "no card keeps us for ever");
        if (m_answers.size() >= 2) {
            const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(m_answers[at]); };
            const std::size_t size = byte(0) * 256U + byte(1);
            const std::string_view answer = m_answers.substr(2, size);
            m_last.assign(answer.begin(), answer.end());
            m_answers.remove_prefix(2 + answer.size());
        }
        if (m_last.empty())
            return base::Error{base::Errc::TokenAbsent, "the card was removed"};
        return m_last;
    }

private:
    static constexpr int MostCommands = 20'000;
    std::string_view m_answers;
    std::vector<std::uint8_t> m_last;
    int m_commands = 0;
};

/// One reader with that card in it.
class OddReader final : public auth::Pcsc {
public:
    explicit OddReader(std::string_view answers)
        : m_answers(answers)
    {
    }
    auth::PcscAnswer establish() override { return {}; }
    void release() override { }
    auth::PcscAnswer listReaders(std::vector<std::string>& readers) override
    {
        readers = {"reader"};
        return {};
    }
    auth::PcscAnswer waitForChange(std::chrono::milliseconds, std::vector<auth::ReaderState>&) override { return {}; }
    void cancel() override { }
    base::Result<std::unique_ptr<auth::CardChannel>> connect(const std::string&) override
    {
        return std::unique_ptr<auth::CardChannel>(std::make_unique<OddCard>(m_answers));
    }

private:
    std::string_view m_answers;
};

}

void pivCard(std::string_view bytes)
{
    OddCard card(bytes);
    const auto facts = auth::readPivFacts(card);
    if (facts) {
        require(facts->guid.empty() || facts->guid.size() == 32, "a GUID has 16 bytes");
        require(!facts->pinTries || (*facts->pinTries >= 0 && *facts->pinTries <= 255), "tries fit into a byte");
        if (const auto work = auth::PivWork::begin(std::make_unique<OddCard>(bytes), facts->id())) {
            static_cast<void>((*work)->certificate());
            const auto key = (*work)->publicKey();
            if (key && *key)
                static_cast<void>(auth::PivWork::signingKey(*work, **key));
            static_cast<void>((*work)->use(0x11, std::vector<std::uint8_t>(32)));
            static_cast<void>((*work)->generate(auth::PivKeyKind::EcP256));
            static_cast<void>((*work)->generate(auth::PivKeyKind::Rsa2048));
        }
    }
    OddReader reader(bytes);
    for (const auto& attestation : auth::readAttestations(reader, 0x9a))
        require(!attestation.device.empty(), "an attestation has its second certificate");
    ERR_clear_error();
}

}
