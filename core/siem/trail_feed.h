#pragma once

#include "core/audit/position.h"
#include "core/audit/reader.h"
#include "core/siem/entry.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace siem {

/// The trail as frames for a collector, from any record on. The trail itself is the spool: what is not sent yet is
/// there, on the disk, and here is never more than one batch. One thread.
class TrailFeed {
public:
    TrailFeed(std::filesystem::path trail, Origin origin, Format format);

    struct Frame {
        std::uint64_t number = 0;
        std::string bytes;
    };
    /// The next frame is that of the record behind `position`. Errors: those of TrailReader::open(); Stale, where the
    /// position is one of another trail: then the next frame is that of the first record.
    [[nodiscard]] base::Status startBehind(const audit::Position& position);
    /// At most `most`; none where everything was read. Errors: Io.
    [[nodiscard]] base::Result<std::vector<Frame>> next(std::size_t most);
    /// The position of this record. Errors: Io, NotFound.
    [[nodiscard]] base::Result<audit::Position> positionOf(std::uint64_t number);

private:
    const std::filesystem::path m_trail;
    const Origin m_origin;
    const Format m_format;
    std::unique_ptr<audit::TrailReader> m_reader;
    std::uint64_t m_read = 0;
    base::UtcTime m_lastTime{}; ///< of the last record that could be read
};

}
