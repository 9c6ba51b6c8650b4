#include "auth/cert/subject.h"
#include "core/tls/identity.h"

#include <gtest/gtest.h>

namespace {

std::string written(const std::string& text)
{
    const auto name = cert::parseSubject(text);
    EXPECT_TRUE(name) << text << ": " << name.error().detail;
    if (!name)
        return {};
    const tls::CertificatePtr certificate(X509_new());
    X509_set_subject_name(certificate.get(), name->get());
    return tls::subjectOf(*certificate);
}

TEST(Subject, IsShownAsItWasWritten)
{
    for (const char* text :
        {"CN=trader-7", "CN=trader-7,OU=Desk,O=Firm,C=DE", "UID=jd,CN=Jane Doe", "CN=a\\,b", "CN=a\\\\b,O=c"})
        EXPECT_EQ(written(text), text);
    EXPECT_EQ(written(" CN = trader-7 , O = Firm "), "CN=trader-7,O=Firm");
}

TEST(Subject, WhatIsNoNameIsRefusedWithThePartThatIsWrong)
{
    for (const char* text : {"", "trader-7", "CN=", "CN=a,", "CN=a,,O=b", "Color=red", "=a", "CN=a\\", "C=Germany"}) {
        const auto name = cert::parseSubject(text);
        ASSERT_FALSE(name) << text;
        EXPECT_EQ(name.error().code, base::Errc::InvalidInput);
    }
    EXPECT_NE(cert::parseSubject("CN=a,Color=red").error().detail.find("Color"), std::string::npos);
}

}
