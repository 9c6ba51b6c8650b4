#include "app/venue/order_book.h"
#include "app/venue/order_listing.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace venue::test {
namespace {

const rfq::SessionId Acme("ACME");
const rfq::SessionId Beta("BETA");
const rfq::ClOrdId C1("C1");
const rfq::UtcTime Morning{std::chrono::hours(500'000)};

rfq::Decimal decimal(const char* text)
{
    return rfq::Decimal::parse(text).value();
}

rfq::Price price(const char* text)
{
    return rfq::Price::parse(text).value();
}

BookedOrder sampleOrder(const rfq::SessionId& session = Acme, const rfq::ClOrdId& clOrdId = C1)
{
    BookedOrder booked;
    booked.reported.session = session;
    booked.reported.id = rfq::OrderId("O1");
    fix::maker::Order& order = booked.reported.order;
    order.clOrdId = clOrdId;
    order.quote = rfq::QuoteId("AURORA-1");
    order.rfq = rfq::RfqId("Q1");
    order.symbol = "EUR/USD";
    order.side = rfq::Side::Sell;
    order.quantity = decimal("5000000.00");
    order.currency = "EUR";
    order.price = price("1.15340");
    order.settlDate = rfq::Date(std::chrono::year(2026) / 11 / 26);
    booked.dealer = rfq::DealerId("AURORA");
    booked.taken = Morning;
    return booked;
}

fix::maker::ReportOut sampleReport(const char* execId)
{
    fix::maker::ReportOut out;
    rfq::ExecutionReport& report = out.report;
    report.session = Acme;
    report.clOrdId = C1;
    report.orderId = rfq::OrderId("O1");
    report.execId = rfq::ExecId(execId);
    report.execType = 'F';
    report.ordStatus = '2';
    report.symbol = "EUR/USD";
    report.side = rfq::Side::Sell;
    report.currency = "EUR";
    report.quantity = decimal("5000000.00");
    report.lastPx = price("1.15340");
    report.lastQty = decimal("5000000.00");
    report.cumQty = decimal("5000000.00");
    report.avgPx = price("1.15340");
    report.valueDate = rfq::Date(std::chrono::year(2026) / 11 / 26);
    report.rejectCode = "4711";
    report.text = "it's done; \"really\"";
    report.transactTime = Morning;
    out.refersTo = rfq::ExecId("E0");
    out.more = {{167, "FXSPOT"}, {9702, "a=b"}};
    return out;
}

class Book : public testing::Test {
protected:
    void reopen()
    {
        book.reset();
        book = OrderBook::open(directory.path()).value();
    }
    support::TemporaryDirectory directory;
    std::unique_ptr<OrderBook> book = OrderBook::open(directory.path()).value();
};

TEST_F(Book, AnOrderIsThereAfterTheProcessIsGone)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    reopen();
    const auto found = book->find(Acme, C1).value();
    ASSERT_TRUE(found);
    const fix::maker::Order& order = found->reported.order;
    EXPECT_EQ(found->reported.id.text(), "O1");
    EXPECT_EQ(order.quote.text(), "AURORA-1");
    EXPECT_EQ(order.rfq, rfq::RfqId("Q1"));
    EXPECT_EQ(order.side, rfq::Side::Sell);
    EXPECT_EQ(order.quantity.text(), "5000000.00") << "digit for digit";
    EXPECT_EQ(order.price.text, "1.15340");
    EXPECT_EQ(order.settlDate, rfq::Date(std::chrono::year(2026) / 11 / 26));
    EXPECT_EQ(found->dealer.text(), "AURORA");
    EXPECT_EQ(found->truth.state, OrderState::Taken);
    EXPECT_EQ(found->taken, Morning);
}

TEST_F(Book, ADecisionAndItsReportsAreOneThing)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    const OrderTruth truth{
        .state = OrderState::Filled, .cumQty = decimal("5"), .avgPx = price("1.2"), .code = "x", .text = "y"};
    const auto kept = book->decide(Acme, C1, truth, {sampleReport("E1"), sampleReport("E2")});
    ASSERT_TRUE(kept) << kept.error().detail;
    ASSERT_EQ(kept->size(), 2U);
    EXPECT_LT((*kept)[0].receipt, (*kept)[1].receipt);
    reopen();
    EXPECT_EQ(book->find(Acme, C1).value()->truth, truth);
    const auto reports = book->reportsOn(Acme, C1).value();
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].out, sampleReport("E1")) << "every field";
    EXPECT_EQ(reports[1].receipt, (*kept)[1].receipt);
}

TEST_F(Book, AReportWithoutAnythingOptionalComesBackTheSame)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    fix::maker::ReportOut bare;
    bare.report.session = Acme;
    ASSERT_TRUE(book->decide(Acme, C1, std::nullopt, {bare}));
    EXPECT_EQ(book->reportsOn(Acme, C1).value().at(0).out, bare);
}

TEST_F(Book, ADecisionOnAnUnknownOrderLeavesNoReport)
{
    EXPECT_FALSE(book->decide(Acme, C1, OrderTruth{}, {sampleReport("E1")}));
    EXPECT_TRUE(book->reportsTo(Acme).value().empty());
}

TEST_F(Book, AClOrdIdIsTakenOncePerSession)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    EXPECT_EQ(book->take(sampleOrder()).error().code, base::Errc::Duplicate);
    EXPECT_TRUE(book->take(sampleOrder(Beta)));
}

