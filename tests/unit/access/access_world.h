#pragma once

#include "core/access/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace access_test {

using namespace zerotrust;

inline Condition words(std::string name, int score, std::vector<std::string> all)
{
    return {std::move(name), score, {WordTest{std::move(all)}}};
}

inline Condition wordsOrElse(std::string name, int score, std::vector<std::string> all)
{
    return {std::move(name), score, {WordTest{std::move(all)}, Otherwise{}}};
}

inline Network network(std::string_view text)
{
    return Network::parse(text).value_or({});
}

inline IpAddress address(std::string_view text)
{
    return IpAddress::parse(text).value_or({});
}

inline base::Decimal number(std::string_view text)
{
    return base::Decimal::parse(text).value_or({});
}

/// The table of the design documents, with one network and one country that are known.
inline AccessPolicy designTable()
{
    AccessPolicy policy{.id = "table", .version = 1, .thresholds = {}, .attributes = {}};
    policy.attributes.push_back({.attribute = "user",
        .unknown = "privileged user",
        .conditions = {words("standard user", 0, {"standard"}), words("privileged user", 10, {"privileged"})}});
    policy.attributes.push_back({.attribute = "authentication",
        .unknown = "password only",
        .conditions = {words("password only", 30, {"password"}), words("MFA, software token", 5, {"software-token"}),
            words("MFA, hardware token", 0, {"hardware-token"})}});
    policy.attributes.push_back({.attribute = "device",
        .unknown = "unmanaged",
        .conditions = {words("managed, compliant", 0, {"managed"}), words("unmanaged", 25, {"unmanaged"})}});
    Condition corporate = words("known corporate network", 0, {"known"});
    corporate.tests.emplace_back(NetworkTest{{network("192.0.2.0/24"), network("2001:db8::/32")}});
    policy.attributes.push_back({.attribute = "network",
        .unknown = "unknown / dynamic IP",
        .conditions = {corporate, wordsOrElse("unknown / dynamic IP", 15, {"unknown"})}});
    policy.attributes.push_back({.attribute = "country",
        .unknown = "anomalous country",
        .conditions = {
            words("expected country", 0, {"expected", "DE"}), wordsOrElse("anomalous country", 40, {"anomalous"})}});
    return policy;
}

/// A context in which everything is well: it scores 0.
inline Signals atTheDesk()
{
    return {.occasion = Occasion::Session,
        .all = {userRole(UserRole::Standard, Source::Proven, "directory: standard"),
            authenticationBy(Authentication::HardwareToken, Source::Proven, "key attested on a PIV card"),
            deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, "certificate of the device authority"),
            networkAddress(address("192.0.2.7"), Source::Seen, "192.0.2.7"),
            countryKind(CountryKind::Expected, Source::Seen, "DE")}};
}

/// The same with the signal's attribute replaced.
inline Signals with(Signals signals, const Signal& signal)
{
    std::erase_if(signals.all, [&](const Signal& each) { return each.attribute == signal.attribute; });
    signals.all.push_back(signal);
    return signals;
}

inline Signals without(Signals signals, const std::string& attribute)
{
    std::erase_if(signals.all, [&](const Signal& each) { return each.attribute == attribute; });
    return signals;
}

}
