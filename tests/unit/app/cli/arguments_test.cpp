#include "app/cli/arguments.h"
#include "tests/unit/app/cli/words.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using cli_test::parse;
using namespace std::chrono_literals;
using base::Errc;
using cli::Arguments;

template <typename Command>
Command mustParse(const std::string& line)
{
    const auto arguments = parse(line);
    EXPECT_TRUE(arguments) << arguments.error().detail;
    const auto* command = arguments ? std::get_if<Command>(&arguments->command) : nullptr;
    EXPECT_TRUE(command) << line;
    return command ? *command : Command{};
}

TEST(Arguments, ATokenIsNamedWhereOneSignsIn)
{
    const auto tokenOf = [](const std::string& line) {
        const auto arguments = parse(line);
        EXPECT_TRUE(arguments) << line;
        return arguments ? std::get<cli::VenuesCommand>(arguments->command).pin.token : std::string();
    };
    EXPECT_EQ(tokenOf("venues"), "");
    EXPECT_EQ(tokenOf("venues --token 12345678"), "12345678");
    for (const char* line : {"rfq EUR/USD buy 5m --token 1", "recover --token 1", "key list --session V --token 1",
             "acknowledge I-1 --note seen --token 1"})
        EXPECT_TRUE(parse(line)) << line;
    EXPECT_FALSE(parse("key list --token 1")) << "no token is signed in with";
    EXPECT_FALSE(parse("token status --token 1"));
}

TEST(Arguments, AWholeRequestIsRead)
{
    const std::string line = "--config desk.toml rfq EUR/USD buy 25m --settle spot --dealers DLR-A,DLR-B --accept best "
                             "--limit 1.1600 --for 20s --wait 500ms --format jsonl --pin-fd 3 --confirm-last-try";
    const auto command = mustParse<cli::RfqCommand>(line);
    EXPECT_EQ(command.symbol, "EUR/USD");
    EXPECT_EQ(command.side, rfq::RequestSide::Buy);
    EXPECT_EQ(command.quantity.text(), "25000000");
    EXPECT_EQ(command.settlement.tenor, rfq::Tenor::Spot);
    EXPECT_EQ(command.dealers, (std::vector<std::string>{"DLR-A", "DLR-B"}));
    EXPECT_EQ(command.accept, cli::AcceptMode::Best);
    EXPECT_EQ(command.limit->text(), "1.1600");
    EXPECT_EQ(command.life, 20s);
    EXPECT_EQ(command.wait, 500ms);
    EXPECT_EQ(command.pin.descriptor, 3);
    EXPECT_TRUE(command.pin.lastTryConfirmed);
    EXPECT_EQ(parse(line)->config, "desk.toml");
    EXPECT_EQ(parse(line)->format, cli::Format::JsonLines);
}

TEST(Arguments, NothingIsAcceptedUnlessItIsSaid)
{
    const auto command = mustParse<cli::RfqCommand>("rfq EUR/USD sell 1m");
    EXPECT_EQ(command.accept, cli::AcceptMode::None);
    EXPECT_FALSE(command.limit);
    EXPECT_FALSE(command.pin.descriptor);
    EXPECT_FALSE(command.pin.lastTryConfirmed);
    EXPECT_TRUE(command.dealers.empty());
}

TEST(Arguments, ASettlementIsSpotATenorOrADate)
{
    EXPECT_EQ(mustParse<cli::RfqCommand>("rfq EUR/USD buy 1m --settle 3m").settlement.tenor, rfq::Tenor::Month3);
    const auto dated = mustParse<cli::RfqCommand>("rfq EUR/USD buy 1m --settle=2026-12-24").settlement;
    EXPECT_EQ(dated.tenor, rfq::Tenor::Broken);
    using namespace std::chrono;
    EXPECT_EQ(dated.date, 2026y / December / 24);
}

const std::string Fingerprint(64, 'b');

