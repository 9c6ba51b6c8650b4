#include "app/cli/outcome_events.h"
#include "app/cli/reporter.h"
#include "tests/support/fake_desk.h"
#include "tests/unit/app/cli/words.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using cli_test::parsed;
using nlohmann::ordered_json;

rfq::AcceptanceLine unknownLine()
{
    rfq::AcceptanceLine line;
    line.state = rfq::AcceptanceState::Unknown;
    line.acceptance.id = rfq::ClOrdId("C1");
    line.acceptance.session = support::VenueX;
    line.acceptance.instrument.symbol = "EUR/USD";
    line.acceptance.quantity = support::decimal("25000000");
    line.acceptance.currency = "EUR";
    return line;
}

TEST(OutcomeEvents, AnUnknownOutcomeNamesTheDeskToCall)
{
    const cli::Event event = cli::unknownEvent(unknownLine(), "+44 20 7946 0001");
    EXPECT_EQ(parsed(event)["phone"], "+44 20 7946 0001");
    EXPECT_NE(event.text.find("Do not deal it again"), std::string::npos);
    EXPECT_NE(event.text.find("C1"), std::string::npos);
}

TEST(OutcomeEvents, AnUnknownOutcomeTellsAllThatIsKnownOfIt)
{
    rfq::AcceptanceLine line = unknownLine();
    line.seqNum = 17;
    line.message = "35=D\x01"
                   "11=C1\x01";
    line.evidence = {{base::UtcTime{}, rfq::EvidenceKind::Received, "789 is 18"}};
    const ordered_json fields = parsed(cli::unknownEvent(line, ""));
    EXPECT_EQ(fields["seqNum"], 17);
    EXPECT_EQ(fields["message"], "35=D|11=C1|");
    ASSERT_EQ(fields["evidence"].size(), 1u);
    EXPECT_EQ(fields["evidence"][0]["kind"], "received");
    EXPECT_EQ(fields["evidence"][0]["text"], "789 is 18");
    EXPECT_FALSE(fields.contains("phone"));
}

TEST(OutcomeEvents, ARejectHasItsCategoryAndItsOwnWords)
{
    rfq::AcceptanceLine line = unknownLine();
    line.state = rfq::AcceptanceState::Rejected;
    line.code = "99";
    line.text = "no, thank you";
    line.category = rfq::RejectCategory::PriceMoved;
    const cli::Event event = cli::rejectEvent(line);
    EXPECT_EQ(parsed(event)["category"], "price-moved");
    EXPECT_NE(event.text.find("REJECTED by the dealer"), std::string::npos);
    EXPECT_NE(event.text.find("(99, price-moved: no, thank you)"), std::string::npos) << event.text;
}

TEST(OutcomeEvents, WhatWasNeverReceivedIsNotCalledARejection)
{
    rfq::AcceptanceLine line = unknownLine();
    line.state = rfq::AcceptanceState::NotReceived;
    EXPECT_EQ(parsed(cli::rejectEvent(line))["state"], "not-received");
    EXPECT_EQ(cli::rejectEvent(line).text.rfind("NEVER RECEIVED by the dealer, nothing was dealt", 0), 0u);
}

TEST(OutcomeEvents, AClosedOutcomeNamesBothPersonsAndTheReference)
{
    rfq::AcceptanceLine line = unknownLine();
    line.state = rfq::AcceptanceState::Closed;
    line.closing.emplace();
    line.closing->verdict = rfq::Verdict::Traded;
    line.closing->reference = "T-4711, Ms Ferrari";
    line.closing->trader.name = "trader-7";
    line.closing->approval.person.name = "desk-head-1";
    const ordered_json fields = parsed(cli::outcomeEvent(line));
    EXPECT_EQ(fields["verdict"], "traded");
    EXPECT_EQ(fields["reference"], "T-4711, Ms Ferrari");
    EXPECT_EQ(fields["trader"], "trader-7");
    EXPECT_EQ(fields["approver"], "desk-head-1");
}

TEST(OutcomeEvents, APositionIsBetweenTwoAmountsAsLongAsAnOutcomeIsUnknown)
{
    const rfq::PositionRange range{
        "EUR/USD", support::decimal("-5000000"), support::decimal("20000000"), {rfq::ClOrdId("C1")}};
    const cli::Event event = cli::positionEvent(range);
    EXPECT_EQ(event.text, "Position in EUR/USD: between -5000000 and +20000000 EUR");
    EXPECT_EQ(parsed(event)["unknown"], ordered_json({"C1"}));
    const rfq::PositionRange sure{"EUR/USD", support::decimal("5"), support::decimal("5"), {}};
    EXPECT_EQ(cli::positionEvent(sure).text, "Position in EUR/USD: +5 EUR");
}

TEST(OutcomeEvents, AnIncidentTellsWhoAcknowledgedItAndWhy)
{
    rfq::Incident incident;
    incident.id = rfq::IncidentId("I1");
    incident.kind = rfq::IncidentKind::LateFill;
    EXPECT_EQ(parsed(cli::incidentEvent(incident))["kind"], "late-fill");
    EXPECT_EQ(parsed(cli::incidentEvent(incident))["acknowledged"], false);
    incident.acknowledged = rfq::Incident::Acknowledgement{{"trader-7", "ab"}, "hedged it", {}};
    EXPECT_EQ(parsed(cli::incidentEvent(incident))["note"], "hedged it");
}

TEST(OutcomeEvents, AStatementIsOneLineForPeopleAndByteForByteForMachines)
{
    const cli::Event event = cli::statementEvent("Countersign: outcome decided\norder: C1\n");
    EXPECT_EQ(parsed(event)["statement"], "Countersign: outcome decided\norder: C1\n");
    EXPECT_EQ(event.text, "To be signed by the second person: Countersign: outcome decided; order: C1;");
}

TEST(OutcomeEvents, ARefusedConsentTellsTheTriesLeft)
{
    rfq::PinState pin;
    pin.triesLeft = 2;
    const ordered_json fields = parsed(cli::approvalRefusedEvent({base::Errc::PinWrong, "wrong PIN"}, pin));
    EXPECT_EQ(fields["error"], "pin-wrong");
    EXPECT_EQ(fields["triesLeft"], 2);
}

}
