/// Security keys in PC/SC readers: the real pcscd, the unmodified libfido2, and the virtual key as a card. Run by
/// tests/support/virtual_card/run.
#include "auth/fido/fido_keys.h"
#include "auth/fido/local_check.h"
#include "tests/support/virtual_cards.h"
#include "tests/unit/auth/token_fixture.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using fido::failureIn;
using fido::Problem;

constexpr const char* Pin = "2580";
constexpr const char* RpId = "stepup.example.com";

class CardKeys : public testing::Test {
protected:
    CardKeys() { m_cards.tell(std::string("key blue touch=wait pin=") + Pin); }
    ~CardKeys() override
    {
        m_keys.reset();
        m_cards.tell("remove 1");
    }

    void open(std::vector<std::string> readers)
    {
        m_keys.emplace(fido::KeySettings{std::move(readers)}, m_clock, m_desk);
    }

    template <typename T, typename Begin>
    fido::Outcome<T> outcomeOf(Begin begin)
    {
        std::optional<fido::Outcome<T>> outcome;
        begin([&](fido::Outcome<T> got) { outcome.emplace(std::move(got)); });
        EXPECT_TRUE(m_desk.runUntil([&] { return outcome.has_value(); }));
        return outcome.value_or(fido::Failure{});
    }
    std::vector<fido::KeyDescription> list()
    {
        const auto outcome = outcomeOf<std::vector<fido::KeyDescription>>([&](auto done) { m_keys->list(done); });
        EXPECT_FALSE(failureIn(outcome));
        return failureIn(outcome) ? std::vector<fido::KeyDescription>() : std::get<0>(outcome);
    }
    /// Until pcscd has seen the card.
    std::vector<fido::KeyDescription> listed()
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        auto found = list();
        while (found.empty() && std::chrono::steady_clock::now() < deadline)
            found = list();
        return found;
    }
    /// Whoever is asked for a touch touches.
    fido::SecurityKeys::Touch touching()
    {
        return [this](fido::TouchNeeded) {
            if (m_touches++ == 0)
                m_cards.tell("touch blue now");
        };
    }
    fido::Outcome<fido::Registration> enrol(const std::string& pin)
    {
        fido::EnrolRequest request;
        request.rpId = RpId;
        request.rpName = "Example";
        request.userId = {1, 2, 3, 4};
        request.userName = "trader";
        request.clientDataHash = m_hash;
        m_touches = 0;
        return outcomeOf<fido::Registration>(
            [&](auto done) { m_keys->enrol(request, Tokens::secret(pin), touching(), done); });
    }
    fido::Outcome<fido::Assertion> assertion(const fido::Bytes& credential)
    {
        fido::AssertRequest request;
        request.rpId = RpId;
        request.allowed = {credential};
        request.clientDataHash = m_hash;
        m_touches = 0;
        return outcomeOf<fido::Assertion>(
            [&](auto done) { m_keys->assertion(request, Tokens::secret(Pin), touching(), done); });
    }

    support::VirtualCards m_cards;
    base::SystemClock m_clock;
    DeskThread m_desk;
    const fido::Bytes m_hash = fido::Bytes(32, 7);
    int m_touches = 0;
    std::optional<fido::FidoKeys> m_keys;
};

TEST_F(CardKeys, AKeyOnANamedReaderIsEnrolledAndApproves)
{
    open({"YubiKey"});
    m_cards.tell("insert 1 blue");
    const auto found = listed();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].problem, "");
    EXPECT_TRUE(found[0].path.starts_with("pcsc:")) << found[0].path;

    const auto wrong = enrol("9999");
    ASSERT_TRUE(failureIn(wrong));
    EXPECT_EQ(failureIn(wrong)->problem, Problem::PinWrong) << failureIn(wrong)->detail;
    EXPECT_EQ(failureIn(wrong)->pinTriesLeft, 7);

    const auto enrolled = enrol(Pin);
    ASSERT_FALSE(failureIn(enrolled)) << failureIn(enrolled)->detail;
    EXPECT_GE(m_touches, 1);
    const auto& registration = std::get<0>(enrolled);
    EXPECT_FALSE(failureIn(fido::checkRegistration(registration, RpId, m_hash)));

    const auto asserted = assertion(registration.credentialId);
    ASSERT_FALSE(failureIn(asserted)) << failureIn(asserted)->detail;
    EXPECT_GE(m_touches, 1);
    EXPECT_FALSE(failureIn(fido::checkAssertion(registration, RpId, m_hash, std::get<0>(asserted))));
    EXPECT_EQ(m_cards.tell("status blue")["credentials"], 1);
}

TEST_F(CardKeys, OneThatIsTakenAwayWhileItWaitsForTheFingerIsRemoved)
{
    open({"YubiKey"});
    m_cards.tell("insert 1 blue");
    ASSERT_EQ(listed().size(), 1U);
    const auto enrolled = enrol(Pin);
    ASSERT_FALSE(failureIn(enrolled)) << failureIn(enrolled)->detail;
    fido::AssertRequest request;
    request.rpId = RpId;
    request.allowed = {std::get<0>(enrolled).credentialId};
    request.clientDataHash = m_hash;
    const auto gone = outcomeOf<fido::Assertion>([&](auto done) {
        m_keys->assertion(
            request, Tokens::secret(Pin), [this](auto) { m_cards.tell("remove 1"); }, done);
    });
    ASSERT_TRUE(failureIn(gone));
    EXPECT_EQ(failureIn(gone)->problem, Problem::Removed) << failureIn(gone)->detail;
}

TEST_F(CardKeys, AReaderThatIsNotNamedIsNotTouched)
{
    m_cards.tell("insert 1 blue");
    open({"YubiKey"});
    ASSERT_EQ(listed().size(), 1U);
    const auto before = m_cards.tell("status blue")["commands"];
    for (const std::vector<std::string>& readers : {std::vector<std::string>(), std::vector<std::string>{"ACR1252"}}) {
        m_keys.reset();
        open(readers);
        EXPECT_TRUE(list().empty());
    }
    EXPECT_EQ(m_cards.tell("status blue")["commands"], before);
}

}

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
