#pragma once

#include "core/rfq/sign_in.h"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// A token in the test's hand: the PIN is 1234, three wrong ones block it. Answers at once, or when told.
class FakeSignIn final : public rfq::SignIn {
public:
    enum class Mode { AtOnce, WhenTold };

    FakeSignIn()
    {
        using namespace std::chrono;
        rfq::TokenIdentity identity;
        identity.tokenLabel = "trading";
        identity.tokenSerial = "12345678";
        identity.tokenModel = "YubiKey 5C";
        identity.keyId = "01";
        identity.fingerprint = "fingerprint of trader-7";
        identity.subject = "CN=trader-7,O=Example Capital";
        identity.commonName = "trader-7";
        identity.keyAlgorithm = "EC P-256";
        identity.notBefore = sys_days(2026y / January / 5);
        identity.notAfter = sys_days(2027y / November / 24);
        status.identity = identity;
        m_own = identity;
        status.pin.triesLeft = 3;
    }

    void inspect(std::function<void(rfq::TokenStatus)> done) override
    {
        ++inspections;
        answer([this, done = std::move(done)] { done(status); });
    }

    void unlock(
        base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done) override
    {
        ++tries;
        const base::Status outcome = judge(pin.reveal() == "1234", lastTry);
        answer([this, outcome, done = std::move(done)] { done(outcome, status); });
    }

    base::Subscription onLost(std::function<void(const base::Error&)> callback) override
    {
        return m_lost.add(std::move(callback));
    }
    base::Subscription onChanged(std::function<void()> callback) override { return m_changed.add(std::move(callback)); }
    base::Subscription onWork(std::function<void(rfq::CardWork)> callback) override
    {
        return m_work.add(std::move(callback));
    }
    /// A signature takes its time, or is over.
    void tellWork(rfq::CardWork work) { m_work.tell(work); }

    void choose(rfq::TokenChoice choice) override
    {
        choices.push_back(std::move(choice));
        if (!status.candidates.empty())
            decide();
    }
    /// A second card that fits, of somebody else; which one is meant is open unless one was chosen.
    void plugInBoth()
    {
        plugIn();
        auto other = m_own;
        other.commonName = "officer-2";
        other.subject = "CN=officer-2,O=Example Capital";
        other.tokenSerial = "87654321";
        other.fingerprint = "fingerprint of officer-2";
        other.notAfter -= std::chrono::days(200);
        m_own.card = "card-of-trader-7";
        other.card = "card-of-officer-2";
        const std::string issuer = "CN=Issuing CA 1,O=Example Capital";
        status.candidates = {{m_own, issuer, "Yubico YubiKey OTP+FIDO+CCID 00 00"},
            {other, issuer, "Yubico YubiKey OTP+FIDO+CCID 01 00"}};
        decide();
    }
    /// The one that was chosen of the two is pulled out.
    void pullChosen()
    {
        std::erase_if(status.candidates, [this](const auto& one) {
            return !choices.empty() && one.identity.fingerprint == choices.back().fingerprint;
        });
        decide();
    }

    /// The reader tells of what was plugged in or out.
    void tellChanged() { m_changed.tell(); }

    /// Somebody pulls the token.
    void pull()
    {
        takeOut();
        m_lost.tell(*status.problem);
    }
    /// It stops working and stays where it is.
    void fail()
    {
        status.signedIn = false;
        m_lost.tell({base::Errc::TokenFailure, "CKR_DEVICE_ERROR"});
    }
    void plugIn()
    {
        status.problem.reset();
        status.noService = status.noCertificate = false;
        status.identity = m_own;
    }
    /// A card of somebody else that could sign in, too.
    void plugInOther()
    {
        plugIn();
        status.identity->commonName = "trader-9";
        status.identity->subject = "CN=trader-9,O=Example Capital";
        status.identity->tokenSerial = "87654321";
        status.identity->fingerprint = "fingerprint of trader-9";
    }
    /// A card without a certificate for this desk.
    void plugInForeign()
    {
        takeOut();
        status.problem = base::Error{base::Errc::KeyNotFound, "expected key id 01, found no certificate"};
    }
    /// pcscd is not there.
    void stopService()
    {
        takeOut();
        status.noService = true;
    }
    /// A card on which there is no certificate at all.
    void plugInEmpty()
    {
        plugInForeign();
        status.noCertificate = true;
    }
    void endsIn(std::chrono::microseconds left, base::UtcTime now)
    {
        m_own.notAfter = now + left;
        status.identity = m_own;
    }
    /// Which card it is that holds the certificate.
    void setCard(const std::string& id)
    {
        status.identity = m_own;
        status.identity->card = id;
    }
    void settle()
    {
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto& work : waiting)
            work();
    }

    Mode mode = Mode::AtOnce;
    rfq::TokenStatus status;
    int inspections = 0;
    int tries = 0;

    std::vector<rfq::TokenChoice> choices; ///< that were told

private:
    void decide()
    {
        status.identity.reset();
        status.missing.reset();
        status.problem.reset();
        for (const auto& one : status.candidates) {
            if (!choices.empty() && one.identity.fingerprint == choices.back().fingerprint)
                status.identity = one.identity;
        }
        if (status.identity)
            return;
        status.problem = base::Error{base::Errc::KeyNotFound, "several match, or the one that was chosen is gone"};
        if (!choices.empty())
            status.missing = choices.back();
    }
    void takeOut()
    {
        status.signedIn = false;
        status.noService = status.noCertificate = false;
        status.problem = base::Error{base::Errc::TokenAbsent, "slot 0 is empty"};
        status.identity.reset();
        status.candidates.clear();
    }
    void answer(std::function<void()> work)
    {
        if (mode == Mode::AtOnce)
            work();
        else
            m_waiting.push_back(std::move(work));
    }

    base::Status judge(bool right, rfq::LastTry lastTry)
    {
        auto& pin = status.pin;
        if (pin.blocked)
            return base::Error{base::Errc::PinBlocked, "CKR_PIN_LOCKED"};
        if (pin.finalTry && lastTry == rfq::LastTry::NotConfirmed)
            return base::Error{base::Errc::PinLastTry, "not confirmed"};
        if (right) {
            pin = {3, false, false};
            status.signedIn = true;
            return base::Ok{};
        }
        pin.triesLeft = pin.triesLeft.value_or(3) - 1;
        pin.finalTry = *pin.triesLeft == 1;
        pin.blocked = *pin.triesLeft <= 0;
        return base::Error{pin.blocked ? base::Errc::PinBlocked : base::Errc::PinWrong, "CKR_PIN_INCORRECT"};
    }

    rfq::TokenIdentity m_own;
    base::Listeners<base::Error> m_lost;
    base::Listeners<> m_changed;
    base::Listeners<rfq::CardWork> m_work;
    std::vector<std::function<void()>> m_waiting;
};

}
