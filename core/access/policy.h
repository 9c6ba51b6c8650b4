#pragma once

#include "core/access/signals.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace zerotrust {

/// One of these words, letter by letter. A list of country codes is one too.
struct WordTest {
    std::vector<std::string> words;

    friend bool operator==(const WordTest&, const WordTest&) = default;
};

/// From `atLeast` (inclusive) to `below` (exclusive); an absent end is open. Never a number below zero: no age
/// and no size is, so that a clock set back is not a recent verification.
struct RangeTest {
    std::optional<base::Decimal> atLeast;
    std::optional<base::Decimal> below;
    std::vector<std::string> units; ///< currencies it holds for; empty: numbers without a unit

    friend bool operator==(const RangeTest&, const RangeTest&) = default;
};

/// Between two times of day on some days. Where `from` is not before `to` it goes on past midnight, as part of the day
/// on which it began.
struct WindowTest {
    std::bitset<7> days; ///< Sunday is 0, as in std::chrono::weekday
    std::chrono::minutes from{0}; ///< inclusive
    std::chrono::minutes to{0}; ///< exclusive

    friend bool operator==(const WindowTest&, const WindowTest&) = default;
};

struct NetworkTest {
    std::vector<Network> networks;

    friend bool operator==(const NetworkTest&, const NetworkTest&) = default;
};

/// Holds where no other condition of the attribute does.
struct Otherwise {
    friend bool operator==(Otherwise, Otherwise) = default;
};

using ConditionTest = std::variant<WordTest, RangeTest, WindowTest, NetworkTest, Otherwise>;

/// One row of the policy's table.
struct Condition {
    std::string name; ///< for people: "unknown / dynamic IP"
    int score = 0; ///< 0 to MaxScore
    std::vector<ConditionTest> tests; ///< it holds where one of them does

    friend bool operator==(const Condition&, const Condition&) = default;
};

/// From where a fact must come to be believed.
enum class Belief {
    SeenOrProven, ///< what is only reported adds to the unknown, never takes from it
    Reported, ///< the other side's own word will do
};

enum class AppliesTo {
    Everything,
    Actions, ///< only single actions: their size is not known when a session opens
};

struct AttributeRule {
    std::string attribute;
    AppliesTo appliesTo = AppliesTo::Everything;
    Belief belief = Belief::SeenOrProven;
    /// The condition that counts where nothing believed is known. Absent: the one with the highest score.
    std::optional<std::string> unknown{};
    std::vector<Condition> conditions{};

    friend bool operator==(const AttributeRule&, const AttributeRule&) = default;
};

/// The first sums at which a step-up is needed, and at which access is denied.
struct Thresholds {
    int stepUpFrom = 20;
    int denyFrom = 40;

    friend bool operator==(const Thresholds&, const Thresholds&) = default;
};

/// Where a network is, as the firm knows it: for addresses of its own, which no file of countries holds.
struct Place {
    Network network;
    std::string country; ///< ISO 3166-1, two capital letters

    friend bool operator==(const Place&, const Place&) = default;
};

/// What a firm asks of each request. Read from a file (store::readAccessPolicy); a value.
struct AccessPolicy {
    static constexpr int MaxScore = 1000; ///< of a condition
    static constexpr std::size_t MaxAttributes = 64;
    static constexpr std::size_t MaxConditions = 64; ///< of an attribute

    std::string id; ///< a policy replaces only those of the same id
    std::uint32_t version = 0; ///< rises with each change
    Thresholds thresholds;
    std::vector<AttributeRule> attributes;
    std::vector<Place> places{}; ///< the smallest network that holds an address counts

    friend bool operator==(const AccessPolicy&, const AccessPolicy&) = default;
};

}