TEST(Arguments, AClosingNeedsTwoPersonsAVerdictAReasonAndAReference)
{
    const auto command = mustParse<cli::CloseCommand>("close C1 --traded --reason hour --reference Ferrari --approver "
        + Fingerprint + " --pin-fd 3 --approver-pin-fd 4 --confirm-approver-last-try");
    EXPECT_EQ(command.id.text(), "C1");
    EXPECT_EQ(command.verdict, rfq::Verdict::Traded);
    EXPECT_EQ(command.reason, "hour");
    EXPECT_EQ(command.reference, "Ferrari");
    EXPECT_EQ(command.second.fingerprint, Fingerprint);
    EXPECT_EQ(command.second.pin.descriptor, 4);
    EXPECT_TRUE(command.second.pin.lastTryConfirmed);
    EXPECT_EQ(command.pin.descriptor, 3);
    EXPECT_FALSE(command.pin.lastTryConfirmed);
}

TEST(Arguments, AFingerprintMayBeWrittenAsOpensslDoes)
{
    std::string colons;
    for (int i = 0; i < 32; ++i)
        colons += (i ? ":" : "") + std::string("BB");
    EXPECT_EQ(mustParse<cli::CloseCommand>("close C1 --not-traded --reason r --reference f --approver " + colons)
                  .second.fingerprint,
        Fingerprint);
}

TEST(Arguments, ATwinNeedsTwoPersonsAndAReason)
{
    const auto command = mustParse<cli::RfqCommand>(
        "rfq EUR/USD buy 1m --twin-of C1 --reason hedge --approver " + Fingerprint + " --approver-pin-fd 4");
    ASSERT_TRUE(command.twin);
    EXPECT_EQ(command.twin->unknown.text(), "C1");
    EXPECT_EQ(command.twin->reason, "hedge");
    EXPECT_EQ(command.twin->second.pin.descriptor, 4);
    EXPECT_FALSE(mustParse<cli::RfqCommand>("rfq EUR/USD buy 1m").twin);
}

TEST(Arguments, WhatToDoAboutAnUnknownOutcomeIsRead)
{
    mustParse<cli::OutcomesCommand>("outcomes");
    EXPECT_EQ(mustParse<cli::RecoverCommand>("recover").patience, 60s);
    EXPECT_EQ(mustParse<cli::RecoverCommand>("recover --for 5s --pin-fd 3").patience, 5s);
    EXPECT_EQ(mustParse<cli::RfqCommand>("rfq EUR/USD buy 1m").recover, 0s);
    EXPECT_EQ(mustParse<cli::RfqCommand>("rfq EUR/USD buy 1m --recover 30s").recover, 30s);
    EXPECT_EQ(mustParse<cli::AcknowledgeCommand>("acknowledge I1 --note seen").note, "seen");
    EXPECT_EQ(mustParse<cli::DisputeCommand>("dispute I1 --wait 3s").wait, 3s);
}

