#include "core/place/country_file.h"

#include <algorithm>
#include <maxminddb.h>
#include <string_view>
#include <utility>

namespace place {

using base::Errc;
using base::Error;

struct CountryFile::Handle {
    MMDB_s database{};
    bool opened = false;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle()
    {
        if (opened)
            MMDB_close(&database);
    }
};

CountryFile::CountryFile(std::unique_ptr<Handle> handle)
    : m_handle(std::move(handle))
{
}

CountryFile::~CountryFile() = default;
CountryFile::CountryFile(CountryFile&&) noexcept = default;
CountryFile& CountryFile::operator=(CountryFile&&) noexcept = default;

base::Result<CountryFile> CountryFile::open(const std::filesystem::path& file)
{
    // The library would map a directory, or wait for a pipe.
    std::error_code problem;
    if (std::filesystem::status(file, problem).type() != std::filesystem::file_type::regular)
        return Error{Errc::Io,
            "cannot read " + file.string() + ": " + (problem ? problem.message() : "it is not a regular file")};
    auto handle = std::make_unique<Handle>();
    const int status = MMDB_open(file.c_str(), MMDB_MODE_MMAP, &handle->database);
    handle->opened = status == MMDB_SUCCESS;
    if (status == MMDB_FILE_OPEN_ERROR || status == MMDB_IO_ERROR)
        return Error{Errc::Io, "cannot read " + file.string() + ": " + MMDB_strerror(status)};
    if (status != MMDB_SUCCESS)
        return Error{Errc::Configuration,
            file.string() + ": expected a MaxMind DB file (*.mmdb), found something else: " + MMDB_strerror(status)};
    return CountryFile(std::move(handle));
}

std::optional<std::string> CountryFile::countryOf(const zerotrust::IpAddress& address) const
{
    const std::string text = address.text();
    int addressProblem = 0;
    int problem = MMDB_SUCCESS;
    MMDB_lookup_result_s found = MMDB_lookup_string(&m_handle->database, text.c_str(), &addressProblem, &problem);
    if (addressProblem != 0 || problem != MMDB_SUCCESS || !found.found_entry)
        return std::nullopt;
    MMDB_entry_data_s data{};
    const int status = MMDB_get_value(&found.entry, &data, "country", "iso_code", nullptr);
    if (status != MMDB_SUCCESS || !data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING || data.data_size != 2)
        return std::nullopt;
    const std::string_view code(data.utf8_string, data.data_size);
    if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        return std::nullopt;
    return std::string(code);
}

std::string CountryFile::type() const
{
    const char* type = m_handle->database.metadata.database_type;
    return type ? type : "";
}

base::UtcTime CountryFile::built() const
{
    // What lies behind the year 9999 is no time of building.
    constexpr std::uint64_t Last = 253'402'300'799;
    const std::uint64_t epoch = std::min<std::uint64_t>(m_handle->database.metadata.build_epoch, Last);
    return base::UtcTime(std::chrono::seconds(static_cast<std::int64_t>(epoch)));
}

}
