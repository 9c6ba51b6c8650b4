#include "core/pep/fingerprint_text.h"
#include "tests/unit/pep/change_world.h"
#include "tests/unit/stepup/recorded_quote.h"

#include <gtest/gtest.h>

using namespace pep_test;

namespace {

TEST_F(AChangeBook, BeginsWithNobodyPrivilegedAndTellsSo)
{
    EXPECT_EQ(submit(newUser("anna", 9)).outcome, ChangeOutcome::Done);
    EXPECT_TRUE(isThere("anna"));
    EXPECT_EQ(lastEvent().by, "account root");
    EXPECT_EQ(lastEvent().reason, "nobody privileged is registered yet");
    EXPECT_EQ(submit(privileged("olga", 1)).outcome, ChangeOutcome::Done);
    EXPECT_EQ(submit(newUser("carl", 8)).outcome, ChangeOutcome::Drafted) << "from now on somebody must sign";
    EXPECT_FALSE(isThere("carl"));
}

TEST_F(AChangeBook, GivesPowerOnlyByTwoPrivilegedPersons)
{
    twoOfficers();
    const auto asked = submit(newUser("anna", 9));
    ASSERT_EQ(asked.outcome, ChangeOutcome::Drafted);
    EXPECT_FALSE(isThere("anna"));
    EXPECT_FALSE(m_book->statement(asked.number, ChangeStep::Approve)) << "nobody has proposed it";
    EXPECT_EQ(outcome(sign(asked.number, ChangeStep::Propose, "olga", 1)), ChangeOutcome::Proposed);
    EXPECT_FALSE(isThere("anna"));
    EXPECT_EQ(m_book->pending()->at(0).proposer, "olga");
    EXPECT_EQ(m_book->pending()->at(0).change, newUser("anna", 9));
    EXPECT_EQ(outcome(sign(asked.number, ChangeStep::Approve, "bert", 2)), ChangeOutcome::Done);
    EXPECT_TRUE(isThere("anna"));
    EXPECT_EQ(lastEvent().by, "olga");
    EXPECT_EQ(lastEvent().second, "bert");
    EXPECT_EQ(lastEvent().target, "anna");
    EXPECT_TRUE(m_book->pending()->empty());
    EXPECT_FALSE(m_book->statement(asked.number, ChangeStep::Approve)) << "once";
}

TEST_F(AChangeBook, NeverTakesTheSamePersonTwice)
{
    twoOfficers();
    auto other = about(ChangeKind::AddCertificate, "olga");
    other.certificate = CertificateRecord{.fingerprint = filled(3), .key = KeyHome::Hardware};
    const auto second = submit(other);
    ASSERT_EQ(outcome(sign(second.number, ChangeStep::Propose, "olga", 1)), ChangeOutcome::Proposed);
    ASSERT_EQ(outcome(sign(second.number, ChangeStep::Approve, "bert", 2)), ChangeOutcome::Done);

    const auto asked = submit(newUser("anna", 9));
    ASSERT_EQ(outcome(sign(asked.number, ChangeStep::Propose, "olga", 1)), ChangeOutcome::Proposed);
    const auto same = sign(asked.number, ChangeStep::Approve, "olga", 1);
    ASSERT_FALSE(same);
    EXPECT_NE(same.error().detail.find("another person"), std::string::npos) << same.error().detail;
    EXPECT_FALSE(sign(asked.number, ChangeStep::Approve, "olga", 3)) << "with another card she is the same person";
    EXPECT_FALSE(sign(asked.number, ChangeStep::Approve, "bert", 1)) << "the card is hers";
    EXPECT_FALSE(isThere("anna"));
    EXPECT_EQ(lastEvent().outcome, ChangeOutcome::Refused) << "an attempt is told";
}

TEST_F(AChangeBook, TakesOnlyPersonsWhoArePrivilegedNow)
{
    twoOfficers();
    const auto anna = submit(newUser("anna", 9));
    ASSERT_TRUE(sign(anna.number, ChangeStep::Propose, "olga", 1));
    ASSERT_TRUE(sign(anna.number, ChangeStep::Approve, "bert", 2));
    const auto asked = submit(newUser("carl", 8));
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "anna", 9)) << "a standard user";
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "nobody", 1));
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "olga", 7)) << "not her certificate";
    ASSERT_TRUE(sign(asked.number, ChangeStep::Propose, "olga", 1));
    auto lock = about(ChangeKind::LockUser, "bert");
    lock.why = "lost the card";
    EXPECT_EQ(submit(lock).outcome, ChangeOutcome::Done) << "what takes power away is done at once";
    EXPECT_FALSE(sign(asked.number, ChangeStep::Approve, "bert", 2)) << "locked";
    ASSERT_TRUE(m_database->unlock(stepup::UserId("bert")));
    EXPECT_EQ(submit(about(ChangeKind::RevokeUser, "olga")).outcome, ChangeOutcome::Done);
    EXPECT_FALSE(sign(asked.number, ChangeStep::Approve, "bert", 2)) << "who proposed it was revoked";
    EXPECT_FALSE(isThere("carl"));
}

