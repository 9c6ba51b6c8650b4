#pragma once

#include "app/cli/reporter.h"
#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace test {

/// A desk of fakes and what a run said about it.
class RunTest : public testing::Test {
protected:
    [[nodiscard]] std::vector<nlohmann::ordered_json> events(const std::string& name) const
    {
        std::vector<nlohmann::ordered_json> found;
        std::istringstream lines(out.str());
        for (std::string line; std::getline(lines, line);) {
            if (auto event = nlohmann::ordered_json::parse(line); event["event"] == name)
                found.push_back(std::move(event));
        }
        return found;
    }
    /// The newest one of that name; an empty object where there is none.
    [[nodiscard]] nlohmann::ordered_json last(const std::string& name) const
    {
        auto all = events(name);
        return all.empty() ? nlohmann::ordered_json::object() : all.back();
    }
    /// An acceptance by dealer A whose answer stays out.
    rfq::RfqId loseAnAcceptance()
    {
        desk.logOn();
        const rfq::RfqId id = desk.acceptedBy();
        desk.session(support::VenueX, rfq::SessionPhase::Waiting);
        EXPECT_EQ(desk.acceptance(id).state, rfq::AcceptanceState::Unknown);
        return id;
    }

    support::FakeDesk desk;
    std::ostringstream out;
    cli::Reporter reporter{out, cli::Format::JsonLines};
    const rfq::Person trader{"trader-7", "aa"};
};

}
