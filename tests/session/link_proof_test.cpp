#include "tests/session/held_token.h"
#include "tests/session/loopback.h"

#include <filesystem>
#include <fstream>

/// The venue asks whether the desk's token is still there.
namespace {

using namespace session_test;

class LinkProof : public Loopback {
protected:
    ~LinkProof() override
    {
        if (token)
            token->release(); // a failed test must end, too
    }

    std::shared_ptr<const tls::Identity> tokenIdentity()
    {
        auto held = heldIdentity(ca);
        token = held.token;
        return held.identity;
    }

    void logOnWithToken(std::chrono::seconds heartBtInt = 30s)
    {
        openVenue();
        auto settings = sessionSettings();
        settings.heartBtInt = heartBtInt;
        openDesk({settings});
        desk->start(tokenIdentity());
        ASSERT_TRUE(reached(SessionPhase::LoggedOn));
        ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
        ASSERT_EQ(token->begun(), 1);
    }

    /// What came of the next request.
    std::optional<base::Status> proof(const rfq::SessionId& session)
    {
        const auto event = venueEvents.next<fix::CertificateProof>(
            [&](const fix::CertificateProof& one) { return one.session == session; });
        return event ? std::optional(event->result) : std::nullopt;
    }

    std::shared_ptr<HeldToken> token;
};

TEST_F(LinkProof, EachIsOneSignatureAndTheSessionGoesOn)
{
    logOnWithToken();
    for (int round = 1; round <= 3; ++round) {
        venue->askForCertificate(clientSession, 20s);
        const auto result = proof(clientSession);
        ASSERT_TRUE(result);
        EXPECT_TRUE(*result) << result->error().detail;
        EXPECT_EQ(token->begun(), 1 + round);
    }
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 1U);
}

TEST_F(LinkProof, ARemovedTokenFailsItAndEndsTheSession)
{
    logOnWithToken();
    token->remove();
    venue->askForCertificate(clientSession, 20s);
    const auto result = proof(clientSession);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, Errc::TlsFailure) << result->error().detail;
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::TokenAbsent) << refused->reason->detail;
    EXPECT_TRUE(venueEvents.next<fix::ClientLoggedOff>());
}

TEST_F(LinkProof, WhatIsSaidDuringASignatureArrivesAfterIt)
{
    logOnWithToken();
    token->hold();
    venue->askForCertificate(clientSession, 20s);
    ASSERT_TRUE(token->waitForSignature(2));
    desk->send(request());
    quote("R1", "Q1");
    token->release();
    EXPECT_TRUE(clientMessage("R"));
    const auto confirmed = [&] {
        return venueEvents.count<fix::CertificateProof>(
            [](const fix::CertificateProof& one) { return one.result.has_value(); });
    };
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (confirmed() == 0 && std::chrono::steady_clock::now() < deadline) // told before the message, or just after it
        EXPECT_FALSE(venueEvents.next<fix::ClientLoggedOff>({}, 20ms));
    EXPECT_EQ(confirmed(), 1U);
    EXPECT_TRUE(deskEvents.next<rfq::QuoteReceived>());
}

TEST_F(LinkProof, AnAnswerThatIsLateCountsForNothing)
{
    logOnWithToken();
    token->hold();
    venue->askForCertificate(clientSession, 1ms);
    auto result = proof(clientSession);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, Errc::Timeout);
    ASSERT_TRUE(token->waitForSignature(2));
    venue->askForCertificate(clientSession, 20s);
    result = proof(clientSession);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, Errc::Duplicate);
    token->release();
    desk->send(request()); // comes behind the answer
    ASSERT_TRUE(clientMessage("R"));
    EXPECT_EQ(venueEvents.count<fix::CertificateProof>(), 2U);
    venue->askForCertificate(clientSession, 20s);
    result = proof(clientSession);
    ASSERT_TRUE(result);
    EXPECT_TRUE(*result);
    EXPECT_EQ(token->begun(), 3);
}

TEST_F(LinkProof, AVenueMayWantItAgainAndAgain)
{
    auto settings = acceptorSettings();
    settings.proveEvery = 50ms;
    openVenue(settings);
    openDesk();
    desk->start(tokenIdentity());
    for (int round = 1; round <= 3; ++round) {
        const auto result = proof(clientSession);
        ASSERT_TRUE(result);
        EXPECT_TRUE(*result) << result->error().detail;
        EXPECT_GE(token->begun(), 1 + round);
    }
    EXPECT_EQ(venueEvents.count<fix::ClientLoggedOff>(), 0U);
}

TEST_F(LinkProof, AClientThatIsLateForOneThatTheVenueWantsIsLoggedOut)
{
    auto settings = acceptorSettings();
    settings.proveEvery = 50ms;
    settings.provePatience = 1ms;
    openVenue(settings);
    openDesk();
    desk->start(tokenIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    token->hold();
    auto result = proof(clientSession);
    while (result && *result) // made before it was held
        result = proof(clientSession);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->error().code, Errc::Timeout);
    token->release();
    const auto off = venueEvents.next<fix::ClientLoggedOff>();
    ASSERT_TRUE(off);
    EXPECT_NE(off->reason.find("no proof that the token is still there"), std::string::npos) << off->reason;
}

