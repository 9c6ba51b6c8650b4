#include "auth/device/private_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>

namespace device {

using base::Errc;
using base::Error;

base::Status checkPrivateFile(const std::filesystem::path& file)
{
    using std::filesystem::perms;
    std::error_code problem;
    const auto status = std::filesystem::status(file, problem);
    if (!std::filesystem::is_regular_file(status))
        return Error{Errc::Configuration, file.string() + ": there is no such file, or it cannot be looked at"};
    if ((status.permissions() & (perms::group_all | perms::others_all)) != perms::none)
        return Error{Errc::Configuration,
            file.string() + ": others than its owner can read or change it (chmod 600 makes it private)"};
    return base::Ok{};
}

base::Result<base::SecretBytes> readPinFile(const std::filesystem::path& file)
{
    if (const base::Status isOwners = checkPrivateFile(file); !isOwners)
        return isOwners.error();
    constexpr std::size_t Longest = 128;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> input(std::fopen(file.c_str(), "rb"), std::fclose);
    if (!input)
        return Error{Errc::Configuration, file.string() + ": it cannot be read"};
    std::setvbuf(input.get(), nullptr, _IONBF, 0); // a buffer of the library would keep the PIN
    std::array<char, Longest + 2> line{};
    const std::size_t size = std::fread(line.data(), 1, line.size(), input.get());
    const std::size_t end = std::min(std::string_view(line.data(), size).find_first_of("\r\n"), size);
    base::SecretBytes pin;
    const bool isTaken = end <= Longest && pin.append(std::span<const char>(line.data(), end));
    base::wipe(line.data(), line.size());
    if (!isTaken)
        return Error{Errc::Configuration, file.string() + ": a PIN of at most 128 bytes is expected in its first line"};
    return pin;
}

}
