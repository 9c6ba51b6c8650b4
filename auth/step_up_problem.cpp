#include "auth/step_up_problem.h"

namespace auth {

rfq::StepUpProblem stepUpProblemOf(fido::Problem problem)
{
    using fido::Problem;
    using rfq::StepUpProblem;
    switch (problem) {
    case Problem::NoKey:
        return StepUpProblem::NoKey;
    case Problem::Removed:
        return StepUpProblem::KeyRemoved;
    case Problem::WrongKey:
        return StepUpProblem::WrongKey;
    case Problem::PinNotSet:
        return StepUpProblem::PinNotSet;
    case Problem::PinChangeNeeded:
        return StepUpProblem::PinChangeNeeded;
    case Problem::PinWrong:
        return StepUpProblem::PinWrong;
    case Problem::PinLastTry:
        return StepUpProblem::PinLastTry;
    case Problem::ReplugNeeded:
        return StepUpProblem::ReplugNeeded;
    case Problem::PinBlocked:
        return StepUpProblem::PinBlocked;
    case Problem::PinNeeded:
    case Problem::PinUnfit:
    case Problem::InvalidInput: // of what was asked only the PIN is a person's
        return StepUpProblem::PinUnfit;
    case Problem::TimedOut:
        return StepUpProblem::NoTouch;
    case Problem::Denied:
        return StepUpProblem::Denied;
    case Problem::StartOver: // PIN and touch are asked for again
    case Problem::FingerprintWrong:
    case Problem::FingerprintBlocked:
        return StepUpProblem::StartOver;
    case Problem::Busy:
        return StepUpProblem::Busy;
    case Problem::NotPermitted:
        return StepUpProblem::NotPermitted;
    case Problem::Unsupported:
        return StepUpProblem::Unsupported;
    case Problem::NotVerified:
        return StepUpProblem::NotVerified;
    case Problem::BadAnswer:
    case Problem::Damaged:
        return StepUpProblem::BadAnswer;
    case Problem::AlreadyEnrolled: // none of these belongs to an assertion
    case Problem::PinAlreadySet:
    case Problem::Full:
    case Problem::Cancelled:
    case Problem::Internal:
        return StepUpProblem::Internal;
    }
    return StepUpProblem::Internal;
}

bool isAboutThePin(rfq::StepUpProblem problem)
{
    using rfq::StepUpProblem;
    return problem == StepUpProblem::PinWrong || problem == StepUpProblem::PinLastTry
        || problem == StepUpProblem::PinUnfit;
}

}
