#include "core/rfq/reject_category.h"
#include "core/rfq/reject_codes.h"
#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

using namespace support;
using rfq::DealerState;
using rfq::RejectCategory;
using rfq::RejectField;

namespace {

using Category = RejectCategory;
using Field = RejectField;

struct Known {
    Field field;
    const char* code;
    Category category;
};
struct StandardCodes : testing::TestWithParam<Known> { };

TEST_P(StandardCodes, HaveTheCategoryOfTheStandard)
{
    const Known& known = GetParam();
    EXPECT_EQ(rfq::categoryOf(known.field, known.code, "the dealer's words", {}), known.category);
}
/// What the standard itself assigns to the Investment Association's categories (EP290), and values of each field whose
/// number means something else in another.
INSTANTIATE_TEST_SUITE_P(Each, StandardCodes,
    testing::Values(Known{Field::QuoteRequestRejectReason, "1", Category::UnsupportedProduct},
        Known{Field::QuoteRequestRejectReason, "3", Category::RiskLimit},
        Known{Field::QuoteRequestRejectReason, "6", Category::NotEntitled},
        Known{Field::QuoteRequestRejectReason, "8", Category::UnsupportedProduct},
        Known{Field::QuoteRequestRejectReason, "10", Category::Passed},
        Known{Field::QuoteRequestRejectReason, "11", Category::Credit},
        Known{Field::QuoteRequestRejectReason, "16", Category::PricingOutage},
        Known{Field::QuoteRequestRejectReason, "17", Category::Regulatory},
        Known{Field::QuoteRequestRejectReason, "18", Category::StaticData},
        Known{Field::QuoteRequestRejectReason, "19", Category::NotEntitled},
        Known{Field::QuoteRequestRejectReason, "99", Category::Exceptional},
        Known{Field::QuoteRequestRejectReason, "", Category::Passed},
        Known{Field::QuoteRejectReason, "1", Category::UnsupportedProduct},
        Known{Field::QuoteRejectReason, "5", Category::TooLate},
        Known{Field::QuoteRejectReason, "6", Category::Duplicate},
        Known{Field::QuoteRejectReason, "8", Category::TooLate},
        Known{Field::QuoteRejectReason, "10", Category::PriceMoved},
        Known{Field::QuoteRejectReason, "17", Category::Credit},
        Known{Field::QuoteRejectReason, "22", Category::NoLiquidity},
        Known{Field::QuoteRejectReason, "23", Category::NotEntitled},
        Known{Field::QuoteRejectReason, "24", Category::StaticData},
        Known{Field::OrdRejReason, "0", Category::Exceptional},
        Known{Field::OrdRejReason, "1", Category::UnsupportedProduct},
        Known{Field::OrdRejReason, "3", Category::RiskLimit}, Known{Field::OrdRejReason, "4", Category::TooLate},
        Known{Field::OrdRejReason, "6", Category::Duplicate}, Known{Field::OrdRejReason, "8", Category::TooLate},
        Known{Field::OrdRejReason, "13", Category::StaticData}, Known{Field::OrdRejReason, "15", Category::StaticData},
        Known{Field::OrdRejReason, "16", Category::PriceMoved}, Known{Field::OrdRejReason, "25", Category::Credit},
        Known{Field::OrdRejReason, "30", Category::PriceMoved}, Known{Field::OrdRejReason, "31", Category::TooLate},
        Known{Field::OrdRejReason, "32", Category::NoLiquidity},
        Known{Field::OrdRejReason, "33", Category::NotEntitled},
        Known{Field::BusinessRejectReason, "2", Category::UnsupportedProduct},
        Known{Field::BusinessRejectReason, "3", Category::StaticData},
        Known{Field::BusinessRejectReason, "6", Category::NotEntitled},
        Known{Field::SessionRejectReason, "5", Category::StaticData},
        Known{Field::SessionRejectReason, "10", Category::TooLate},
        Known{Field::SessionRejectReason, "99", Category::Exceptional},
        Known{Field::QuoteRespType, "2", Category::PriceMoved}, Known{Field::QuoteRespType, "3", Category::TooLate},
        Known{Field::QuoteRespType, "5", Category::NoLiquidity}, Known{Field::QuoteRespType, "6", Category::Passed},
        Known{Field::QuoteRespType, "8", Category::TooLate}));

TEST(RejectCategories, AreUnknownForWhatNobodyHasToldUsAbout)
{
    for (const Field field : {Field::QuoteRejectReason, Field::OrdRejReason, Field::BusinessRejectReason,
             Field::SessionRejectReason, Field::QuoteRespType}) {
        for (const char* code : {"", "17x", "1 ", "01", "-1", "100", "4010", "credit"})
            EXPECT_EQ(rfq::categoryOf(field, code, "", {}), Category::Unknown) << '"' << code << '"';
    }
    EXPECT_EQ(rfq::categoryOf(Field::OrdRejReason, "17", "", {}), Category::Unknown) << "never assigned";
    EXPECT_EQ(rfq::categoryOf(Field::QuoteRespType, "1", "", {}), Category::Unknown) << "a hit is no reject";
}

TEST(RejectCategories, OfTheCounterpartyStandBeforeTheStandards)
{
    const std::map<std::string, Category> own{{"1", Category::Credit}, {"4010", Category::Credit},
        {"4007", Category::TooLate}, {"MKT-CLOSED", Category::NoLiquidity}};
    EXPECT_EQ(rfq::categoryOf(Field::OrdRejReason, "1", "", own), Category::Credit);
    EXPECT_EQ(rfq::categoryOf(Field::OrdRejReason, "MKT-CLOSED", "", own), Category::NoLiquidity);
    EXPECT_EQ(rfq::categoryOf(Field::OrdRejReason, "15", "", own), Category::StaticData) << "the standard's remain";
}

struct Prefixed {
    const char* code;
    const char* text;
    Category category;
};
struct CodesInTheText : testing::TestWithParam<Prefixed> { };

TEST_P(CodesInTheText, AreLookedUpWhereTheyStandInFront)
{
    const std::map<std::string, Category> own{
        {"4007", Category::TooLate}, {"4010", Category::Credit}, {"4", Category::TooLate}, {"3", Category::RiskLimit}};
    EXPECT_EQ(rfq::categoryOf(Field::OrdRejReason, GetParam().code, GetParam().text, own), GetParam().category)
        << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(Each, CodesInTheText,
    testing::Values(Prefixed{"99", "4010 Credit limit checks failed", Category::Credit},
        Prefixed{"", "4010", Category::Credit}, Prefixed{"99", "4007: quote superseded", Category::TooLate},
        Prefixed{"99", "[4007] expired", Category::TooLate}, Prefixed{"99", " 4 Too late", Category::TooLate},
        Prefixed{"99", "3 over the limit", Category::RiskLimit},
        Prefixed{"4010", "4007 expired", Category::Credit}, // the exact code first
        Prefixed{"99", "4m is too much", Category::Exceptional}, Prefixed{"99", "4.5 is old", Category::Exceptional},
        Prefixed{"99", "4,000,000 is too much", Category::Exceptional},
        Prefixed{"99", "rejected 4010", Category::Exceptional}, Prefixed{"99", "4011 other", Category::Exceptional},
        Prefixed{"", "4011 other", Category::Unknown}, Prefixed{"", "no reason", Category::Unknown}));

TEST(RejectCategories, OfTheStandardStandOnceEach)
{
    std::set<std::pair<Field, std::string_view>> seen;
    for (const rfq::StandardReject& reject : rfq::standardRejects()) {
        EXPECT_TRUE(seen.emplace(reject.field, reject.code).second) << reject.code;
        EXPECT_NE(reject.category, Category::None) << reject.code;
        EXPECT_NE(reject.category, Category::Unknown) << reject.code;
    }
    const auto count = [&](Field field) {
        return std::count_if(seen.begin(), seen.end(), [field](const auto& entry) { return entry.first == field; });
    };
    EXPECT_EQ(count(Field::QuoteRequestRejectReason), 20);
    EXPECT_EQ(count(Field::QuoteRejectReason), 25);
    EXPECT_EQ(count(Field::OrdRejReason), 34);
    EXPECT_EQ(count(Field::SessionRejectReason), 20);
}

TEST(RejectCategories, HaveAStableWordEach)
{
    std::set<std::string_view> words;
    for (int i = 0; i <= static_cast<int>(Category::Unknown); ++i)
        EXPECT_TRUE(words.insert(rfq::nameOf(static_cast<Category>(i))).second) << i;
}

struct Declining : testing::Test {
    Declining()
        : desk(settings())
    {
        desk.logOn();
        id = desk.request();
    }
    static rfq::DeskSettings settings()
    {
        rfq::DeskSettings settings = deskSettings();
        settings.profiles[VenueX].rejectCodes = {{"3005", Category::Credit}};
        return settings;
    }
    FakeDesk desk;
    rfq::RfqId id;
};

TEST_F(Declining, TellsWhyInTheSameCategoriesForEveryDealer)
{
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "99", "3005 credit"});
    EXPECT_EQ(desk.line(id, DlrA).category, Category::Credit);
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Passed) << "not this time, rather than not this request";
    EXPECT_EQ(desk.line(id, DlrA).code, "99") << "the dealer's own code stays";
    EXPECT_EQ(desk.line(id, DlrA).text, "3005 credit");
    desk.service.apply(rfq::QuoteStatusReceived{VenueX, id, DlrB, std::nullopt, "5", "22", "no price"});
    EXPECT_EQ(desk.line(id, DlrB).category, Category::NoLiquidity) << "22 of QuoteRejectReason(300)";
    EXPECT_EQ(desk.line(id, DlrB).code, "22");
    desk.service.apply(rfq::MessageRejected{DirectD, "R", id.text(), "5", "tag 64", true});
    EXPECT_EQ(desk.line(id, DlrD).category, Category::StaticData);
    EXPECT_EQ(desk.line(id, DlrD).state, DealerState::Rejected);
}