TEST_F(AChangeBook, GoesOnNeedingTwoWhenOfficersAreRevoked)
{
    twoOfficers();
    EXPECT_EQ(submit(about(ChangeKind::RevokeUser, "olga")).outcome, ChangeOutcome::Done);
    EXPECT_EQ(submit(about(ChangeKind::RevokeUser, "bert")).outcome, ChangeOutcome::Done);
    const auto asked = submit(privileged("mallory", 6));
    EXPECT_EQ(asked.outcome, ChangeOutcome::Drafted) << "revoking the officers opens no door";
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "bert", 2));
    EXPECT_FALSE(isThere("mallory"));
}

TEST_F(AChangeBook, CountsASignatureUnderTheseWordsAlone)
{
    twoOfficers();
    const auto asked = submit(newUser("anna", 9));
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "olga", 1, "device=managed\n"));
    const auto words = *m_book->statement(asked.number, ChangeStep::Propose);
    EXPECT_NE(words.find("change=user-add\nuser=anna\n"), std::string::npos) << words;
    EXPECT_NE(words.find("\nstep=propose\n"), std::string::npos);
    ASSERT_TRUE(sign(asked.number, ChangeStep::Propose, "olga", 1));
    EXPECT_FALSE(m_book->take({.change = asked.number,
        .step = ChangeStep::Approve,
        .by = {stepup::UserId("bert"), filled(2)},
        .statement = words,
        .signature = "s"}))
        << "what was signed as a proposal is no approval";
    const auto again = submit(newUser("anna", 9));
    EXPECT_NE(*m_book->statement(again.number, ChangeStep::Propose), words) << "each is new";
}

TEST_F(AChangeBook, LeavesNarrowingToOnePersonAndWideningToTwo)
{
    ASSERT_TRUE(m_book->submit(newUser("anna", 9), "root"));
    ASSERT_TRUE(m_book->submit(entitled("anna", "*"), "root"));
    twoOfficers();
    EXPECT_EQ(submit(entitled("anna", "EUR/USD")).outcome, ChangeOutcome::Done) << "of everything, one";
    EXPECT_EQ(submit(entitled("anna", "EUR/USD", "500000")).outcome, ChangeOutcome::Done);
    EXPECT_EQ(submit(entitled("anna", "EUR/USD", "500001")).outcome, ChangeOutcome::Drafted);
    EXPECT_EQ(submit(entitled("anna", "GBP/USD", "500000")).outcome, ChangeOutcome::Drafted);
    auto window = about(ChangeKind::ChangeUser, "anna");
    window.enrolFor = std::chrono::hours(1);
    EXPECT_EQ(submit(window).outcome, ChangeOutcome::Drafted);
    window.enrolFor = std::chrono::hours(0);
    EXPECT_EQ(submit(window).outcome, ChangeOutcome::Done);
    auto role = about(ChangeKind::ChangeUser, "bert");
    role.role = zerotrust::UserRole::Standard;
    EXPECT_EQ(submit(role).outcome, ChangeOutcome::Drafted) << "a standard user is scored lower";
}

TEST_F(AChangeBook, UnlocksWithFreshProofsOnly)
{
    twoOfficers();
    ASSERT_TRUE(m_database->add(aliceRecord()));
    ASSERT_TRUE(m_database->lock(stepup::UserId("alice"), "counter did not rise"));
    const auto asked = submit(about(ChangeKind::UnlockUser, "alice"));
    ASSERT_EQ(asked.outcome, ChangeOutcome::Drafted);
    ASSERT_TRUE(sign(asked.number, ChangeStep::Propose, "olga", 1));
    m_clock.advance(std::chrono::minutes(15));
    const auto late = sign(asked.number, ChangeStep::Approve, "bert", 2);
    ASSERT_FALSE(late);
    EXPECT_NE(late.error().detail.find("time is over"), std::string::npos) << late.error().detail;
    const auto again = submit(about(ChangeKind::UnlockUser, "alice"));
    ASSERT_TRUE(sign(again.number, ChangeStep::Propose, "olga", 1));
    ASSERT_TRUE(sign(again.number, ChangeStep::Approve, "bert", 2));
    EXPECT_EQ(m_database->load()->users[0].lockedWhy, "");
}

