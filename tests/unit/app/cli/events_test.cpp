#include "app/cli/events.h"
#include "app/cli/outcome_events.h"
#include "app/cli/reporter.h"
#include "tests/support/fake_desk.h"
#include "tests/unit/app/cli/words.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using cli_test::parsed;
using nlohmann::ordered_json;

std::string written(const cli::Event& event, cli::Format format)
{
    std::ostringstream out;
    cli::Reporter(out, format).report(event);
    return out.str();
}

TEST(Events, EveryLineBeginsWithItsEvent)
{
    const auto line = written(cli::endEvent(cli::ExitCode::NoAcceptableQuote, "over"), cli::Format::JsonLines);
    EXPECT_EQ(line, "{\"event\":\"end\",\"exitCode\":3,\"reason\":\"over\"}\n");
}

TEST(Events, PricesAndAmountsAreStringsWithTheDealersDigits)
{
    support::FakeDesk desk;
    desk.logOn();
    const auto id = desk.request();
    desk.quote(id, support::DlrA, "QA-1", "", "1.15340");
    const ordered_json quote = parsed(cli::quoteEvent(desk.rfq(id), desk.line(id, support::DlrA)));
    EXPECT_EQ(quote["offer"], "1.15340");
    EXPECT_FALSE(quote.contains("bid"));
    EXPECT_EQ(quote["state"], "firm");
    EXPECT_EQ(parsed(cli::rfqEvent(desk.rfq(id)))["quantity"], "25000000");
}

TEST(Events, WordsOfTheCounterpartyAreEscapedAndOneLineStaysOneLine)
{
    rfq::AcceptanceLine line;
    line.state = rfq::AcceptanceState::Rejected;
    line.text = "no\n\"deal\"\\ \x1b[2J \xff";
    const cli::Event event = cli::rejectEvent(line);
    const std::string json = written(event, cli::Format::JsonLines);
    EXPECT_EQ(std::count(json.begin(), json.end(), '\n'), 1);
    EXPECT_EQ(ordered_json::parse(json)["text"], "no\n\"deal\"\\ \x1b[2J \xef\xbf\xbd");
    const std::string text = written(event, cli::Format::Text);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Events, SignInTellsWhoAndHowManyTriesAreLeft)
{
    rfq::TokenStatus status;
    status.identity = rfq::TokenIdentity{.tokenLabel = "card",
        .tokenSerial = {},
        .tokenModel = {},
        .keyId = "01",
        .fingerprint = "abcd",
        .subject = "CN=Trader",
        .commonName = "Trader",
        .keyAlgorithm = "EC P-256",
        .notBefore = {},
        .notAfter = {},
        .card = "c0ffee"};
    EXPECT_EQ(parsed(cli::accessEvent(status))["fingerprint"], "abcd");
    status.pin.triesLeft = 2;
    const ordered_json refused = parsed(cli::accessRefusedEvent({base::Errc::PinWrong, "wrong PIN"}, status));
    EXPECT_EQ(refused["outcome"], "refused");
    EXPECT_EQ(refused["error"], "pin-wrong");
    EXPECT_EQ(refused["triesLeft"], 2);
}

TEST(Events, ASessionTellsItsTlsFacts)
{
    rfq::SessionChanged session;
    session.session = support::VenueX;
    session.phase = rfq::SessionPhase::LoggedOn;
    session.connection = rfq::ConnectionFacts{.tlsVersion = "TLSv1.3",
        .cipherSuite = "TLS_AES_256_GCM_SHA384",
        .peerAddress = "127.0.0.1:7801",
        .peerSubject = "CN=venue",
        .peerFingerprint = "ab",
        .pinned = true,
        .pinnedAsNext = true};
    const ordered_json fields = parsed(cli::sessionEvent(session));
    EXPECT_EQ(fields["phase"], "logged-on");
    EXPECT_EQ(fields["tlsVersion"], "TLSv1.3");
    EXPECT_EQ(fields["pinned"], true);
    EXPECT_EQ(fields["pinnedAsNext"], true);
}

TEST(Events, AWarningIsForMachinesAndPeople)
{
    const cli::Event event = cli::warningEvent({base::Errc::Stale, "this workstation's clock is not synchronised"});
    EXPECT_EQ(parsed(event)["event"], "warning");
    EXPECT_EQ(event.text, "WARNING: this workstation's clock is not synchronised");
}

TEST(Events, ADealersRefusalToQuoteHasItsCategory)
{
    support::FakeDesk desk;
    desk.logOn();
    const auto id = desk.request();
    rfq::DealerLine line = desk.line(id, support::DlrA);
    line.state = rfq::DealerState::Passed;
    line.code = "99";
    line.category = rfq::RejectCategory::Credit;
    const cli::Event event = cli::quoteEvent(desk.rfq(id), line);
    EXPECT_EQ(parsed(event)["category"], "credit");
    EXPECT_EQ(event.text, "DLR-A: passed (99, credit)");
}

}
