#include "core/access/signals.h"

#include "core/base/overloaded.h"

#include <array>
#include <cstdio>
#include <utility>

namespace zerotrust {

namespace {

const char* roleWord(UserRole role)
{
    switch (role) {
    case UserRole::Standard:
        return "standard";
    case UserRole::Privileged:
        return "privileged";
    }
    return "";
}

const char* authenticationWord(Authentication how)
{
    switch (how) {
    case Authentication::Password:
        return "password";
    case Authentication::SoftwareToken:
        return "software-token";
    case Authentication::HardwareToken:
        return "hardware-token";
    }
    return "";
}

const char* deviceWord(DeviceHealth health)
{
    switch (health) {
    case DeviceHealth::ManagedCompliant:
        return "managed";
    case DeviceHealth::Unmanaged:
        return "unmanaged";
    }
    return "";
}

const char* networkWord(NetworkKind kind)
{
    switch (kind) {
    case NetworkKind::Known:
        return "known";
    case NetworkKind::Unknown:
        return "unknown";
    }
    return "";
}

const char* countryWord(CountryKind kind)
{
    switch (kind) {
    case CountryKind::Expected:
        return "expected";
    case CountryKind::Anomalous:
        return "anomalous";
    case CountryKind::Unknown:
        return "unknown";
    }
    return "";
}

std::string weekTimeText(const WeekTime& time)
{
    static constexpr std::array<const char*, 8> Days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "?"};
    const auto day = time.day.ok() ? time.day.c_encoding() : 7U;
    const auto minutes = static_cast<int>(time.sinceMidnight.count());
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%s %02d:%02d", Days[day], minutes / 60, minutes % 60);
    return text.data();
}

}

WeekTime weekTimeOf(base::UtcTime at, std::chrono::minutes fromUtc)
{
    const auto local = at + fromUtc;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {.day = std::chrono::weekday(day), .sinceMidnight = std::chrono::floor<std::chrono::minutes>(local - day)};
}

std::string valueText(const SignalValue& value)
{
    return std::visit(base::Overloaded{
                          [](const std::string& word) { return word; },
                          [](const Measure& measure) {
                              return measure.number.text() + (measure.unit.empty() ? "" : " " + measure.unit);
                          },
                          [](const IpAddress& address) { return address.text(); },
                          [](const WeekTime& time) { return weekTimeText(time); },
                      },
        value);
}

Signal userRole(UserRole role, Source source, std::string evidence)
{
    return {attribute::User, roleWord(role), source, std::move(evidence)};
}

Signal authenticationBy(Authentication how, Source source, std::string evidence)
{
    return {attribute::Authentication, authenticationWord(how), source, std::move(evidence)};
}

Signal deviceHealth(DeviceHealth health, Source source, std::string evidence)
{
    return {attribute::Device, deviceWord(health), source, std::move(evidence)};
}

Signal networkKind(NetworkKind kind, Source source, std::string evidence)
{
    return {attribute::Network, networkWord(kind), source, std::move(evidence)};
}

Signal networkAddress(const IpAddress& address, Source source, std::string evidence)
{
    return {attribute::Network, address, source, std::move(evidence)};
}

Signal countryKind(CountryKind kind, Source source, std::string evidence)
{
    return {attribute::Country, countryWord(kind), source, std::move(evidence)};
}

Signal countryCode(std::string code, Source source, std::string evidence)
{
    return {attribute::Country, std::move(code), source, std::move(evidence)};
}

Signal verificationAge(std::chrono::seconds age, Source source, std::string evidence)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(age);
    return {attribute::VerificationAge, Measure{base::Decimal(minutes.count(), 0), {}}, source, std::move(evidence)};
}

Signal timeOfWeek(const WeekTime& time, Source source, std::string evidence)
{
    return {attribute::Time, time, source, std::move(evidence)};
}

Signal transactionSize(const base::Decimal& quantity, std::string currency, Source source, std::string evidence)
{
    return {attribute::TransactionSize, Measure{quantity, std::move(currency)}, source, std::move(evidence)};
}

Signal yesOrNo(std::string attribute, bool yes, Source source, std::string evidence)
{
    return {std::move(attribute), std::string(yes ? "yes" : "no"), source, std::move(evidence)};
}

const char* sourceName(Source source)
{
    switch (source) {
    case Source::Seen:
        return "seen";
    case Source::Proven:
        return "proven";
    case Source::Reported:
        return "reported";
    }
    return "";
}

}
