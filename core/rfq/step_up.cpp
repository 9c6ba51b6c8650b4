#include "core/rfq/step_up.h"

namespace rfq {

const char* problemName(StepUpProblem problem)
{
    switch (problem) {
    case StepUpProblem::NoKey:
        return "no-key";
    case StepUpProblem::KeyRemoved:
        return "removed";
    case StepUpProblem::WrongKey:
        return "wrong-key";
    case StepUpProblem::PinNotSet:
        return "pin-not-set";
    case StepUpProblem::PinChangeNeeded:
        return "pin-change-needed";
    case StepUpProblem::PinWrong:
        return "pin-wrong";
    case StepUpProblem::PinLastTry:
        return "pin-last-try";
    case StepUpProblem::ReplugNeeded:
        return "replug-needed";
    case StepUpProblem::PinBlocked:
        return "pin-blocked";
    case StepUpProblem::PinUnfit:
        return "pin-unfit";
    case StepUpProblem::NoTouch:
        return "no-touch";
    case StepUpProblem::Denied:
        return "denied";
    case StepUpProblem::StartOver:
        return "start-over";
    case StepUpProblem::Busy:
        return "busy";
    case StepUpProblem::NotPermitted:
        return "not-permitted";
    case StepUpProblem::Unsupported:
        return "unsupported";
    case StepUpProblem::NotVerified:
        return "not-verified";
    case StepUpProblem::BadAnswer:
        return "bad-answer";
    case StepUpProblem::Internal:
        return "internal";
    }
    return "";
}

}
