#include "core/store/text_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <ios>

namespace store {

namespace {

base::Error unreadable(const std::filesystem::path& file, const std::string& why)
{
    return {base::Errc::Io, "cannot read " + file.string() + ": " + why};
}

std::string sizeText(std::size_t bytes)
{
    constexpr std::size_t Mebibyte = 1U << 20U;
    return bytes % Mebibyte == 0 ? std::to_string(bytes / Mebibyte) + " MiB" : std::to_string(bytes) + " bytes";
}

}

base::Result<std::string> readTextFile(const std::filesystem::path& file, std::size_t most)
{
    std::error_code failure;
    const auto type = std::filesystem::status(file, failure).type();
    if (type != std::filesystem::file_type::regular)
        return unreadable(file, failure ? failure.message() : "it is not a regular file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return unreadable(file, std::strerror(errno));
    std::string text(most + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad())
        return unreadable(file, "reading failed");
    if (text.size() > most)
        return unreadable(file, "it is larger than " + sizeText(most));
    return text;
}

}
