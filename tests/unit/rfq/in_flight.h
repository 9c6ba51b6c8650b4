#pragma once

#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace support {

/// Accepted from dealer A at 1.15342 and sent; the venue has not answered.
struct InFlight : testing::Test {
    InFlight()
    {
        desk.logOn();
        id = desk.acceptedBy(DlrA);
        desk.forgetChanges();
    }
    [[nodiscard]] const rfq::Acceptance& accepted() const { return desk.acceptance(id).acceptance; }
    [[nodiscard]] rfq::AcceptanceState state() const { return desk.acceptance(id).state; }
    void report(const rfq::ExecutionReport& what) { desk.service.apply(rfq::ExecutionReported{what}); }
    /// Whether this was announced since the last look; which forgets it.
    bool announced(rfq::NoticeCode code, rfq::Severity severity)
    {
        const rfq::Changes changes = desk.service.takeChanges();
        return std::any_of(changes.notices.begin(), changes.notices.end(), [&](const rfq::Notice& n) {
            return n.code == code && n.severity == severity && n.clOrdId == accepted().id;
        });
    }
    /// Silence past the hard limit, and no answer to the question either.
    void becomeUnknown()
    {
        desk.advance(desk.service.settings().profiles.at(VenueX).holdHard);
        desk.advance(desk.service.settings().profiles.at(VenueX).inquiryPatience);
    }
    FakeDesk desk;
    rfq::RfqId id;
};

}