TEST(Arguments, TheOtherCommandsAreRead)
{
    EXPECT_EQ(mustParse<cli::VenuesCommand>("venues --wait 3s").wait, 3s);
    const std::vector<rfq::SessionId> both{rfq::SessionId("VENUE-X"), rfq::SessionId("DLR-B")};
    EXPECT_EQ(mustParse<cli::VenuesCommand>("venues --reset-sequence VENUE-X,DLR-B").reset, both);
    EXPECT_EQ(mustParse<cli::TokenListCommand>("token list").look, cli::TokenLook::Identities);
    EXPECT_EQ(mustParse<cli::TokenListCommand>("token cards").look, cli::TokenLook::Cards);
    mustParse<cli::TokenStatusCommand>("token status");
    const auto change = mustParse<cli::SetPinCommand>("token change-pin --pin-fd 3 --new-pin-fd 4");
    EXPECT_EQ(change.proof, cli::PinProof::OldPin);
    EXPECT_EQ(change.proofDescriptor, 3);
    EXPECT_EQ(change.nextDescriptor, 4);
    EXPECT_EQ(change.card, "") << "the configured one";
    EXPECT_EQ(mustParse<cli::SetPinCommand>("token change-pin --token 4711").card, "4711");
    const auto unblock = mustParse<cli::SetPinCommand>("token unblock-pin --puk-fd 5");
    EXPECT_EQ(unblock.proof, cli::PinProof::Puk);
    EXPECT_EQ(unblock.proofDescriptor, 5);
    EXPECT_FALSE(unblock.nextDescriptor);
    EXPECT_FALSE(unblock.lastTryConfirmed);
    EXPECT_TRUE(mustParse<cli::SetPinCommand>("token unblock-pin --confirm-last-try").lastTryConfirmed);
    EXPECT_TRUE(mustParse<cli::SetPinCommand>("token change-pin --confirm-last-try").lastTryConfirmed);
    mustParse<cli::ConfigCheckCommand>("config check --config x.toml");
    EXPECT_EQ(mustParse<cli::DeviceCommand>("device show").out, "");
    EXPECT_EQ(mustParse<cli::DeviceCommand>("device show --out desk-17.json").out, "desk-17.json");
    const auto from = std::get<cli::CertTrust>(
        mustParse<cli::CertLookCommand>("cert trust --from [::1]:7801 --server-name venue.example").what);
    EXPECT_EQ(from.host, "::1");
    EXPECT_EQ(from.port, 7801);
    EXPECT_EQ(from.serverName, "venue.example");
    EXPECT_TRUE(from.fingerprint.empty());
    const auto file = std::get<cli::CertTrust>(
        mustParse<cli::CertLookCommand>("cert trust ca.pem --out x.pem --fingerprint " + Fingerprint).what);
    EXPECT_EQ(file.file, "ca.pem");
    EXPECT_EQ(file.fingerprint, Fingerprint);
    const auto attestation = std::get<cli::CertAttestation>(
        mustParse<cli::CertLookCommand>("cert attestation a.csr --roots makers.pem").what);
    EXPECT_EQ(attestation.rootsFile, "makers.pem");
    mustParse<cli::HelpCommand>("--help");
    mustParse<cli::VersionCommand>("--version");
}

TEST(Arguments, AnUnlockNeedsAPersonAReasonAndAPrivilegedOne)
{
    const std::string fingerprint(64, 'a');
    const auto command = mustParse<cli::AccessUnlockCommand>(
        "access unlock alice.trader --reason spare --approver " + fingerprint + " --approver-pin-fd 4");
    EXPECT_EQ(command.user, "alice.trader");
    EXPECT_EQ(command.reason, "spare");
    EXPECT_EQ(command.second.fingerprint, fingerprint);
    EXPECT_EQ(command.second.pin.descriptor, 4);
    static_cast<void>(mustParse<cli::AccessStatusCommand>("access status"));
    EXPECT_FALSE(parse("access unlock --reason spare --approver " + fingerprint));
    EXPECT_FALSE(parse("access unlock alice.trader --approver " + fingerprint));
    EXPECT_FALSE(parse("access unlock alice.trader --reason spare"));
    EXPECT_FALSE(parse("access"));
    EXPECT_FALSE(parse("access lock alice.trader"));
}