TEST_F(LinkProof, AClientThatIsNotThereCannotBeAsked)
{
    openVenue();
    venue->askForCertificate(clientSession, 20s);
    const auto result = proof(clientSession);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, Errc::NotConnected);
}

TEST_F(LinkProof, ADropFailsWhatIsOpen)
{
    logOnWithToken();
    token->hold();
    venue->askForCertificate(clientSession, 20s);
    ASSERT_TRUE(token->waitForSignature(2));
    venue->drop(clientSession);
    const auto result = proof(clientSession);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, Errc::NotConnected);
    token->release();
    EXPECT_TRUE(reached(SessionPhase::Waiting));
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(LinkProof, SigningOutDuringASignatureEnds)
{
    logOnWithToken();
    token->hold();
    venue->askForCertificate(clientSession, 20s);
    ASSERT_TRUE(token->waitForSignature(2));
    desk->stop("the trader signs out");
    token->release();
    EXPECT_TRUE(reached(SessionPhase::Stopped));
    const auto off = venueEvents.next<fix::ClientLoggedOff>();
    ASSERT_TRUE(off);
    EXPECT_NE(off->reason.find("the trader signs out"), std::string::npos) << off->reason;
}

TEST_F(LinkProof, AVenueThatAsksWithoutEndIsLeft)
{
    logOnWithToken();
    std::optional<base::Status> result;
    int asked = 0;
    do {
        venue->askForCertificate(clientSession, 20s);
        result = proof(clientSession);
        ++asked;
    } while (result && *result && asked < 20);
    EXPECT_EQ(asked, 11);
    EXPECT_EQ(token->begun(), 11) << "the logon and ten answers";
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::ProtocolViolation) << waiting->reason->detail;
}

TEST_F(LinkProof, AHeldTokenCostsTheOtherSessionsNoHeartbeat)
{
    auto accepting = acceptorSettings();
    const rfq::SessionId otherSession("desk-at-venue-2");
    accepting.sessions.push_back({otherSession, "VENUE", "DESK2", "desk-1", {}});
    openVenue(accepting);
    auto first = sessionSettings();
    auto other = sessionSettings("VENUE-Y");
    other.senderCompId = "DESK2";
    other.heartBtInt = 2s; // a busy machine is no reason to be given up
    openDesk({first, other});
    desk->start(tokenIdentity());
    for (int sessions = 0; sessions < 2; ++sessions)
        ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());

    token->hold();
    venue->askForCertificate(clientSession, 20s);
    ASSERT_TRUE(token->waitForSignature(3));
    const auto heartbeats = [&] {
        std::ifstream log(files.path() / "venue-log" / (otherSession.text() + ".log"));
        int count = 0;
        for (std::string line; std::getline(log, line);)
            count += line.find("|35=0|") != std::string::npos && line.find("|56=VENUE|") != std::string::npos ? 1 : 0;
        return count;
    };
    const int before = heartbeats();
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (heartbeats() < before + 2 && std::chrono::steady_clock::now() < deadline)
        EXPECT_FALSE(venueEvents.next<fix::ClientLoggedOff>({}, 50ms));
    EXPECT_GE(heartbeats(), before + 2) << "while a token did not answer";
    EXPECT_EQ(venueEvents.count<fix::CertificateProof>(), 0U);
    token->release();
    const auto result = proof(clientSession);
    ASSERT_TRUE(result);
    EXPECT_TRUE(*result);
}

TEST_F(LinkProof, ACertificateThatAListNamesMeanwhileIsLoggedOutWithoutASignature)
{
    const std::string list = files.write("revoked.pem", ca.crl({})).string();
    auto settings = acceptorSettings();
    settings.trust.crlFile = list;
    settings.revocationInterval = 20ms;
    openVenue(settings);
    openDesk();
    const auto identity = tokenIdentity();
    desk->start(identity);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
    const auto replace = [&](const std::string& fresh) {
        std::filesystem::rename(files.write("fresh.pem", fresh), list);
    };
    replace(ca.crl({ca.issue({}).certificate.get()}));
    desk->send(request());
    EXPECT_TRUE(clientMessage("R")) << "somebody else's was revoked";
    replace(ca.crl({ca.issue({}).certificate.get(), identity->certificate.get()}));
    const auto result = proof(clientSession);
    ASSERT_TRUE(result);
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, Errc::CertificateRevoked) << result->error().detail;
    EXPECT_TRUE(venueEvents.next<fix::ClientLoggedOff>());
    EXPECT_EQ(token->begun(), 1) << "nobody was asked";
}

TEST_F(LinkProof, ListsThatCannotBeUsedAreToldOfWhileThoseOfBeforeHold)
{
    const std::string list = files.write("revoked.pem", ca.crl({})).string();
    auto settings = acceptorSettings();
    settings.trust.crlFile = list;
    settings.revocationInterval = 20ms;
    openVenue(settings);
    openDesk();
    std::filesystem::rename(files.write("fresh.pem", "no list"), list);
    const auto told = venueEvents.next<fix::RevocationListsUnreadable>();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->reason.code, Errc::Configuration);
    EXPECT_NE(told->reason.detail.find(list), std::string::npos) << told->reason.detail;
    desk->start(tokenIdentity());
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
    EXPECT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
    EXPECT_EQ(venueEvents.count<fix::RevocationListsUnreadable>(), 1U);
}

}
