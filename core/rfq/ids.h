#pragma once

#include "core/base/clock.h"
#include "core/rfq/ports.h"

#include <cstdint>
#include <string>

namespace rfq {

/// Ids of 20 characters that do not repeat across restarts and workstations: a letter for the kind, the millisecond of
/// the start, 30 random bits and a counter, in Crockford's base 32 (no letter that is mistaken for a digit).
class TimeSeededIds final : public IdSource {
public:
    explicit TimeSeededIds(const base::Clock& clock);
    [[nodiscard]] RfqId nextRfq() override;
    [[nodiscard]] ClOrdId nextClOrd() override;
    [[nodiscard]] IncidentId nextIncident() override;

private:
    [[nodiscard]] std::string next(char kind);
    void reseed();

    const base::Clock& m_clock;
    std::string m_seed;
    std::uint32_t m_counter = 0;
};

}
