#pragma once

#include "core/audit/trail.h"
#include "core/audit/trail_rows.h"
#include "core/audit/verify.h"
#include "core/store/sqlite_database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace audit_test {

using namespace std::chrono_literals;
using audit::AuditRecord;
using audit::Fault;
using audit::Field;
using audit::Kind;
using base::Errc;

/// The thread that appends, in the test's hands.
class TestThread final : public base::Executor {
public:
    void post(std::function<void()> work) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_queue.push_back(std::move(work));
        }
        m_wake.notify_one();
    }
    /// Runs what comes until `done`; false when nothing came for too long.
    bool runUntil(const std::function<bool()>& done)
    {
        while (!done()) {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait_for(lock, 20s, [this] { return !m_queue.empty(); }))
                return false;
            auto work = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            work();
        }
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
};

inline AuditRecord opened(const std::string& user, const std::string& session = "ACME")
{
    AuditRecord record;
    record.kind = Kind::SessionOpened;
    record.user = user;
    record.session = session;
    record.fields = {{Field::Address, "10.1.2.3"}, {Field::Tls, "TLSv1.3"}};
    return record;
}

inline std::string contentOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

class TrailTest : public testing::Test {
protected:
    TrailTest()
    {
        const auto identity = authority.issue({});
        keyFile = directory.write("audit.key", support::pemOf(*identity.key));
        certificateFile = directory.write("audit.pem", support::pemOf(*identity.certificate));
    }

    audit::TrailSettings settings() const
    {
        audit::TrailSettings made;
        made.file = file;
        made.version = "1.2.3";
        if (isSigned) {
            auto signer = audit::openKeyFile(keyFile);
            EXPECT_TRUE(signer) << signer.error().detail;
            made.signer = *std::move(signer);
            made.headEvery = headEvery;
        }
        made.anchor = anchor;
        return made;
    }
    base::Status tryOpen()
    {
        auto opening = audit::AuditTrail::open(settings(), thread, clock,
            [this](audit::AuditTrail::Trouble, const base::Error& error) { troubles.push_back(error); });
        if (!opening)
            return opening.error();
        trail = *std::move(opening);
        return base::Ok{};
    }
    void open()
    {
        const base::Status opening = tryOpen();
        ASSERT_TRUE(opening) << opening.error().detail;
    }
    base::Status append(AuditRecord record)
    {
        std::optional<base::Status> outcome;
        trail->append(std::move(record), [&](const base::Status& status) { outcome = status; });
        EXPECT_TRUE(thread.runUntil([&] { return outcome.has_value(); }));
        return outcome.value_or(base::Status(base::Error{Errc::Timeout, "never told"}));
    }
    /// A trail of `count` records, the first of which starts it, closed again.
    void makeTrail(int count)
    {
        open();
        for (int i = 2; i <= count; ++i)
            ASSERT_TRUE(append(opened("user" + std::to_string(i))));
        trail.reset();
    }
    /// As someone would who has the file and SQLite, knows about the triggers, and puts them back.
    void tamper(const std::string& sql) const
    {
        auto database = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
        ASSERT_TRUE(database);
        const std::string triggers = "DROP TRIGGER record_in_order; DROP TRIGGER record_not_updated; "
                                     "DROP TRIGGER record_not_deleted; DROP TRIGGER head_in_order; "
                                     "DROP TRIGGER head_not_updated; DROP TRIGGER head_not_deleted;";
        const std::string schema = audit::trailSchema();
        const base::Status done = (*database)->execute(triggers + sql + schema.substr(schema.find("CREATE TRIGGER")));
        ASSERT_TRUE(done) << done.error().detail;
    }
    audit::HeadKeys keys() const
    {
        auto read = audit::HeadKeys::open({certificateFile});
        EXPECT_TRUE(read);
        return *std::move(read);
    }
    audit::Verdict verify(const audit::HeadKeys& with) const
    {
        auto verdict = audit::verifyTrail(file, with, anchor);
        EXPECT_TRUE(verdict) << verdict.error().detail;
        return verdict.value_or({});
    }
    audit::Verdict verify() const { return verify(keys()); }
    std::optional<Fault> fault() const
    {
        const auto finding = verify().finding;
        return finding ? std::optional(finding->fault) : std::nullopt;
    }

    support::TemporaryDirectory directory;
    support::TestCa authority;
    std::filesystem::path keyFile;
    std::filesystem::path certificateFile;
    std::filesystem::path file = directory.path() / "audit.db";
    std::optional<std::filesystem::path> anchor;
    bool isSigned = true;
    std::uint64_t headEvery = 1;
    support::FakeClock clock;
    TestThread thread;
    std::vector<base::Error> troubles;
    std::unique_ptr<audit::AuditTrail> trail;
};

}
