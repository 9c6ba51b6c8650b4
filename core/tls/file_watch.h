#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

namespace tls {

/// Tells whether a file has changed since it was looked at last. One thread.
class FileWatch {
public:
    explicit FileWatch(std::string file)
        : m_file(std::move(file))
    {
    }

    /// True the first time, and whenever size or time of change is another one than at the last call.
    [[nodiscard]] bool hasChanged()
    {
        std::error_code missing;
        const Stamp stamp{
            std::filesystem::last_write_time(m_file, missing), std::filesystem::file_size(m_file, missing)};
        const bool changed = !m_wasSeen || stamp.time != m_stamp.time || stamp.size != m_stamp.size;
        m_wasSeen = true;
        m_stamp = stamp;
        return changed;
    }
    /// What was seen could not be used: the next call says true again. A file that is being written may keep size and
    /// time while its content still changes.
    void forget() { m_wasSeen = false; }
    [[nodiscard]] const std::string& file() const { return m_file; }

private:
    struct Stamp {
        std::filesystem::file_time_type time;
        std::uintmax_t size = 0;
    };
    std::string m_file;
    Stamp m_stamp;
    bool m_wasSeen = false;
};

}
