#pragma once

#include "app/cli/reporter.h"
#include "core/rfq/desk.h"

#include <cstddef>
#include <map>
#include <optional>

namespace cli {

/// Reports what is asked and learnt about acceptances, each thing once.
class EvidenceWatch {
public:
    explicit EvidenceWatch(Reporter& reporter)
        : m_reporter(reporter)
    {
    }

    /// What is known of it now was told otherwise.
    void skip(const rfq::AcceptanceLine& line);
    void look(const rfq::AcceptanceLine& line);

private:
    struct Seen {
        std::size_t evidence = 0;
        std::optional<rfq::Inquiry> asking;
    };
    Reporter& m_reporter;
    std::map<rfq::ClOrdId, Seen> m_seen;
};

}