TEST_F(AChangeBook, WithoutFourEyesStillNeedsOneProof)
{
    twoOfficers();
    m_book.emplace(*m_database, m_random, m_clock, FourEyes::Off);
    const auto asked = submit(newUser("anna", 9));
    ASSERT_EQ(asked.outcome, ChangeOutcome::Drafted);
    EXPECT_EQ(outcome(sign(asked.number, ChangeStep::Propose, "bert", 2)), ChangeOutcome::Done);
}

TEST_F(AChangeBook, AnyPrivilegedPersonRejects)
{
    twoOfficers();
    const auto asked = submit(newUser("anna", 9));
    ASSERT_TRUE(sign(asked.number, ChangeStep::Propose, "olga", 1));
    EXPECT_FALSE(sign(asked.number, ChangeStep::Reject, "anna", 9));
    EXPECT_EQ(outcome(sign(asked.number, ChangeStep::Reject, "olga", 1)), ChangeOutcome::Rejected);
    EXPECT_FALSE(isThere("anna")) << "a rejection does nothing";
    EXPECT_FALSE(sign(asked.number, ChangeStep::Approve, "bert", 2));
    EXPECT_FALSE(isThere("anna"));
    EXPECT_TRUE(m_book->pending()->empty());
}

TEST_F(AChangeBook, TakesSignaturesOfCardsOnly)
{
    twoOfficers();
    const stepup::UserId olga("olga");
    ASSERT_TRUE(m_database->add(olga, {.fingerprint = filled(7), .key = KeyHome::Software}));
    ASSERT_TRUE(m_database->add(olga, {.fingerprint = filled(8), .key = KeyHome::Hardware}));
    const auto asked = submit(newUser("anna", 9));
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "olga", 7)) << "a key in a file";
    ASSERT_TRUE(m_database->lock(filled(8), "lost"));
    EXPECT_FALSE(sign(asked.number, ChangeStep::Propose, "olga", 8)) << "a card that is locked";
    EXPECT_TRUE(sign(asked.number, ChangeStep::Propose, "olga", 1));
    EXPECT_FALSE(m_book->statement(asked.number, ChangeStep::Propose)) << "it is proposed already";
    EXPECT_EQ(lastEvent().certificate, fingerprintText(filled(9))) << "what it is about";
    EXPECT_EQ(lastEvent().kind, ChangeKind::AddUser);
    EXPECT_EQ(lastEvent().at, m_clock.utc());
}

TEST_F(AChangeBook, HoldsSoManyChangesAtATime)
{
    twoOfficers();
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(m_book->submit(newUser(("user-" + std::to_string(i)).c_str(), 9), "root")) << i;
    const auto first = m_book->pending()->front().number;
    ASSERT_TRUE(m_book->submit(newUser("anna", 9), "root")) << "nobody's drafts stop everybody";
    const auto waiting = *m_book->pending();
    EXPECT_EQ(waiting.size(), 100U);
    EXPECT_NE(waiting.front().number, first) << "the oldest that nobody had signed is gone";
    const auto events = *m_book->untold();
    ASSERT_GE(events.size(), 2U);
    const ChangeEvent& gone = events[events.size() - 2];
    EXPECT_EQ(gone.change, first);
    EXPECT_EQ(gone.outcome, ChangeOutcome::Rejected);
    EXPECT_EQ(gone.target, "user-0");
    EXPECT_EQ(gone.by, "account root");
    m_clock.advance(7 * 24h);
    EXPECT_TRUE(m_book->submit(newUser("anna", 9), "root"));
    EXPECT_EQ(m_book->pending()->size(), 1U);
}