TEST_F(Book, UnsentIsWhatNobodyConfirmed)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    const auto kept = book->decide(Acme, C1, std::nullopt, {sampleReport("E1"), sampleReport("E2")}).value();
    ASSERT_TRUE(book->markSent(kept[0].receipt));
    const auto unsent = book->unsentTo(Acme).value();
    ASSERT_EQ(unsent.size(), 1U);
    EXPECT_EQ(unsent[0].out.report.execId.text(), "E2");
    EXPECT_TRUE(book->unsentTo(Beta).value().empty());
    EXPECT_EQ(book->lastReceiptBefore(), 0U);
    reopen();
    EXPECT_EQ(book->unsentTo(Acme).value().size(), 1U);
    EXPECT_EQ(book->lastReceiptBefore(), kept[1].receipt);
}

TEST_F(Book, EachRunHasItsNumber)
{
    const auto first = book->run();
    reopen();
    EXPECT_GT(book->run(), first);
}

TEST_F(Book, OrdersAreFoundBySessionTimeReportAndQuote)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    ASSERT_TRUE(book->take(sampleOrder(Acme, rfq::ClOrdId("C2"))));
    ASSERT_TRUE(book->take(sampleOrder(Beta)));
    ASSERT_TRUE(book->decide(Acme, C1,
        OrderTruth{.state = OrderState::Filled, .cumQty = {}, .avgPx = {}, .code = {}, .text = {}},
        {sampleReport("E1")}));
    EXPECT_EQ(book->ordersOf(Acme, Morning).value().size(), 2U);
    EXPECT_TRUE(book->ordersOf(Acme, Morning + std::chrono::hours(1)).value().empty());
    EXPECT_EQ(book->orders().value().size(), 3U);
    EXPECT_EQ(book->undecided().value().size(), 2U);
    const rfq::OrderId told = sampleReport("E1").report.orderId;
    EXPECT_EQ(book->findByReport(Acme, rfq::ExecId("E1"), told).value()->reported.order.clOrdId, C1);
    EXPECT_FALSE(book->findByReport(Beta, rfq::ExecId("E1"), told).value());
    EXPECT_FALSE(book->findByReport(Acme, rfq::ExecId("E1"), rfq::OrderId("another")).value());
    EXPECT_EQ(book->findByQuote(Acme, rfq::QuoteId("AURORA-1")).value()->reported.order.clOrdId, C1) << "the dealt one";
    EXPECT_FALSE(book->findByQuote(Acme, rfq::QuoteId("AURORA-2")).value());
}

TEST_F(Book, OneVenueAtATimeAndAnybodyMayRead)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    EXPECT_EQ(OrderBook::open(directory.path()).error().code, base::Errc::Duplicate);
    const auto reader = OrderBook::read(directory.path());
    ASSERT_TRUE(reader) << reader.error().detail;
    EXPECT_EQ((*reader)->orders().value().size(), 1U);
    ASSERT_TRUE(book->take(sampleOrder(Beta))) << "a reader is not in the way";
    EXPECT_EQ((*reader)->orders().value().size(), 2U);
}

TEST_F(Book, ItsFilesAreTheOwnersAlone)
{
    using std::filesystem::perms;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
        EXPECT_EQ(entry.status().permissions() & (perms::group_all | perms::others_all), perms::none) << entry.path();
}

TEST_F(Book, AFileOfSomebodyElseIsLeftAsItIs)
{
    book.reset();
    std::filesystem::remove(directory.path() / "orders.sqlite");
    directory.write("orders.sqlite", std::string(5000, 'x'));
    const auto opened = OrderBook::open(directory.path());
    ASSERT_FALSE(opened);
    std::ifstream file(directory.path() / "orders.sqlite");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), std::string(5000, 'x'));
}

TEST_F(Book, ReadingNeedsABook)
{
    const support::TemporaryDirectory empty;
    const auto read = OrderBook::read(empty.path());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, base::Errc::NotFound);
    EXPECT_TRUE(std::filesystem::is_empty(empty.path())) << "and leaves none behind";
}

TEST_F(Book, AListingIsOneObjectALine)
{
    ASSERT_TRUE(book->take(sampleOrder()));
    ASSERT_TRUE(book->take(sampleOrder(Beta)));
    ASSERT_TRUE(book->decide(Acme, C1,
        OrderTruth{.state = OrderState::Filled,
            .cumQty = decimal("5000000"),
            .avgPx = price("1.15340"),
            .code = {},
            .text = {}},
        {sampleReport("E1")}));
    std::ostringstream out;
    ASSERT_TRUE(listOrders(*book, out));
    EXPECT_EQ(out.str(),
        R"({"clOrdId":"C1","session":"ACME","orderId":"O1","dealer":"AURORA","quote":"AURORA-1","symbol":"EUR/USD",)"
        R"("side":"sell","quantity":"5000000.00","currency":"EUR","state":"filled","cumQty":"5000000",)"
        R"("price":"1.15340","code":"","text":"","doubt":"","execIds":["E1"]})"
        "\n"
        R"({"clOrdId":"C1","session":"BETA","orderId":"O1","dealer":"AURORA","quote":"AURORA-1","symbol":"EUR/USD",)"
        R"("side":"sell","quantity":"5000000.00","currency":"EUR","state":"taken","cumQty":"0","price":"","code":"",)"
        R"("text":"","doubt":"","execIds":[]})"
        "\n");
}

}
}
