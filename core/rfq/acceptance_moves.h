#pragma once

#include "core/rfq/acceptance_machine.h"
#include "core/rfq/desk_state.h"
#include "core/rfq/request_desk.h"

#include <string>

namespace rfq {

/// Moves acceptances through their machine and keeps what was learnt about them, each step on record.
class AcceptanceMoves {
public:
    /// The counterparty's words, or ours.
    struct Words {
        std::string code{};
        std::string text{};
        RejectCategory category = RejectCategory::None;
    };

    AcceptanceMoves(DeskState& desk, RequestDesk& requests);

    /// The acceptance is new and on its way to the journal.
    void begin(const AcceptanceLine& line);
    /// False where the machine does not allow it: kept in the journal, and nothing else happens.
    bool move(AcceptanceLine& line, AcceptanceEvent event, Words words);
    /// Once only: the same kind with the same text is no news.
    void learn(AcceptanceLine& line, EvidenceKind kind, std::string text);
    /// A visible change that is no move of the acceptance; the request may follow it.
    void touch(const AcceptanceLine& line);

private:
    DeskState& m_desk;
    RequestDesk& m_requests;
};

}
