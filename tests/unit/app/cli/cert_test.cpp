#include "app/cli/arguments.h"
#include "app/cli/cert_events.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/cli/words.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using cli_test::parse;
using namespace std::chrono_literals;
using base::Errc;

template <typename What>
What certCommand(const std::string& line, cli::CertCommand* all = nullptr)
{
    const auto arguments = parse(line);
    EXPECT_TRUE(arguments) << arguments.error().detail;
    const auto* command = arguments ? std::get_if<cli::CertCommand>(&arguments->command) : nullptr;
    const auto* what = command ? std::get_if<What>(&command->what) : nullptr;
    EXPECT_TRUE(what) << line;
    if (command && all)
        *all = *command;
    return what ? *what : What{};
}

TEST(CertArguments, AnEnrolmentIsRead)
{
    cli::CertCommand all;
    const auto enrol =
        certCommand<cli::CertEnrol>("cert enrol --server http://ca:8080/p --ca ca.pem --responder CN=RA "
                                    "--for 5s --subject CN=a,O=b --out a.pem --reference r --secret-fd 4 "
                                    "--generate ec-p384 --token 17 --key-id 0A:1b --pin-fd 3 --replace",
            &all);
    EXPECT_EQ(enrol.server.url, "http://ca:8080/p");
    EXPECT_EQ(enrol.server.caFile, "ca.pem");
    EXPECT_EQ(enrol.server.responder, "CN=RA");
    EXPECT_EQ(enrol.server.patience, 5s);
    EXPECT_EQ(enrol.subject, "CN=a,O=b");
    EXPECT_EQ(enrol.secret->reference, "r");
    EXPECT_EQ(enrol.secret->descriptor, 4);
    EXPECT_EQ(enrol.generate, cert::KeyKind::EcP384);
    EXPECT_EQ(enrol.replace, cert::Replace::AlsoValid);
    EXPECT_EQ(all.tokenSerial, "17");
    EXPECT_EQ(all.keyId, "0a1b");
    EXPECT_EQ(all.pin.descriptor, 3);
}

TEST(CertArguments, TheOthersAreRead)
{
    (void)certCommand<cli::CertList>("cert list");
    EXPECT_EQ(certCommand<cli::CertRequest>("cert request --subject CN=a --out a.csr").out, "a.csr");
    EXPECT_EQ(certCommand<cli::CertImport>("cert import a.der --ca c.pem").file, "a.der");
    const std::string server = " --server http://ca/ --ca c.pem";
    EXPECT_EQ(certCommand<cli::CertRenew>("cert renew --out a.pem --next-key-id 02" + server).nextKeyId, "02");
    const auto revoke = certCommand<cli::CertRevoke>(
        "cert revoke --reason key-compromise --fingerprint " + std::string(64, 'a') + server);
    EXPECT_EQ(revoke.reason, cert::RevocationReason::KeyCompromise);
    EXPECT_EQ(revoke.fingerprint, std::string(64, 'a'));
}

TEST(CertArguments, WhatIsMissingOrTooMuchIsRefused)
{
    const std::string server = " --server http://ca/ --ca c.pem";
    const std::string enrol = "cert enrol --subject CN=a --out a.pem" + server;
    for (const std::string& line : {std::string("cert"), std::string("cert frob"), std::string("cert list more"),
             std::string("cert list --token 1"), std::string("cert request --out a"),
             std::string("cert request --subject CN=a"), std::string("cert import"), std::string("cert import a b"),
             enrol, enrol + " --reference r --vouched-by 01", enrol + " --vouched-by 01 --secret-fd 3",
             enrol + " --reference r --generate dsa", enrol + " --reference r --key-id xyz",
             "cert renew --out a --generate ec-p256" + server, "cert revoke" + server,
             "cert revoke --fingerprint abc" + server, std::string("cert renew --out a")})
        EXPECT_EQ(parse(line).error().code, Errc::InvalidInput) << line;
}

TEST(CertEvents, WhatGaveWayIsNamed)
{
    const support::TestCa ca;
    const auto key = support::generateKey(support::KeyType::Ec256);
    support::CertificateOptions options;
    options.commonName = "trader-6";
    cert::Placed placed;
    placed.place = {"4711", "card", "01", "EC P-256"};
    placed.certificate = ca.issueFor(*key, options);
    EXPECT_EQ(cli::certificatePlacedEvent("imported", placed).text.find("In its place"), std::string::npos);
    EXPECT_TRUE(cli::certificatePlacedEvent("imported", placed).fields["replaced"].empty());

    placed.gone.certificates.push_back(ca.issueFor(*key, options));
    const std::string fingerprint = tls::fingerprint(*placed.gone.certificates.front());
    auto event = cli::certificatePlacedEvent("imported", placed);
    EXPECT_EQ(event.fields["replaced"][0]["fingerprint"], fingerprint);
    EXPECT_EQ(event.fields["keyReplaced"], false);
    const std::string serial = event.fields["replaced"][0]["serial"];
    EXPECT_FALSE(serial.empty());
    for (const std::string& part :
        {std::string("In its place stood the certificate of CN=trader-6"), serial, fingerprint})
        EXPECT_NE(event.text.find(part), std::string::npos) << event.text;

    placed.gone.key = true;
    EXPECT_NE(cli::certificatePlacedEvent("enrolled", placed).text.find("so is the key"), std::string::npos);
    placed.gone = {{}, true, false};
    event = cli::certificatePlacedEvent("imported", placed);
    EXPECT_EQ(event.fields["replacedUnreadable"], true);
    EXPECT_NE(event.text.find("could not be read"), std::string::npos);

    cert::Requested requested;
    requested.gone.key = true;
    EXPECT_NE(cli::certificateRequestEvent(requested, "a.csr").text.find("key that was there"), std::string::npos);
}

TEST(CertEvents, AWarningComesWithTheLastThirtyDays)
{
    const base::UtcTime now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24);
    rfq::TokenIdentity identity;
    identity.subject = "CN=trader-7";
    identity.notAfter = now + std::chrono::days(31);
    EXPECT_FALSE(cli::expiryWarning(identity, now));
    EXPECT_EQ(cli::certificateEvent(identity, now).fields["expiry"], "fine");
    identity.notAfter = now + std::chrono::days(6);
    EXPECT_NE(cli::expiryWarning(identity, now)->text.find("expires in 6 days"), std::string::npos);
    const auto event = cli::certificateEvent(identity, now);
    EXPECT_EQ(event.fields["event"], "certificate");
    EXPECT_EQ(event.fields["expiry"], "week");
    EXPECT_EQ(event.fields["daysLeft"], 6);
    EXPECT_EQ(event.text.rfind("WARNING", 0), 0U);
}

}
