#pragma once

#include "core/audit/reader.h"
#include "core/audit/record_text.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

namespace audit_test {

inline std::vector<audit::AuditRecord> recordsIn(const std::filesystem::path& file)
{
    const auto reader = audit::TrailReader::open(file);
    EXPECT_TRUE(reader);
    std::vector<audit::AuditRecord> records;
    const auto rows = (*reader)->records(0, 10'000);
    for (const audit::StoredRecord& stored : *rows)
        records.push_back(audit::parseRecord(stored.text)->record);
    return records;
}

}
