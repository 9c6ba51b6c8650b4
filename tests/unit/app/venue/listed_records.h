#pragma once

#include "core/audit/record.h"
#include "core/audit/record_text.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace venue_test {

/// Records as they would be written; the disk answers when the test says so.
class ListedRecords final : public audit::AuditRecorder {
public:
    std::vector<audit::AuditRecord> all;
    std::vector<Done> waiting;

private:
    void write(audit::AuditRecord record, Done done) override
    {
        EXPECT_TRUE(audit::recordText({1, record})) << "a field that the kind does not allow";
        all.push_back(std::move(record));
        if (done)
            waiting.push_back(std::move(done));
    }
};

}
