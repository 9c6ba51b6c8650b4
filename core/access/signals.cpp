#include "core/access/signals.h"

#include <utility>

namespace zerotrust {

namespace {

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

}

const char* roleName(UserRole role)
{
    switch (role) {
    case UserRole::Standard:
        return "standard";
    case UserRole::Privileged:
        return "privileged";
    }
    return "";
}

WeekTime weekTimeOf(base::UtcTime at, std::chrono::minutes fromUtc)
{
    const auto local = at + fromUtc;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {.day = std::chrono::weekday(day), .sinceMidnight = std::chrono::floor<std::chrono::minutes>(local - day)};
}

Signal userRole(UserRole role, Source source, std::string evidence)
{
    return {attribute::User, roleName(role), source, std::move(evidence)};
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

}