TEST_F(AChangeBook, HoldsThemForEachAccountApart)
{
    twoOfficers();
    const auto hers = m_book->submit(newUser("anna", 9), "olga");
    ASSERT_TRUE(hers);
    ASSERT_TRUE(m_database->lock(stepup::UserId("bert"), "lost the card"));
    const auto unlock = m_book->submit(about(ChangeKind::UnlockUser, "bert"), "olga");
    ASSERT_TRUE(unlock);
    for (int i = 0; i < 102; ++i) {
        ASSERT_TRUE(m_book->submit(newUser(("user-" + std::to_string(i)).c_str(), 8), "mallory")) << i;
        ASSERT_TRUE(m_book->submit(about(ChangeKind::UnlockUser, "bert"), "mallory")) << i;
    }
    const auto waiting = *m_book->pending();
    EXPECT_EQ(waiting.size(), 202U) << "a hundred of each sort of the one who floods";
    EXPECT_EQ(waiting[0].number, hers->number) << "what another account has drafted stays";
    EXPECT_EQ(waiting[0].draftedBy, "account olga");
    EXPECT_EQ(waiting[2].draftedBy, "account mallory");
    EXPECT_EQ(waiting[1].number, unlock->number);
    m_book.emplace(*m_database, m_random, m_clock, FourEyes::On); // after a restart as before
    ASSERT_TRUE(m_book->submit(newUser("carl", 8), "mallory"));
    EXPECT_EQ(m_book->pending()->size(), 202U);
    EXPECT_EQ(m_book->pending()->front().number, hers->number);
}

TEST_F(AChangeBook, DropsNothingThatSomebodyHasSigned)
{
    twoOfficers();
    for (int i = 0; i < 100; ++i) {
        const auto drafted = submit(newUser(("user-" + std::to_string(i)).c_str(), 9));
        ASSERT_TRUE(sign(drafted.number, ChangeStep::Propose, "olga", 1)) << i;
    }
    const auto tooMany = m_book->submit(newUser("anna", 9), "root");
    ASSERT_FALSE(tooMany);
    EXPECT_EQ(tooMany.error().code, base::Errc::LimitExceeded);
    EXPECT_EQ(m_book->pending()->size(), 100U);
}

TEST_F(AChangeBook, TakesAnUnlockHoweverManyChangesWait)
{
    twoOfficers();
    for (int i = 0; i < 100; ++i) {
        const auto drafted = submit(newUser(("user-" + std::to_string(i)).c_str(), 9));
        ASSERT_TRUE(sign(drafted.number, ChangeStep::Propose, "olga", 1)) << i;
    }
    ASSERT_TRUE(m_database->lock(stepup::UserId("bert"), "too many attempts failed"));
    const auto unlock = submit(about(ChangeKind::UnlockUser, "bert"));
    EXPECT_EQ(unlock.outcome, ChangeOutcome::Drafted);
    EXPECT_EQ(m_book->pending()->size(), 101U);
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(m_book->submit(about(ChangeKind::UnlockUser, "bert"), "root")) << i;
    EXPECT_EQ(m_book->pending()->size(), 200U) << "bounded all the same, and apart";
}

TEST_F(AChangeBook, RefusesAtOnceWhatCannotBeDone)
{
    twoOfficers();
    const auto code = [&](const IdentityChange& change) {
        const auto answer = m_book->submit(change, "root");
        return answer ? base::Errc::Internal : answer.error().code;
    };
    EXPECT_EQ(code(about(ChangeKind::UnlockUser, "nobody")), base::Errc::NotFound);
    EXPECT_EQ(code(newUser("olga", 7)), base::Errc::Duplicate);
    EXPECT_EQ(code(newUser("anna\nrole=privileged", 7)), base::Errc::InvalidInput);
    auto soft = privileged("anna", 9);
    soft.certificate->key = KeyHome::Software;
    EXPECT_EQ(code(soft), base::Errc::Refused) << "a key in a file proves nothing that a person holds";
    m_random.isBroken = true;
    EXPECT_EQ(code(newUser("anna", 9)), base::Errc::Internal);
    EXPECT_TRUE(m_book->pending()->empty());
}

TEST_F(AChangeBook, TellsEachEventUntilItIsWrittenDown)
{
    twoOfficers();
    const auto events = *m_book->untold();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].outcome, ChangeOutcome::Drafted);
    EXPECT_EQ(events[2].by, "olga");
    EXPECT_EQ(events[2].role, "privileged");
    ASSERT_TRUE(m_book->told(events[1].number));
    EXPECT_EQ(m_book->untold()->size(), 1U);
}

