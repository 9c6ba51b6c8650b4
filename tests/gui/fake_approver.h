#pragma once

#include "core/rfq/approval.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// A second person's token in the test's hand: the PIN is 5678, three wrong ones block it. Answers at once, or when
/// told.
class FakeApprover final : public rfq::Approver {
public:
    enum class Mode { AtOnce, WhenTold };

    FakeApprover() { people = {identity("desk-head-2", "head"), identity("risk-1", "risk")}; }

    [[nodiscard]] static rfq::TokenIdentity identity(const std::string& name, const std::string& label)
    {
        using namespace std::chrono;
        rfq::TokenIdentity made;
        made.tokenLabel = label;
        made.tokenSerial = "87654321";
        made.tokenModel = "YubiKey 5C";
        made.keyId = "01";
        made.fingerprint = "fingerprint of " + name;
        made.subject = "CN=" + name + ",O=Example Capital";
        made.commonName = name;
        made.keyAlgorithm = "EC P-256";
        made.notBefore = sys_days(2026y / January / 5);
        made.notAfter = sys_days(2027y / November / 24);
        return made;
    }

    void candidates(
        const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done) override
    {
        trader = first;
        answer([this, done = std::move(done)] {
            if (problem)
                done(*problem);
            else if (people.empty())
                done(base::Error{base::Errc::TokenAbsent, "no certificate of another person is plugged in"});
            else
                done(people);
        });
    }

    void approve(std::string statement, const rfq::Person& first, const std::string& fingerprint, base::SecretBytes pin,
        rfq::LastTry lastTry, std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done) override
    {
        ++tries;
        signedStatement = statement;
        const auto outcome = judge(std::move(statement), first, fingerprint, pin.reveal() == "5678", lastTry);
        answer([this, outcome, done = std::move(done)] { done(outcome, pinState); });
    }

    void settle()
    {
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto& work : waiting)
            work();
    }

    Mode mode = Mode::AtOnce;
    std::vector<rfq::TokenIdentity> people;
    std::optional<base::Error> problem; ///< that keeps anybody from being found
    std::optional<base::Error> refusal; ///< of whoever signs next
    rfq::PinState pinState{3, false, false};
    rfq::Person trader; ///< who asked last
    std::string signedStatement; ///< newest
    int tries = 0;

private:
    void answer(std::function<void()> work)
    {
        if (mode == Mode::AtOnce)
            work();
        else
            m_waiting.push_back(std::move(work));
    }

    base::Result<rfq::Approval> judge(std::string statement, const rfq::Person& first, const std::string& fingerprint,
        bool right, rfq::LastTry lastTry)
    {
        if (refusal)
            return *refusal;
        const auto who = std::find_if(people.begin(), people.end(),
            [&](const rfq::TokenIdentity& person) { return person.fingerprint == fingerprint; });
        if (who == people.end())
            return base::Error{base::Errc::KeyNotFound, "no such certificate"};
        const rfq::Person person{who->commonName, who->fingerprint};
        if (rfq::isSamePerson(person, first))
            return base::Error{base::Errc::Refused, person.name + " cannot be both persons"};
        if (pinState.finalTry && lastTry == rfq::LastTry::NotConfirmed)
            return base::Error{base::Errc::PinLastTry, "not confirmed"};
        if (right) {
            pinState = {3, false, false};
            return rfq::Approval{person, {}, std::move(statement), "PEM", "3045"};
        }
        pinState.triesLeft = pinState.triesLeft.value_or(3) - 1;
        pinState.finalTry = *pinState.triesLeft == 1;
        pinState.blocked = *pinState.triesLeft <= 0;
        return base::Error{pinState.blocked ? base::Errc::PinBlocked : base::Errc::PinWrong, "CKR_PIN_INCORRECT"};
    }

    std::vector<std::function<void()>> m_waiting;
};

}
