#pragma once

#include "core/access/ip_address.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace place_test {

using namespace std::chrono_literals;

inline zerotrust::IpAddress address(std::string_view text)
{
    return zerotrust::IpAddress::parse(text).value_or({});
}

/// A file that is gone when the test ends.
class CountryOnDisk {
public:
    explicit CountryOnDisk(const std::string& bytes)
        : m_directory(std::filesystem::path(testing::TempDir())
            / (std::string("place_") + testing::UnitTest::GetInstance()->current_test_info()->test_suite_name() + "_"
                + testing::UnitTest::GetInstance()->current_test_info()->name()))
    {
        std::filesystem::create_directories(m_directory);
        std::ofstream(path(), std::ios::binary) << bytes;
    }
    ~CountryOnDisk() { std::filesystem::remove_all(m_directory); }
    CountryOnDisk(const CountryOnDisk&) = delete;
    CountryOnDisk& operator=(const CountryOnDisk&) = delete;

    [[nodiscard]] std::filesystem::path path() const { return m_directory / "country.mmdb"; }

private:
    std::filesystem::path m_directory;
};

}