TEST_F(AChangeBook, AStoreFromBeforeKnowsItsOfficers)
{
    ASSERT_TRUE(m_book->submit(privileged("olga", 1), "root"));
    takeOverFromVersion1();
    EXPECT_EQ(submit(newUser("anna", 9)).outcome, ChangeOutcome::Drafted);
}

TEST_F(AChangeBook, AnOfficerWithoutACardLocksNobodyOut)
{
    UserRecord root; // as a store of version 1 might hold
    root.user = stepup::UserId("root");
    root.role = zerotrust::UserRole::Privileged;
    root.certificates = {{.fingerprint = filled(7), .key = KeyHome::Software}};
    ASSERT_TRUE(m_database->add(root));
    takeOverFromVersion1();
    ASSERT_EQ(submit(privileged("olga", 1)).outcome, ChangeOutcome::Done) << "the first who can sign";
    EXPECT_EQ(*m_database->file().ask("SELECT most FROM privileged"), "1");
    ASSERT_TRUE(m_database->add(root.user, {.fingerprint = filled(6), .key = KeyHome::Hardware}));
    EXPECT_EQ(*m_database->file().ask("SELECT most FROM privileged"), "2") << "now root can sign, too";
}

TEST(ChangeText, OfWorkstationsAndNamesIsReadAsItIsWritten)
{
    const auto reference = stepup_test::recorded::reference();
    IdentityChange added;
    added.kind = ChangeKind::AddCertificate;
    added.user = stepup::UserId("anna");
    added.certificate = CertificateRecord{.fingerprint = {1},
        .key = KeyHome::Hardware,
        .device = DeviceRecord::Managed,
        .reference = reference,
        .attestation = "slot=9a serial=12345678 firmware=5.4.3 pin=once touch=cached"};
    added.replaced = stepup::CertificateFingerprint{2};
    IdentityChange changed;
    changed.kind = ChangeKind::ChangeCertificate;
    changed.changedCertificate = stepup::CertificateFingerprint{3};
    changed.reference = reference;
    IdentityChange renamed;
    renamed.kind = ChangeKind::RenameCredential;
    renamed.renamedCredential = stepup::CredentialId{1, 2, 3};
    renamed.keyName = "Blue = key";
    for (const auto& change : {added, changed, renamed}) {
        const auto text = changeText(change);
        ASSERT_TRUE(text);
        const auto again = parseChange(*text);
        ASSERT_TRUE(again) << *text;
        EXPECT_EQ(*again, change);
    }
    EXPECT_TRUE(givesPower(changed, std::nullopt)) << "another machine counts as the managed one";
    EXPECT_FALSE(givesPower(renamed, std::nullopt));
}

TEST(ChangeText, IsReadAsItIsWrittenAndInNoOtherSpelling)
{
    IdentityChange change;
    change.kind = ChangeKind::ImportCredential;
    change.user = stepup::UserId("alice");
    change.role = zerotrust::UserRole::Privileged;
    change.certificate = CertificateRecord{.fingerprint = filled(1), .device = DeviceRecord::Managed};
    change.enrolFor = std::chrono::hours(24);
    change.entitlement = EntitlementParts{.segment = "emea",
        .activities = std::set{zerotrust::Activity::View, zerotrust::Activity::Accept},
        .sides = std::set<zerotrust::Side>{},
        .maxQuantity = zerotrust::Quantities{{"EUR", decimal("5000000")}}};
    change.credential = stepup::Credential{.id = idOf(0x11),
        .coseKey = {1, 2, 3},
        .algorithm = stepup::Algorithm::Es384,
        .aaguid = Model,
        .signCount = 7,
        .user = change.user,
        .certificate = filled(1),
        .name = "Blue = key",
        .enrolledAt = base::UtcTime(std::chrono::microseconds(1'795'507'207'480'000)),
        .revokedAt = std::nullopt};
    const auto text = changeText(change);
    ASSERT_TRUE(text);
    const auto again = parseChange(*text);
    ASSERT_TRUE(again) << *text;
    EXPECT_EQ(*again, change);
    EXPECT_FALSE(parseChange(*text + "user=bob\n"));
    EXPECT_FALSE(parseChange(*text + "\n"));
    EXPECT_FALSE(parseChange("change=user-add\nuser=bob\nrole=root\n"));
    for (std::size_t end = 0; end < text->size(); ++end)
        if (const auto part = parseChange(text->substr(0, end))) {
            EXPECT_EQ(*changeText(*part), text->substr(0, end));
        }
}

}