TEST_F(Declining, WithACodeOfTheApplicationIsJudgedByIt)
{
    desk.service.apply(rfq::MessageRejected{VenueX, "R", id.text(), "6", "not authorized"});
    EXPECT_EQ(desk.line(id, DlrA).category, Category::NotEntitled);
    EXPECT_EQ(desk.line(id, DlrB).category, Category::NotEntitled);
}

TEST_F(Declining, IsForgottenNeitherByALaterQuoteNorByALaterDecline)
{
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "17", "not on this venue"});
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.quote(id, DlrA, "QA-2", "", "1.15342");
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "10", "pass"});
    EXPECT_EQ(desk.line(id, DlrA).category, Category::Regulatory);
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Rejected);
    EXPECT_FALSE(desk.line(id, DlrA).quote);
    const auto refused = desk.journal.all<rfq::EventRefused>();
    ASSERT_EQ(refused.size(), 2U) << "one for each kind, not one for each message";
    EXPECT_EQ(refused[0].subject, "dealer DLR-A in request " + id.text());
    EXPECT_EQ(refused[0].state, "rejected");
    EXPECT_EQ(refused[0].event, "firm quote");
    EXPECT_EQ(refused[1].event, "passed");
}

TEST_F(Declining, AfterTheEndIsKeptOnceAndChangesNothing)
{
    ASSERT_TRUE(desk.service.end(id));
    const rfq::Rfq before = desk.rfq(id);
    for (const char* quote : {"QA-1", "QA-2", "QA-3"})
        desk.quote(id, DlrA, quote, "", "1.15342");
    desk.quote(id, DlrB, "QB-1", "", "1.15342");
    desk.quote(id, DlrC, "QC-1", "", "1.15342"); // was not asked
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "10", "pass"});
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "10", "pass"});
    EXPECT_EQ(desk.rfq(id), before);
    const auto refused = desk.journal.all<rfq::EventRefused>();
    ASSERT_EQ(refused.size(), 3U);
    EXPECT_EQ(refused[0].subject, "request " + id.text());
    EXPECT_EQ(refused[0].state, "ended");
    EXPECT_EQ(refused[0].event, "late quote");
    EXPECT_EQ(refused[0].text, "DLR-A: QuoteID QA-1");
    EXPECT_EQ(refused[1].text, "DLR-B: QuoteID QB-1");
    EXPECT_EQ(refused[2].event, "late decline");
}

TEST_F(Declining, OfAQuoteThatNeverLivedIsKeptAndChangesNothing)
{
    auto stale = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    stale.possDup = true;
    desk.service.apply(stale);
    const rfq::Rfq before = desk.rfq(id);
    desk.service.apply(rfq::QuoteWithdrawn{VenueX, id, DlrA, rfq::QuoteId("QA-1"), "pulled"});
    desk.service.apply(rfq::QuoteWithdrawn{VenueX, id, DlrA, rfq::QuoteId("QA-1"), "pulled"});
    EXPECT_EQ(desk.rfq(id), before);
    ASSERT_EQ(desk.journal.all<rfq::EventRefused>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::EventRefused>()[0].subject, "quote QA-1 of DLR-A");
    EXPECT_EQ(desk.journal.all<rfq::EventRefused>()[0].state, "stale");
}

}
