#include "ui/models/access_text.h"

#include "ui/models/format.h"
#include "ui/models/policy_words.h"
#include "ui/models/rfq_view.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::AccessText)
};

int scoreOf(const rfq::AccessNotice& notice, const std::string& attribute)
{
    for (const auto& line : notice.lines) {
        if (line.attribute == attribute)
            return line.score;
    }
    return 0;
}

QString deniedText(const rfq::AccessNotice& notice)
{
    return notice.reference.empty()
        ? Words::tr("Denied: nothing can be dealt there. The access panel says why.")
        : Words::tr("Denied: nothing can be dealt there. The access panel says why. Reference for the help desk: %1")
              .arg(text(notice.reference));
}

QString decidedAdvice(const rfq::AccessNotice& notice)
{
    switch (notice.outcome) {
    case rfq::AccessOutcome::Allow:
        return {};
    case rfq::AccessOutcome::StepUp:
        return Words::tr("Have your security key at hand, then ask again.");
    case rfq::AccessOutcome::ViewOnly:
        return Words::tr(
            "You see prices and cannot deal. Change what scores most above, or call the help desk with the "
            "reference.");
    case rfq::AccessOutcome::Deny:
        return Words::tr(
            "Nothing can be dealt there. Change what scores most above (network, workstation, token), then "
            "try again; or call the help desk with the reference.");
    }
    return {};
}

}

QString outcomeText(rfq::AccessOutcome outcome)
{
    switch (outcome) {
    case rfq::AccessOutcome::Allow:
        return Words::tr("allowed");
    case rfq::AccessOutcome::StepUp:
        return Words::tr("a touch is needed");
    case rfq::AccessOutcome::ViewOnly:
        return Words::tr("looking only");
    case rfq::AccessOutcome::Deny:
        return Words::tr("denied");
    }
    return {};
}

QString accessStateText(const rfq::AccessState& state)
{
    switch (state.phase) {
    case rfq::AccessPhase::Offline:
        return {};
    case rfq::AccessPhase::Asking:
        return Words::tr("asking for access");
    case rfq::AccessPhase::StepUp:
        return Words::tr("touch your key");
    case rfq::AccessPhase::StepUpMissed:
        return Words::tr("touch missed");
    case rfq::AccessPhase::Answering:
        return Words::tr("touch is being checked");
    case rfq::AccessPhase::Decided:
        if (!state.notice || state.notice->outcome == rfq::AccessOutcome::Allow)
            return {};
        return outcomeText(state.notice->outcome);
    case rfq::AccessPhase::Left:
        return Words::tr("you are away");
    }
    return {};
}

QString accessAdvice(const rfq::AccessState& state)
{
    switch (state.phase) {
    case rfq::AccessPhase::Offline:
        if (state.notice && state.notice->outcome == rfq::AccessOutcome::Deny)
            return decidedAdvice(*state.notice);
        return Words::tr("Not connected. The decision shows here once the session stands.");
    case rfq::AccessPhase::Asking:
        return Words::tr("Waiting for the decision…");
    case rfq::AccessPhase::StepUp:
        return Words::tr("Enter the PIN of your security key and touch it.");
    case rfq::AccessPhase::StepUpMissed:
        return state.problem && state.problem->code == base::Errc::Refused
            ? Words::tr("No touch was asked of you: %1").arg(policyWords(state.problem->detail))
            : Words::tr("Nothing passes until your security key was touched. Ask again when you are ready.");
    case rfq::AccessPhase::Answering:
        return Words::tr("The counterparty checks your touch.");
    case rfq::AccessPhase::Decided:
        return state.notice ? decidedAdvice(*state.notice) : QString();
    case rfq::AccessPhase::Left:
        return Words::tr("Nothing passes while the desk is locked.");
    }
    return {};
}

QString dealingObstacleText(const rfq::AccessState& state)
{
    switch (state.phase) {
    case rfq::AccessPhase::StepUp:
    case rfq::AccessPhase::StepUpMissed:
        return Words::tr("Nothing can be dealt there until you have touched your security key.");
    case rfq::AccessPhase::Asking:
    case rfq::AccessPhase::Answering:
        return Words::tr("Nothing can be dealt there until the access policy has decided.");
    case rfq::AccessPhase::Offline:
    case rfq::AccessPhase::Decided:
        if (state.notice && state.notice->outcome == rfq::AccessOutcome::Deny)
            return deniedText(*state.notice);
        return Words::tr("Looking only: nothing can be dealt there. The access panel says why.");
    case rfq::AccessPhase::Left:
        return Words::tr("Nothing passes while the desk is locked.");
    }
    return {};
}

QString thresholdText(const rfq::AccessNotice& notice)
{
    return Words::tr("Allowed below %1, a touch from %1, denied from %2.").arg(notice.stepUpFrom).arg(notice.denyFrom);
}

QString changeText(const rfq::AccessState& state)
{
    if (!state.notice || !state.before)
        return {};
    QStringList changes;
    for (const auto& line : state.notice->lines) {
        const int difference = line.score - scoreOf(*state.before, line.attribute);
        if (difference != 0)
            changes << policyWords(line.attribute) + u": "_s + (difference > 0 ? u"+"_s : QString())
                    + QString::number(difference);
    }
    return changes.isEmpty() ? QString() : Words::tr("Changed since the last decision: %1").arg(changes.join(u", "_s));
}

