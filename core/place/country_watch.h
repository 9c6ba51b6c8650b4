#pragma once

#include "core/place/country_file.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace place {

/// Addresses move: makers of such files publish a new one each week or month.
inline constexpr std::chrono::days OldAfter{90};

/// A file of countries that is replaced while a program runs. The last good one stays in force where the new one is
/// damaged or gone. One thread.
class CountryWatch {
public:
    enum class News {
        Adopted, ///< another file is in force
        Refused, ///< the file that is there now cannot be used; told once for each
        Old, ///< the one in force was built long ago; told once for each
    };
    struct Report {
        News news = News::Adopted;
        std::string detail; ///< in English, with the file
    };

    /// `clock` outlives it. Errors: those of CountryFile::open().
    [[nodiscard]] static base::Result<CountryWatch> open(const std::filesystem::path& file, const base::Clock& clock);

    /// Whichever is in force; until the next call of look().
    [[nodiscard]] const CountryFile& current() const { return *m_current; }
    /// Looks whether the file is another one, and whether the one in force has become old, every ten seconds at most.
    /// To be called until it says nothing any more. Reads the file's head.
    [[nodiscard]] std::optional<Report> look();
    [[nodiscard]] base::SteadyTime nextDue() const { return m_due; }

private:
    struct Stamp {
        std::filesystem::file_time_type written{};
        std::uintmax_t size = 0;

        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    CountryWatch(std::filesystem::path file, const Stamp& stamp, CountryFile current, const base::Clock& clock);
    [[nodiscard]] static Stamp stampOf(const std::filesystem::path& file);
    [[nodiscard]] std::string inWords() const;

    std::filesystem::path m_file;
    const base::Clock* m_clock;
    Stamp m_stamp; ///< of the file that was looked at last, good or bad
    std::unique_ptr<CountryFile> m_current;
    bool m_oldTold = false;
    base::SteadyTime m_due{};
};

}
