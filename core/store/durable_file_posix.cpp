#include "core/store/durable_file.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace store {

namespace {

using base::Errc;
using base::Error;
using std::filesystem::path;

Error failure(const char* what, const path& file, int code)
{
    return {
        Errc::Io, std::string("cannot ") + what + " " + file.string() + ": " + std::generic_category().message(code)};
}

}

base::Status createPrivateFile(const path& file)
{
    const int handle = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (handle < 0 && errno == EEXIST)
        return Error{Errc::Duplicate, file.string() + " exists already"};
    if (handle < 0)
        return failure("create", file, errno);
    ::close(handle);
    return base::Ok{};
}

base::Status syncFile(const path& file)
{
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return failure("open", file, errno);
    const int code = ::fsync(handle) == 0 ? 0 : errno;
    ::close(handle);
    return code == 0 ? base::Status(base::Ok{}) : failure("sync", file, code);
}

base::Status renameDurably(const path& from, const path& to)
{
    std::error_code problem;
    std::filesystem::rename(from, to, problem);
    if (problem)
        return failure("create", to, problem.value());
    const path directory = to.parent_path();
    return syncFile(directory.empty() ? path(".") : directory);
}

}
