#include "core/pep/change_book.h"

namespace pep {

const char* nameOf(ChangeOutcome outcome)
{
    switch (outcome) {
    case ChangeOutcome::Drafted:
        return "drafted";
    case ChangeOutcome::Proposed:
        return "proposed";
    case ChangeOutcome::Done:
        return "done";
    case ChangeOutcome::Rejected:
        return "rejected";
    case ChangeOutcome::Refused:
        return "refused";
    }
    return "";
}

std::optional<ChangeOutcome> changeOutcomeOf(std::string_view name)
{
    for (const ChangeOutcome outcome : {ChangeOutcome::Drafted, ChangeOutcome::Proposed, ChangeOutcome::Done,
             ChangeOutcome::Rejected, ChangeOutcome::Refused})
        if (name == nameOf(outcome))
            return outcome;
    return std::nullopt;
}

const char* nameOf(ChangeStep step)
{
    switch (step) {
    case ChangeStep::Propose:
        return "propose";
    case ChangeStep::Approve:
        return "approve";
    case ChangeStep::Reject:
        return "reject";
    }
    return "";
}

std::optional<ChangeStep> changeStepOf(std::string_view name)
{
    for (const ChangeStep step : {ChangeStep::Propose, ChangeStep::Approve, ChangeStep::Reject})
        if (name == nameOf(step))
            return step;
    return std::nullopt;
}

}
