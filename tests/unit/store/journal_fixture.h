#pragma once

#include "core/base/executor.h"
#include "core/store/sqlite_journal.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace store_test {

/// The desk's thread: work waits until the test runs it.
class TestThread final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
        m_wake.notify_one();
    }

    /// Runs work until the condition holds; false after ten seconds without it.
    bool runUntil(const std::function<bool()>& condition)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        std::unique_lock lock(m_mutex);
        while (!condition()) {
            if (!m_wake.wait_until(lock, deadline, [&] { return !m_queue.empty(); }))
                return false;
            const std::function<void()> work = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work();
            lock.lock();
        }
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
};

inline rfq::Instrument euroDollar()
{
    return {.symbol = "EUR/USD", .pipDecimals = 4, .priceDecimals = 5, .spotDays = 2};
}

inline rfq::Settlement spot()
{
    using namespace std::chrono;
    return {.tenor = rfq::Tenor::Spot, .date = 2026y / November / 26};
}

inline rfq::UtcTime at(int seconds)
{
    using namespace std::chrono;
    return rfq::UtcTime(sys_days(2026y / November / 24) + std::chrono::seconds(seconds) + microseconds(123'456));
}

inline rfq::RequestOpened opened(const std::string& id, int second = 0)
{
    rfq::Request request;
    request.id = rfq::RfqId(id);
    request.instrument = euroDollar();
    request.side = rfq::RequestSide::Buy;
    request.quantity = rfq::Decimal(25'000'000, 0);
    request.currency = "EUR";
    request.settlement = spot();
    request.limit = rfq::Decimal(116'000, 5);
    request.dealers = {rfq::DealerId("DLR-B"), rfq::DealerId("DLR-A")};
    request.life = std::chrono::milliseconds(20'000);
    return {request, at(second)};
}

inline rfq::AcceptanceIntended intended(const std::string& id, const std::string& rfq, int second = 1)
{
    rfq::AcceptanceIntended record;
    record.acceptance.id = rfq::ClOrdId(id);
    record.acceptance.rfq = rfq::RfqId(rfq);
    record.acceptance.quote = rfq::QuoteId("Q-7");
    record.acceptance.dealer = rfq::DealerId("DLR-A");
    record.acceptance.session = rfq::SessionId("VENUE-X");
    record.acceptance.instrument = euroDollar();
    record.acceptance.side = rfq::Side::Buy;
    record.acceptance.quantity = rfq::Decimal(25'000'000, 0);
    record.acceptance.currency = "EUR";
    record.acceptance.price = *rfq::Price::parse("1.15870");
    record.acceptance.settlement = spot();
    record.acceptance.time = at(second);
    record.displayed.offer = record.acceptance.price;
    record.time = at(second);
    record.steady = base::SteadyTime(std::chrono::nanoseconds(987'654'321'012'345));
    record.message = "35=D\x01" + ("11=" + id) + "\x01" + "44=1.15870\x01";
    record.trader = {"Maya Keller", "aa11"};
    return record;
}

inline rfq::AcceptanceMoved moved(const std::string& id, rfq::AcceptanceState state, int second = 2)
{
    return {.clOrdId = rfq::ClOrdId(id), .state = state, .code = "99", .text = "as they said", .time = at(second)};
}

inline rfq::TradeBooked booked(const std::string& clOrdId, const std::string& rfq, const std::string& exec = "E-1")
{
    rfq::Trade trade;
    trade.clOrdId = rfq::ClOrdId(clOrdId);
    trade.rfq = rfq::RfqId(rfq);
    trade.execId = rfq::ExecId(exec);
    trade.orderId = rfq::OrderId("O-1");
    trade.dealer = rfq::DealerId("DLR-A");
    trade.instrument = euroDollar();
    trade.side = rfq::Side::Buy;
    trade.quantity = rfq::Decimal(25'000'000, 0);
    trade.currency = "EUR";
    trade.price = *rfq::Price::parse("1.15870");
    trade.settlement = spot();
    trade.time = at(3);
    trade.discrepancy = "";
    return {trade};
}

inline rfq::EvidenceFound learnt(const std::string& id, rfq::EvidenceKind kind, int second = 5)
{
    return {rfq::ClOrdId(id), {at(second), kind, "their words\x01 as they came"}};
}

inline rfq::Approval approval()
{
    rfq::Approval approval;
    approval.person = {"Noor Haddad", "bb22"};
    approval.time = at(60);
    approval.statement = "Countersign: outcome decided\nreason: called";
    approval.certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    approval.signature = "3045";
    return approval;
}

inline rfq::OutcomeClosed closed(const std::string& id, rfq::Verdict verdict)
{
    rfq::Closing closing;
    closing.clOrdId = rfq::ClOrdId(id);
    closing.verdict = verdict;
    closing.reason = "no answer for an hour";
    closing.reference = "J. Smith, ticket 4711";
    closing.trader = {"Maya Keller", "aa11"};
    closing.approval = approval();
    closing.time = at(61);
    return {closing};
}

inline rfq::Incident incident(const std::string& id, const std::string& rfq = "", const std::string& clOrdId = "")
{
    rfq::Incident incident;
    incident.id = rfq::IncidentId(id);
    incident.kind = rfq::IncidentKind::StrayFill;
    incident.time = at(7);
    incident.rfq = rfq::RfqId(rfq);
    incident.clOrdId = rfq::ClOrdId(clOrdId);
    incident.dealer = rfq::DealerId("DLR-A");
    incident.session = rfq::SessionId("VENUE-X");
    incident.text = "150=F 39=2 for nobody";
    return incident;
}

inline rfq::Incident acknowledged(rfq::Incident incident)
{
    incident.acknowledged = rfq::Incident::Acknowledgement{{"Maya Keller", "aa11"}, "called them", at(8)};
    return incident;
}

inline bool says(const base::Error& error, std::string_view words)
{
    return error.detail.find(words) != std::string::npos;
}

/// Runs SQL on a file that no journal has open.
inline void run(const std::filesystem::path& file, const std::string& sql)
{
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
}

/// A directory of its own, a desk thread, and the journal in it.
class JournalTest : public testing::Test {
protected:
    JournalTest()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "countersign-journal-XXXXXX").string();
        directory = ::mkdtemp(pattern.data());
        file = directory / "journal.db";
    }
    ~JournalTest() override
    {
        journal.reset();
        std::filesystem::remove_all(directory);
    }

    base::Result<std::unique_ptr<store::SqliteJournal>> tryOpen() { return store::SqliteJournal::open(file, thread); }

    void open()
    {
        auto result = tryOpen();
        ASSERT_TRUE(result) << result.error().detail;
        journal = std::move(*result);
    }

    base::Status append(rfq::JournalRecord record)
    {
        std::optional<base::Status> outcome;
        journal->append(std::move(record), [&](base::Status status) { outcome = status; });
        EXPECT_TRUE(thread.runUntil([&] { return outcome.has_value(); }));
        return outcome.value_or(base::Error{base::Errc::Timeout, "no answer"});
    }

    void mustAppend(rfq::JournalRecord record)
    {
        const base::Status status = append(std::move(record));
        ASSERT_TRUE(status) << status.error().detail;
    }

    /// So many records together: make("0"), make("1") ...
    template <typename Make>
    void mustAppendEach(int count, Make make)
    {
        int done = 0;
        for (int i = 0; i < count; ++i)
            journal->append(make(std::to_string(i)), [&done](const base::Status& status) {
                EXPECT_TRUE(status);
                ++done;
            });
        ASSERT_TRUE(thread.runUntil([&] { return done == count; }));
    }
    void mustAppendRequests(int count)
    {
        mustAppendEach(count, [](const std::string& number) { return opened("R" + number); });
    }

    rfq::History load(std::size_t newest = 100)
    {
        auto history = journal->load(newest);
        EXPECT_TRUE(history) << history.error().detail;
        return history ? *history : rfq::History{};
    }

    /// The rows of a query, columns joined by '|', read from the file while no journal has it open.
    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const
    {
        std::vector<std::string> rows;
        sqlite3* handle = nullptr;
        EXPECT_EQ(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
        const auto keep = [](void* into, int count, char** values, char**) {
            std::string row;
            for (int i = 0; i < count; ++i)
                row += std::string(i ? "|" : "") + (values[i] ? values[i] : "NULL");
            static_cast<std::vector<std::string>*>(into)->push_back(row);
            return 0;
        };
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), keep, &rows, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
        sqlite3_close(handle);
        return rows;
    }

    /// Garbage in place of what is there.
    void overwrite(std::streamoff offset, std::size_t length) const
    {
        std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
        stream.seekp(offset);
        stream << std::string(length, '\x5a');
    }

    [[nodiscard]] std::string content() const
    {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    std::filesystem::path directory;
    std::filesystem::path file;
    TestThread thread;
    std::unique_ptr<store::SqliteJournal> journal;
};

}