TEST(Arguments, WhatIsNotUnderstoodIsAUsageErrorInWords)
{
    const std::vector<std::pair<std::string, std::string>> cases{{"", "a command is expected"},
        {"token change-pin --puk-fd 3", "does not belong"}, {"token unblock-pin --pin-fd 3", "does not belong"},
        {"deal", "unknown command \"deal\""}, {"rfq", "rfq needs an instrument"},
        {"rfq EUR/USD buy", "rfq needs an instrument"}, {"rfq EUR/USD buy 1m 2m", "rfq needs an instrument"},
        {"rfq EUR/USD bid 1m", "side is buy, sell or two-way"}, {"rfq EUR/USD buy lots", "lots"},
        {"rfq EUR/USD buy -1m", ""}, {"rfq EUR/USD buy 0", ""}, {"rfq EUR/USD buy 1m --settle soon", "--settle"},
        {"rfq EUR/USD buy 1m --settle 2026-02-30", "--settle"}, {"rfq EUR/USD buy 1m --accept all", "--accept"},
        {"rfq EUR/USD buy 1m --limit 1,16", "--limit"}, {"rfq EUR/USD buy 1m --for 20x", "--for"},
        {"rfq EUR/USD buy 1m --for", "needs a value"}, {"rfq EUR/USD buy 1m --for 1s --for 2s", "given twice"},
        {"rfq EUR/USD buy 1m --pin 1234", "unknown option --pin"}, {"rfq EUR/USD buy 1m --pin-fd x", "--pin-fd"},
        {"rfq EUR/USD buy 1m --pin-fd -1", "--pin-fd"}, {"rfq EUR/USD two-way 1m --accept best", "needs a side"},
        {"venues --limit 1.1", "does not belong"}, {"config check --confirm-last-try", "does not belong"},
        {"venues --format xml", "--format"}, {"token", "unknown command"},
        {"outcomes now", "unknown command \"outcomes now\""}, {"outcomes --pin-fd 3", "does not belong"},
        {"close --traded", "needs the ClOrdID"},
        {"close C1 --reason r --reference f", "either --traded or --not-traded"},
        {"close C1 --traded --not-traded", "either --traded or --not-traded"},
        {"close C1 --traded --reference f --approver " + Fingerprint, "--reason is needed"},
        {"close C1 --traded --reason r --approver " + Fingerprint, "--reference is needed"},
        {"close C1 --traded --reason r --reference f", "--approver is needed"},
        {"close C1 --traded --reason r --reference f --approver abc", "64 hexadecimal digits"},
        {"rfq EUR/USD buy 1m --twin-of C1 --reason r", "--approver is needed"},
        {"rfq EUR/USD buy 1m --twin-of C1", "--reason is needed"}, {"rfq EUR/USD buy 1m --reason r", "does not belong"},
        {"acknowledge", "needs an incident"}, {"acknowledge I1", "--note is needed"}, {"dispute", "needs an incident"},
        {"cert trust", "either a FILE"}, {"cert trust a.pem --from h:1", "either a FILE"},
        {"cert trust --from venue.example", "HOST:PORT is expected"},
        {"cert trust --from h:0", "HOST:PORT is expected"}, {"cert trust --from h:70000", "HOST:PORT is expected"},
        {"cert trust a.pem --out x", "belong together"},
        {"cert trust a.pem --fingerprint " + Fingerprint, "belong together"},
        {"cert trust a.pem --fingerprint abc --out x", "64 hexadecimal digits"},
        {"cert trust a.pem --server-name h", "belongs to --from"}, {"cert attestation a.csr", "--roots is needed"},
        {"cert attestation --roots r.pem", "needs the FILE"}, {"recover --for soon", "--for"},
        {"recover --recover 3s", "does not belong"}};
    for (const auto& [line, words] : cases) {
        const auto arguments = parse(line);
        ASSERT_FALSE(arguments) << line;
        EXPECT_EQ(arguments.error().code, Errc::InvalidInput) << line;
        EXPECT_NE(arguments.error().detail.find(words), std::string::npos) << line << ": " << arguments.error().detail;
    }
}

TEST(Arguments, ATicketIsArmedWithinASideAndALimit)
{
    const auto armed = parse("rfq EUR/USD buy 25m --limit 1.16 --arm --key-pin-fd 5 --confirm-key-last-try");
    ASSERT_TRUE(armed) << armed.error().detail;
    EXPECT_TRUE(std::get<cli::RfqCommand>(armed->command).arm);
    EXPECT_EQ(armed->keyPin.descriptor, 5);
    EXPECT_TRUE(armed->keyPin.lastTryConfirmed);
    EXPECT_FALSE(parse("rfq EUR/USD buy 25m --arm"));
    EXPECT_FALSE(parse("rfq EUR/USD two-way 25m --limit 1.16 --arm"));
    EXPECT_FALSE(parse("outcomes --key-pin-fd 5"));
}

}
