#include "tests/unit/access/access_world.h"

using namespace access_test;

namespace {

struct Row {
    const char* name;
    Signal signal;
    int score;
};

std::vector<std::vector<Row>> tableRows()
{
    const Source seen = Source::Seen;
    return {{{"standard", userRole(UserRole::Standard, seen, ""), 0},
                {"privileged", userRole(UserRole::Privileged, seen, ""), 10}},
        {{"password", authenticationBy(Authentication::Password, seen, ""), 30},
            {"software", authenticationBy(Authentication::SoftwareToken, seen, ""), 5},
            {"hardware", authenticationBy(Authentication::HardwareToken, seen, ""), 0}},
        {{"managed", deviceHealth(DeviceHealth::ManagedCompliant, seen, ""), 0},
            {"unmanaged", deviceHealth(DeviceHealth::Unmanaged, seen, ""), 25}},
        {{"known", networkKind(NetworkKind::Known, seen, ""), 0},
            {"unknown", networkKind(NetworkKind::Unknown, seen, ""), 15}},
        {{"expected", countryKind(CountryKind::Expected, seen, ""), 0},
            {"anomalous", countryKind(CountryKind::Anomalous, seen, ""), 40}}};
}

TEST(TheTable, ScoresEachRowAlone)
{
    for (const auto& rows : tableRows())
        for (const Row& row : rows) {
            const auto decision = evaluate(designTable(), with(atTheDesk(), row.signal));
            EXPECT_EQ(decision.score.total, row.score) << row.name;
            EXPECT_EQ(decision.outcome,
                row.score >= 40       ? Outcome::Deny
                    : row.score >= 20 ? Outcome::StepUp
                                      : Outcome::Allow)
                << row.name;
        }
}

TEST(TheTable, ScoresEveryCombinationAsTheSum)
{
    const auto table = tableRows();
    int combinations = 0;
    for (const Row& user : table[0])
        for (const Row& authentication : table[1])
            for (const Row& device : table[2])
                for (const Row& place : table[3])
                    for (const Row& country : table[4]) {
                        const int sum = user.score + authentication.score + device.score + place.score + country.score;
                        const auto decision = evaluate(designTable(),
                            {.all = {user.signal, authentication.signal, device.signal, place.signal, country.signal}});
                        ++combinations;
                        EXPECT_EQ(decision.score.total, sum);
                        EXPECT_EQ(decision.outcome,
                            sum < 20       ? Outcome::Allow
                                : sum < 40 ? Outcome::StepUp
                                           : Outcome::Deny);
                        EXPECT_EQ(decision.score.lines.size(), 5U);
                    }
    EXPECT_EQ(combinations, 48);
}

TEST(TheTable, HoldsAtTheEdges)
{
    const Thresholds thresholds;
    EXPECT_EQ(outcomeOf(thresholds, 0), Outcome::Allow);
    EXPECT_EQ(outcomeOf(thresholds, 19), Outcome::Allow);
    EXPECT_EQ(outcomeOf(thresholds, 20), Outcome::StepUp);
    EXPECT_EQ(outcomeOf(thresholds, 39), Outcome::StepUp);
    EXPECT_EQ(outcomeOf(thresholds, 40), Outcome::Deny);
    EXPECT_EQ(outcomeOf(thresholds, 1'000), Outcome::Deny);
}

TEST(TheTable, HoldsAtTheEdgesInADecision)
{
    for (const auto& [score, outcome] : {std::pair{19, Outcome::Allow}, std::pair{20, Outcome::StepUp},
             std::pair{39, Outcome::StepUp}, std::pair{40, Outcome::Deny}}) {
        AccessPolicy policy = designTable();
        policy.attributes.push_back({.attribute = "extra", .conditions = {words("extra", score, {"yes"})}});
        Signals signals = atTheDesk();
        signals.all.push_back(yesOrNo("extra", true, Source::Seen, ""));
        const auto decision = evaluate(policy, signals);
        EXPECT_EQ(decision.score.total, score);
        EXPECT_EQ(decision.outcome, outcome) << score;
    }
}

TEST(TheTable, AllowsTheTravellerWithManagedDeviceAndHardwareToken)
{
    const auto decision =
        evaluate(designTable(), with(atTheDesk(), networkAddress(address("203.0.113.9"), Source::Seen, "203.0.113.9")));
    EXPECT_EQ(decision.score.total, 15);
    EXPECT_EQ(decision.outcome, Outcome::Allow);
    EXPECT_EQ(
        decision.score.lines[3], (ScoreLine{"network", "unknown / dynamic IP", 15, "203.0.113.9", Footing::Known}));
}

TEST(TheTable, CountsAnAttributeOfWhichNothingIsKnownAsItsWorst)
{
    for (const auto& [attribute, score] : {std::pair{"user", 10}, std::pair{"authentication", 30},
             std::pair{"device", 25}, std::pair{"network", 15}, std::pair{"country", 40}}) {
        const auto decision = evaluate(designTable(), without(atTheDesk(), attribute));
        EXPECT_EQ(decision.score.total, score) << attribute;
    }
    EXPECT_EQ(evaluate(designTable(), {}).score.total, 120);
    EXPECT_EQ(evaluate(designTable(), {}).outcome, Outcome::Deny);
}

}
