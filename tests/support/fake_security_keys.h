#pragma once

#include "auth/fido/security_keys.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// One security key in the test's hand. Nothing is answered before the test says so; PINs are judged as a key does:
/// "1234" is right.
class FakeSecurityKeys final : public fido::SecurityKeys {
public:
    struct Asked {
        fido::OperationNumber number{};
        fido::AssertRequest request;
        std::string pin; ///< a test's PIN is no secret
        Touch touch;
        Then<fido::KeyDescription> chosen;
        Then<fido::Assertion> asserted;
    };

    struct Enrolment {
        fido::OperationNumber number{};
        fido::EnrolRequest request;
        std::string pin;
        Touch touch;
        Then<fido::Registration> done;
    };

    fido::OperationNumber list(Then<std::vector<fido::KeyDescription>> done) override
    {
        listed.push_back(std::move(done));
        return next();
    }
    fido::OperationNumber choose(fido::AssertRequest request, Touch touch, Then<fido::KeyDescription> done) override
    {
        asked.push_back({next(), std::move(request), {}, std::move(touch), std::move(done), {}});
        return asked.back().number;
    }
    fido::OperationNumber enrol(
        fido::EnrolRequest request, base::SecretBytes pin, Touch touch, Then<fido::Registration> done) override
    {
        enrolments.push_back(
            {next(), std::move(request), std::string(pin.reveal()), std::move(touch), std::move(done)});
        return enrolments.back().number;
    }
    fido::OperationNumber assertion(
        fido::AssertRequest request, base::SecretBytes pin, Touch touch, Then<fido::Assertion> done) override
    {
        asked.push_back({next(), std::move(request), std::string(pin.reveal()), std::move(touch), {}, std::move(done)});
        return asked.back().number;
    }
    fido::OperationNumber setPin(std::string path, base::SecretBytes pin, Touch, Then<base::Ok> done) override
    {
        pinChanges.push_back({std::move(path), {}, std::string(pin.reveal()), std::move(done)});
        return next();
    }
    fido::OperationNumber changePin(std::string path, base::SecretBytes old, base::SecretBytes pin, fido::LastTry,
        Touch, Then<base::Ok> done) override
    {
        pinChanges.push_back({std::move(path), std::string(old.reveal()), std::string(pin.reveal()), std::move(done)});
        return next();
    }
    void cancel(fido::OperationNumber operation) override { cancelled.push_back(operation); }
    base::Subscription onChanged(std::function<void()> callback) override
    {
        changed = std::move(callback);
        return std::make_shared<const int>(0);
    }

    /// The key that is plugged in is found.
    void answerChoice(fido::Outcome<fido::KeyDescription> outcome = blueKey()) { take().chosen(std::move(outcome)); }
    /// It is touched: `make` signs, where the PIN is right and tries are left.
    void touch(const std::function<fido::Assertion(const fido::AssertRequest&)>& make)
    {
        Asked one = take();
        if (one.pin == "1234")
            return one.asserted(make(one.request));
        --triesLeft;
        one.asserted(fido::Failure{fido::Problem::PinWrong, triesLeft, "FIDO_ERR_PIN_INVALID"});
    }
    void fail(fido::Problem problem)
    {
        Asked one = take();
        const fido::Failure failure{problem, std::nullopt, "as the test says"};
        if (one.chosen)
            one.chosen(failure);
        else
            one.asserted(failure);
    }

    [[nodiscard]] static fido::KeyDescription blueKey()
    {
        fido::KeyDescription key;
        key.path = "/dev/hidraw3";
        key.manufacturer = "Yubico";
        key.product = "YubiKey 5C";
        key.pin = fido::PinStatus::Set;
        key.pinTriesLeft = 8;
        return key;
    }

    struct PinChange {
        std::string path;
        std::string old; ///< a test's PINs are no secret
        std::string pin;
        Then<base::Ok> done;
    };

    std::deque<Asked> asked; ///< what waits for an answer, oldest first
    std::deque<Enrolment> enrolments; ///< likewise
    std::deque<PinChange> pinChanges; ///< likewise
    std::deque<Then<std::vector<fido::KeyDescription>>> listed; ///< likewise
    std::vector<fido::OperationNumber> cancelled;
    std::function<void()> changed;
    int triesLeft = 8;

    Enrolment takeEnrolment()
    {
        Enrolment one = std::move(enrolments.front());
        enrolments.pop_front();
        return one;
    }
    Asked take()
    {
        Asked one = std::move(asked.front());
        asked.pop_front();
        return one;
    }

private:
    fido::OperationNumber next() { return fido::OperationNumber{++m_last}; }
    std::uint64_t m_last = 0;
};

/// A PIN for a port that takes it away.
inline base::SecretBytes secret(const std::string& text)
{
    base::SecretBytes bytes;
    static_cast<void>(bytes.append(text));
    return bytes;
}

}
