#include "core/access/vocabulary.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <array>

namespace zerotrust {

namespace {

enum class Sort { Words, Number, Amount, Address, Country, Time };

struct Attribute {
    std::string_view name;
    Sort sort = Sort::Words;
    std::string_view words = "yes no"; ///< beside what the sort allows
};

constexpr std::array Attributes{Attribute{attribute::User, Sort::Words, "standard privileged"},
    Attribute{attribute::Authentication, Sort::Words, "password software-token hardware-token"},
    Attribute{attribute::Device, Sort::Words, "managed unmanaged"}, Attribute{"tpm-quote"},
    Attribute{"device-certificate"}, Attribute{"device-key", Sort::Words, "hardware token file"},
    Attribute{attribute::Network, Sort::Address, "known unknown"},
    Attribute{attribute::Country, Sort::Country, "expected anomalous unknown"},
    Attribute{attribute::VerificationAge, Sort::Number, ""}, Attribute{attribute::Time, Sort::Time, ""},
    Attribute{attribute::TransactionSize, Sort::Amount, ""}, Attribute{attribute::ImpossibleTravel},
    Attribute{"address-changed"}, Attribute{"many-refusals"}, Attribute{"endpoint-changed"}, Attribute{"pins-changed"},
    Attribute{attribute::TokenRemoved}, Attribute{"disk-encryption"}, Attribute{"secure-boot"},
    Attribute{"patch-age", Sort::Number, ""}, Attribute{"firewall"}, Attribute{"screen-lock"},
    Attribute{"screen-lock-after", Sort::Number, ""}};

/// ISO 3166-1, and XK, which the files of countries have for Kosovo.
constexpr std::string_view Countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

const Attribute* find(std::string_view name)
{
    const auto* found =
        std::find_if(Attributes.begin(), Attributes.end(), [&](const Attribute& each) { return each.name == name; });
    return found == Attributes.end() ? nullptr : found;
}

/// Of words with one blank between them.
bool holds(std::string_view words, std::string_view word)
{
    while (!words.empty()) {
        const auto blank = std::min(words.find(' '), words.size());
        if (words.substr(0, blank) == word)
            return true;
        words.remove_prefix(std::min(blank + 1, words.size()));
    }
    return false;
}

std::string valuesOf(const Attribute& attribute)
{
    std::string text;
    for (const char c : attribute.words)
        text += c == ' ' ? std::string(", ") : std::string(1, c);
    const std::string other = text.empty() ? "" : ", or " + text;
    switch (attribute.sort) {
    case Sort::Words:
        return text;
    case Sort::Number:
        return "a number";
    case Sort::Amount:
        return "an amount in a currency";
    case Sort::Address:
        return "an address" + other;
    case Sort::Country:
        return "a code of ISO 3166-1" + other;
    case Sort::Time:
        return "a day and a time";
    }
    return text;
}

std::string isNot(const Attribute& attribute, const std::string& what)
{
    return what + " is no value of it: " + valuesOf(attribute);
}

std::string wordDoubt(const Attribute& attribute, const std::string& word)
{
    if (holds(attribute.words, word))
        return {};
    const bool isCode =
        word.size() == 2 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return attribute.sort == Sort::Country && isCode ? countryDoubt(word) : isNot(attribute, "'" + word + "'");
}

std::string rangeDoubt(const Attribute& attribute, const RangeTest& range)
{
    if (attribute.sort == Sort::Amount)
        return range.units.empty() ? "an amount without 'currencies' never fits" : "";
    if (attribute.sort != Sort::Number)
        return isNot(attribute, "a number");
    return range.units.empty() ? "" : "it has no currency, and 'currencies' never fits";
}

}

bool isOurAttribute(std::string_view attribute)
{
    return find(attribute) != nullptr;
}

std::string countryDoubt(std::string_view code)
{
    if (holds(Countries, code))
        return {};
    const std::string meant = code == "UK" ? ": the United Kingdom is GB" : code == "EL" ? ": Greece is GR" : "";
    return "'" + std::string(code) + "' is no country's code (ISO 3166-1), and no file of countries says it" + meant;
}

std::string valueDoubt(std::string_view name, const SignalValue& value)
{
    const Attribute* attribute = find(name);
    if (!attribute)
        return {};
    const auto fits = [&](Sort sort) {
        return attribute->sort == sort ? std::string() : isNot(*attribute, "'" + valueText(value) + "'");
    };
    return std::visit(
        base::Overloaded{
            [&](const std::string& word) { return wordDoubt(*attribute, word); },
            [&](const Measure& measure) { return fits(measure.unit.empty() ? Sort::Number : Sort::Amount); },
            [&](const IpAddress&) { return fits(Sort::Address); },
            [&](const WeekTime&) { return fits(Sort::Time); },
        },
        value);
}

std::string testDoubt(std::string_view name, const ConditionTest& test)
{
    const Attribute* attribute = find(name);
    if (!attribute)
        return {};
    return std::visit(base::Overloaded{
                          [&](const WordTest& words) {
                              std::string doubt;
                              for (const std::string& word : words.words)
                                  if (doubt.empty())
                                      doubt = wordDoubt(*attribute, word);
                              return doubt;
                          },
                          [&](const RangeTest& range) { return rangeDoubt(*attribute, range); },
                          [&](const WindowTest&) {
                              return attribute->sort == Sort::Time ? std::string() : isNot(*attribute, "a time");
                          },
                          [&](const NetworkTest&) {
                              return attribute->sort == Sort::Address ? std::string() : isNot(*attribute, "a network");
                          },
                          [](const Otherwise&) { return std::string(); },
                      },
        test);
}

}
