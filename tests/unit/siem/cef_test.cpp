#include "core/siem/cef.h"
#include "core/siem/syslog_message.h"
#include "tests/unit/siem/entries.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace siem;
using namespace siem_test;

TEST(Cef, HoldsTheRecord)
{
    EXPECT_EQ(cefEvent(decision(), origin()),
        "CEF:0|Countersign|countersign-venue|1.2.3|access-decision|access-decision|6|rt=1795507207480 externalId=17 "
        "dvchost=gate.example suser=anna.keller src=10.1.2.3 outcome=deny countersignScore=40 reason=country "
        "countersignSession=ACME countersignReference=D-17 countersignHash="
            + hashText());
}

TEST(Cef, EscapesAsItsHeaderAndItsExtensionAsk)
{
    EXPECT_EQ(cefHeaderValue("a|b\\c=d\ne"), "a\\|b\\\\c=d e");
    EXPECT_EQ(cefExtensionValue("a|b\\c=d\ne\r"), "a|b\\\\c\\=d\\ne\\r");
    const std::string event = cefEvent(nasty(), origin());
    EXPECT_NE(event.find("suser=a\"b]c\\\\x5cd\\=e|f\\\\x0ag\\\\x01\\\\xffh\xc3\xa9 "), std::string::npos) << event;
}

TEST(Cef, AddressesGoWhereTheirVersionBelongs)
{
    Entry entry = decision();
    entry.numbered.record.fields[audit::Field::Address] = "2001:db8::7";
    EXPECT_NE(cefEvent(entry, origin()).find(" c6a2=2001:db8::7 c6a2Label=Source IPv6 Address "), std::string::npos);
    entry.numbered.record.fields[audit::Field::Address] = "10.1.2.3 2001:db8::7";
    EXPECT_NE(cefEvent(entry, origin()).find(" src=10.1.2.3 countersignAddress=10.1.2.3 2001:db8::7 outcome="),
        std::string::npos)
        << "src holds one";
}

TEST(Cef, ALockedCertificateIsNoUser)
{
    Entry locked = decision();
    locked.numbered.record.kind = audit::Kind::Locked;
    locked.numbered.record.fields = {{audit::Field::Target, "bert.maier"}};
    EXPECT_NE(cefEvent(locked, origin()).find(" duser=bert.maier "), std::string::npos);
    locked.numbered.record.fields = {{audit::Field::Target, "certificate a1b2"}};
    EXPECT_NE(cefEvent(locked, origin()).find(" countersignTarget=certificate a1b2 "), std::string::npos);
}

TEST(Cef, TravelsInSyslog)
{
    const std::string message = syslogMessage(decision(), origin(), Format::Cef);
    EXPECT_NE(message.find("\"] CEF:0|Countersign|"), std::string::npos) << message;
}

}
