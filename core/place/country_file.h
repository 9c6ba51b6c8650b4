#pragma once

#include "core/access/ip_address.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace place {

/// A file in the MaxMind DB format 2.0 that says in which country an address is: GeoLite2 Country, DB-IP Lite, or one
/// of the firm's. It is mapped into memory: an update replaces it by rename, never in place. Any thread.
class CountryFile {
public:
    /// Errors: Io, where it cannot be read; Configuration, where it is no such file or says nothing about countries.
    [[nodiscard]] static base::Result<CountryFile> open(const std::filesystem::path& file);
    ~CountryFile();
    CountryFile(CountryFile&&) noexcept;
    CountryFile& operator=(CountryFile&&) noexcept;

    /// Code of ISO 3166-1, two capital letters; absent where the file does not know, or is damaged there.
    [[nodiscard]] std::optional<std::string> countryOf(const zerotrust::IpAddress& address) const;
    /// "GeoLite2-Country", as the file says.
    [[nodiscard]] std::string type() const;
    /// When its maker built it: addresses move, and an old file is wrong more often.
    [[nodiscard]] base::UtcTime built() const;

private:
    struct Handle;
    explicit CountryFile(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> m_handle;
};

}
