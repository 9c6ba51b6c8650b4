#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace fix {

/// A file that only its owner may read (mode 0600), for the session store and the message log. Written bytes survive
/// the end of the process at once, a power failure only as far as the system flushed them. One owner at a time: what
/// others append is not seen.
class PrivateFile {
public:
    PrivateFile() = default;
    ~PrivateFile();
    PrivateFile(PrivateFile&& other) noexcept;
    PrivateFile& operator=(PrivateFile&& other) noexcept;

    /// Opens or creates; missing directories are created for the owner alone. Errors: Io, naming the path.
    [[nodiscard]] static base::Result<PrivateFile> open(const std::filesystem::path& path);

    [[nodiscard]] bool isOpen() const { return m_handle >= 0; }
    [[nodiscard]] base::Status append(std::string_view bytes);
    [[nodiscard]] base::Status writeAt(std::uint64_t offset, std::string_view bytes);
    [[nodiscard]] base::Result<std::string> readAt(std::uint64_t offset, std::size_t most) const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] base::Status truncate(std::uint64_t size);

private:
    [[nodiscard]] base::Error failure(const char* what) const;

    int m_handle = -1;
    std::uint64_t m_size = 0;
    std::string m_path;
};

}
