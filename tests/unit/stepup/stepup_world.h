#pragma once

#include "core/stepup/assertion_verifier.h"
#include "core/stepup/client_data.h"
#include "core/stepup/grant_ledger.h"
#include "core/stepup/registration_verifier.h"
#include "tests/support/fake_clock.h"
#include "tests/support/soft_authenticator.h"

#include <gtest/gtest.h>

#include <numeric>
#include <ostream>
#include <string>
#include <variant>

/// How GoogleTest shows what differs.
namespace stepup {
inline void PrintTo(Algorithm algorithm, std::ostream* out)
{
    *out << algorithmName(algorithm);
}
inline void PrintTo(VerifyRefusal refusal, std::ostream* out)
{
    *out << refusalName(refusal);
}
inline void PrintTo(GrantRefusal refusal, std::ostream* out)
{
    *out << refusalName(refusal);
}
}

/// A policy enforcement point with one person who has one security key, for tests.
namespace stepup_test {

using namespace stepup;

inline constexpr const char* RpId = "stepup.desk.example";
inline constexpr Aaguid Model{
    0x2f, 0xc0, 0x57, 0x9f, 0x81, 0x13, 0x47, 0xea, 0xb1, 0x16, 0xbb, 0x5a, 0x8d, 0xb9, 0x20, 0x2a};

inline Digest filled(std::uint8_t value)
{
    Digest digest{};
    digest.fill(value);
    return digest;
}

inline base::Decimal decimal(std::string_view text)
{
    return *base::Decimal::parse(text);
}

inline base::UtcTime at(int hour, int minute, int second = 0)
{
    using namespace std::chrono;
    return sys_days(2026y / November / 24) + hours(hour) + minutes(minute) + seconds(second);
}

inline ArmTicket ticket()
{
    return {.instrument = "EUR/USD",
        .settlement = "SP",
        .account = "FUND-A",
        .currency = "EUR",
        .maxQuantity = decimal("10000000"),
        .buyAtMost = decimal("1.0850"),
        .sellAtLeast = std::nullopt,
        .dealers = {"ALPHA", "BETA"},
        .from = at(8, 0),
        .to = at(8, 5),
        .uses = 3};
}

inline Peer alice()
{
    return {
        .user = UserId("alice"), .certificate = filled(0xa1), .channelBinding = filled(0xcb), .session = "DESK>VENUE"};
}

inline CredentialId idOf(std::uint8_t value)
{
    return CredentialId(48, value);
}

/// Code of a refusal; a test that meets an approval instead says so.
template <typename Verdict>
VerifyRefusal codeOf(const Verdict& verdict)
{
    const auto* refusal = std::get_if<Refusal>(&verdict);
    if (!refusal) {
        ADD_FAILURE() << "not refused";
        return VerifyRefusal::ChallengeUnknown;
    }
    EXPECT_FALSE(refusal->detail.empty());
    return refusal->code;
}

template <typename Verdict>
std::string detailOf(const Verdict& verdict)
{
    const auto* refusal = std::get_if<Refusal>(&verdict);
    return refusal ? refusalName(refusal->code) + (": " + refusal->detail) : std::string();
}

/// 0, 1, 2 and so on at each call: what is made from it can be foreseen.
class CountingRandom final : public RandomSource {
public:
    bool fill(std::span<std::uint8_t> bytes) override
    {
        std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
        return true;
    }
};

struct World {
    explicit World(Algorithm algorithm = Algorithm::Es256)
        : key(algorithm, idOf(0x11))
    {
        EXPECT_TRUE(registry.add({.id = key.id(),
            .coseKey = key.coseKey(),
            .algorithm = algorithm,
            .aaguid = Model,
            .signCount = 0,
            .user = peer.user,
            .certificate = peer.certificate,
            .name = "Blue key",
            .enrolledAt = clock.utc(),
            .revokedAt = std::nullopt}));
        answer.rpId = RpId;
    }

    Challenge ask(const Action& action = ticket()) { return ask(peer, action); }
    Challenge ask(const Peer& whom, const Action& action)
    {
        auto allowed = registry.usable(whom.user, whom.certificate);
        if (allowed.empty())
            allowed = {key.id()};
        if (std::holds_alternative<EnrolKey>(action))
            allowed.clear(); // the new key registers; approval of that is asked for by whoever names keys
        auto challenge = book.issue(whom, action, "first deal of the day", std::move(allowed));
        EXPECT_TRUE(challenge) << challenge.error().detail;
        return challenge.value_or({});
    }

    /// What the desk signs: built from what it was sent and from its own end of the connection.
    [[nodiscard]] ClientData clientData(const Challenge& challenge) const
    {
        return {.scope = challenge.scope,
            .challenge = challenge.bytes,
            .rpId = RpId,
            .action = challenge.action,
            .channelBinding = peer.channelBinding,
            .session = peer.session,
            .seq = challenge.seq};
    }
    [[nodiscard]] Digest hash(const Challenge& challenge) const { return *clientDataHash(clientData(challenge)); }

    [[nodiscard]] Assertion touch(const Challenge& challenge) const { return key.assertion(hash(challenge), answer); }
    std::variant<Approval, Refusal> verify(const Challenge& challenge, const Assertion& assertion)
    {
        return verifier.verify(peer, challenge.bytes, assertion);
    }
    /// Asks, touches, verifies.
    std::variant<Approval, Refusal> approve()
    {
        const auto challenge = ask();
        return verify(challenge, touch(challenge));
    }

    support::FakeClock clock;
    SystemRandom random;
    ChallengeBook book{clock, random};
    CredentialRegistry registry;
    Peer peer = alice();
    AssertionVerifier verifier{RpId, book, registry};
    support::SoftAuthenticator key;
    support::AssertionOptions answer; ///< what the key does; change it for defects
};

inline void flip(std::span<std::uint8_t> bytes, std::size_t bit)
{
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
}

}