ErrorText stepUpProblemText(rfq::StepUpProblem problem)
{
    using rfq::StepUpProblem;
    switch (problem) {
    case StepUpProblem::NoKey:
        return {Words::tr("No security key"), Words::tr("None is plugged in that this workstation may open."),
            Words::tr("Plug your security key in.")};
    case StepUpProblem::KeyRemoved:
        return {Words::tr("The key was taken out"), Words::tr("Nothing was signed."), Words::tr("Plug it in again.")};
    case StepUpProblem::WrongKey:
        return {Words::tr("Not an enrolled key"), Words::tr("This security key is not one of yours for this purpose."),
            Words::tr("Use the key that you have enrolled.")};
    case StepUpProblem::PinNotSet:
        return {Words::tr("The key has no PIN"), Words::tr("A key without PIN cannot tell who touches it."),
            Words::tr("Set a PIN on it first.")};
    case StepUpProblem::PinChangeNeeded:
        return {Words::tr("The key wants another PIN"),
            Words::tr("Whoever set it up has arranged that you choose your own. Nothing was tried."),
            Words::tr("Change its PIN, then try again.")};
    case StepUpProblem::PinWrong:
        return {Words::tr("Wrong PIN"), Words::tr("The security key did not accept it."),
            Words::tr("Type it again, slowly.")};
    case StepUpProblem::PinLastTry:
        return {Words::tr("One try is left"), Words::tr("A wrong PIN now blocks the key for good. Nothing was tried."),
            Words::tr("If you are not certain, stop and use your second key.")};
    case StepUpProblem::ReplugNeeded:
        return {Words::tr("The key takes no more PINs now"), Words::tr("Three in a row were wrong."),
            Words::tr("Take it out, plug it in again, and be certain of the PIN.")};
    case StepUpProblem::PinBlocked:
        return {Words::tr("The key's PIN is blocked"), Words::tr("All tries are used up; only erasing it helps."),
            Words::tr("Use your second key and tell IT.")};
    case StepUpProblem::PinUnfit:
        return {Words::tr("That cannot be the PIN"), Words::tr("A PIN has 4 to 63 characters. Nothing was tried."),
            Words::tr("Type it again.")};
    case StepUpProblem::NoTouch:
        return {Words::tr("No touch"), Words::tr("The key waited and was not touched."), Words::tr("Try again.")};
    case StepUpProblem::Denied:
        return {
            Words::tr("Refused at the key"), Words::tr("Nothing was signed."), Words::tr("Try again if you meant to.")};
    case StepUpProblem::StartOver:
        return {Words::tr("The key wants to begin anew"),
            Words::tr("It has ended what was begun, or did not recognise your finger. Nothing was signed."),
            Words::tr("Try again, with its PIN.")};
    case StepUpProblem::Busy:
        return {Words::tr("The key is in use"), Words::tr("Another program is using it."),
            Words::tr("Close that program or wait, then try again.")};
    case StepUpProblem::NotPermitted:
        return {Words::tr("The key may not be opened"), Words::tr("This system does not let you use it."),
            Words::tr("Ask IT to install the rules for security keys.")};
    case StepUpProblem::Unsupported:
        return {Words::tr("This key cannot do it"), Words::tr("It is too old, or knows no PIN."),
            Words::tr("Use another key.")};
    case StepUpProblem::NotVerified:
        return {Words::tr("The key did not check you"), Words::tr("It answered without PIN, or for somebody else."),
            Words::tr("Use another key and tell IT.")};
    case StepUpProblem::BadAnswer:
        return {Words::tr("The key answered nonsense"), Words::tr("It may be broken, or was moved in its socket."),
            Words::tr("Take it out, plug it in again, then try again.")};
    case StepUpProblem::Internal:
        return {Words::tr("An internal error"), Words::tr("This is a defect of the desk. Nothing was signed."),
            Words::tr("Report it with the text below.")};
    }
    return {};
}

QString stageText(const rfq::StepUpView& view)
{
    switch (view.stage) {
    case rfq::StepUpStage::ChoosingKey:
        return view.touchToChoose ? Words::tr("Several keys are plugged in. Touch the one you want to use.")
                                  : Words::tr("Looking for your security key…");
    case rfq::StepUpStage::EnteringPin:
        return Words::tr("Enter the PIN of %1.").arg(text(view.key));
    case rfq::StepUpStage::Touching:
        return view.touchNow ? Words::tr("Touch %1 now.").arg(text(view.key))
                             : Words::tr("The PIN is with %1…").arg(text(view.key));
    case rfq::StepUpStage::Stopped:
        return {};
    }
    return {};
}

QString armPhaseText(rfq::ArmPhase phase)
{
    switch (phase) {
    case rfq::ArmPhase::Asking:
        return Words::tr("Asking to arm");
    case rfq::ArmPhase::StepUp:
        return Words::tr("Touch your security key");
    case rfq::ArmPhase::Answering:
        return Words::tr("The touch is being checked");
    case rfq::ArmPhase::Armed:
        return Words::tr("ARMED");
    case rfq::ArmPhase::Refused:
        return Words::tr("Not armed");
    case rfq::ArmPhase::Over:
        return Words::tr("No longer armed");
    }
    return {};
}

QString armScopeText(const rfq::ArmScope& scope, const rfq::DeskSettings& settings)
{
    const QString amount = amountText(scope.maxQuantity) + u' ' + text(scope.currency);
    QStringList parts;
    if (scope.buyAtMost)
        parts << Words::tr("BUY up to %1 at %2 or lower").arg(amount, text(scope.buyAtMost->text()));
    if (scope.sellAtLeast)
        parts << Words::tr("SELL up to %1 at %2 or higher").arg(amount, text(scope.sellAtLeast->text()));
    QStringList dealers;
    for (const auto& dealer : scope.dealers)
        dealers << dealerName(settings, dealer);
    return Words::tr("%1: %2, value %3, dealers %4")
        .arg(text(scope.symbol), parts.join(u"; "_s), valueDateText(scope.settlement), dealers.join(u", "_s));
}

}
