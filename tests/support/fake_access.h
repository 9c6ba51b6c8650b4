#pragma once

#include "core/rfq/access.h"
#include "core/rfq/messages.h"
#include "core/rfq/step_up.h"
#include "core/stepup/admission_words.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// Access decisions in the test's hand.
class FakeAccess final : public rfq::AccessControl {
public:
    [[nodiscard]] const std::map<rfq::SessionId, rfq::AccessState>& sessions() const override { return states; }
    [[nodiscard]] const std::map<rfq::SessionId, rfq::ArmedTicket>& tickets() const override { return armed; }
    [[nodiscard]] const std::map<rfq::SessionId, rfq::QuoteApproval>& approvals() const override { return approved; }
    [[nodiscard]] base::Result<rfq::ArmId> arm(rfq::ArmScope scope) override
    {
        asked.push_back(scope);
        if (refusal)
            return *refusal;
        rfq::ArmedTicket ticket;
        ticket.id = rfq::ArmId("ARM-" + std::to_string(asked.size()));
        ticket.left = scope.maxQuantity;
        ticket.usesLeft = scope.uses;
        ticket.scope = std::move(scope);
        armed[ticket.scope.session] = ticket;
        tell();
        return ticket.id;
    }
    void disarm(const rfq::SessionId& session) override
    {
        armed[session].phase = rfq::ArmPhase::Over;
        tell();
    }
    void askAgain(const rfq::SessionId& session) override { again.push_back(session); }
    void leave() override { ++left; }
    void comeBack() override { ++back; }
    void tick() override { }
    void onChanged(std::function<void()> changed) override { m_changed = std::move(changed); }

    void tell() const
    {
        if (m_changed)
            m_changed();
    }

    std::map<rfq::SessionId, rfq::AccessState> states;
    std::map<rfq::SessionId, rfq::ArmedTicket> armed;
    std::map<rfq::SessionId, rfq::QuoteApproval> approved;
    std::vector<rfq::ArmScope> asked;
    std::vector<rfq::SessionId> again;
    std::optional<base::Error> refusal;
    int left = 0;
    int back = 0;

private:
    std::function<void()> m_changed;
};

/// A touch in the test's hand.
class FakeStepUp final : public rfq::StepUp {
public:
    [[nodiscard]] const rfq::StepUpView* current() const override { return view ? &*view : nullptr; }
    void enterPin(base::SecretBytes pin, rfq::LastTry lastTry) override
    {
        pins.emplace_back(pin.reveal());
        lastTries.push_back(lastTry);
        view->stage = rfq::StepUpStage::Touching;
        view->problem.reset();
        tell();
    }
    void again() override
    {
        ++agains;
        view->stage = rfq::StepUpStage::ChoosingKey;
        tell();
    }
    void cancel() override
    {
        ++cancels;
        view.reset();
        tell();
    }
    void tick() override { }
    void onChanged(std::function<void()> changed) override { m_changed = std::move(changed); }

    void tell() const
    {
        if (m_changed)
            m_changed();
    }

    std::optional<rfq::StepUpView> view;
    std::vector<std::string> pins; ///< a test's PINs are no secret
    std::vector<rfq::LastTry> lastTries;
    int agains = 0;
    int cancels = 0;

private:
    std::function<void()> m_changed;
};

/// As a link tells it: what an enforcement point answered to the Logon, found in the reason that a session is down.
inline std::optional<rfq::AdmissionRefusal> refusalIn(const std::string& reason)
{
    const auto said = stepup::admissionRefusalIn(reason);
    if (!said)
        return std::nullopt;
    return rfq::AdmissionRefusal{.reference = said->reference, .isForAWhile = said->wait.has_value()};
}

/// What an enforcement point may have decided.
inline rfq::AccessNotice accessNotice(rfq::AccessOutcome outcome, int networkScore, int deviceScore = 0)
{
    rfq::AccessNotice notice;
    notice.outcome = outcome;
    notice.lines = {{"user", "standard user", 0, "role trader"},
        {"authentication", "MFA, hardware token", 0, "certificate of a PIV token"},
        {"device", deviceScore > 0 ? "unmanaged" : "managed, compliant", deviceScore, "self-reported"},
        {"network", networkScore > 0 ? "unknown / dynamic IP" : "known corporate network", networkScore, "203.0.113.7"},
        {"country", outcome == rfq::AccessOutcome::Deny ? "anomalous country" : "expected country",
            outcome == rfq::AccessOutcome::Deny ? 40 : 0, ""}};
    for (const auto& line : notice.lines)
        notice.score += line.score;
    notice.stepUpFrom = 20;
    notice.denyFrom = 40;
    notice.reference = "AC-2026-1187";
    using namespace std::chrono;
    notice.evaluatedAt = sys_days(2026y / November / 24) + hours(8);
    notice.text = outcome == rfq::AccessOutcome::Deny ? "Access is denied from this country."
                                                      : "Access was decided by the firm's policy.";
    return notice;
}

/// A sign-in at a venue that waits for its PIN.
inline rfq::StepUpView stepUpView(base::SteadyTime now)
{
    rfq::StepUpView view;
    view.number = 1;
    view.ask = {"VENUE-X", "unmanaged device", {"Sign in at VENUE-X", "User: trader-7"}};
    view.began = now;
    view.ends = now + std::chrono::seconds(58);
    view.stage = rfq::StepUpStage::EnteringPin;
    view.key = "Yubico YubiKey 5C";
    view.pinTriesLeft = 8;
    return view;
}

}
