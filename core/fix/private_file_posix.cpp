#include "core/fix/private_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace fix {

namespace {

base::Status createDirectories(const std::filesystem::path& directory)
{
    if (directory.empty())
        return base::Ok{};
    std::error_code error;
    if (!std::filesystem::create_directories(directory, error) && !error)
        return base::Ok{};
    if (!error)
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
    if (error)
        return base::Error{base::Errc::Io, "cannot create " + directory.string() + ": " + error.message()};
    return base::Ok{};
}

}

PrivateFile::~PrivateFile()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

PrivateFile::PrivateFile(PrivateFile&& other) noexcept
    : m_handle(std::exchange(other.m_handle, -1))
    , m_size(other.m_size)
    , m_path(std::move(other.m_path))
{
}

PrivateFile& PrivateFile::operator=(PrivateFile&& other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_size, other.m_size);
    std::swap(m_path, other.m_path);
    return *this;
}

base::Result<PrivateFile> PrivateFile::open(const std::filesystem::path& path)
{
    if (const base::Status made = createDirectories(path.parent_path()); !made)
        return made.error();
    PrivateFile file;
    file.m_path = path.string();
    file.m_handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file.m_handle < 0)
        return file.failure("open");
    struct stat facts { };
    if (::fstat(file.m_handle, &facts) != 0)
        return file.failure("read the size of");
    file.m_size = static_cast<std::uint64_t>(facts.st_size);
    return file;
}

base::Status PrivateFile::append(std::string_view bytes)
{
    return writeAt(m_size, bytes);
}

base::Status PrivateFile::writeAt(std::uint64_t offset, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(m_handle, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failure("write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
        m_size = std::max(m_size, offset);
    }
    return base::Ok{};
}

base::Result<std::string> PrivateFile::readAt(std::uint64_t offset, std::size_t most) const
{
    std::string bytes(most, '\0');
    std::size_t got = 0;
    while (got < most) {
        const ssize_t count = ::pread(m_handle, bytes.data() + got, most - got, static_cast<off_t>(offset + got));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure("read");
        if (count == 0)
            break;
        got += static_cast<std::size_t>(count);
    }
    bytes.resize(got);
    return bytes;
}

base::Status PrivateFile::truncate(std::uint64_t size)
{
    if (::ftruncate(m_handle, static_cast<off_t>(size)) != 0)
        return failure("truncate");
    m_size = size;
    return base::Ok{};
}

base::Error PrivateFile::failure(const char* what) const
{
    return {base::Errc::Io, std::string("cannot ") + what + " " + m_path + ": " + std::strerror(errno)};
}

}
