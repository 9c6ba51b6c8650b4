#include "app/cli/key_run.h"

#include "app/cli/key_events.h"
#include "app/cli/reporter.h"
#include "app/cli/run_loop.h"
#include "app/cli/terminal.h"
#include "app/enrolment/key_file.h"
#include "app/process/stop_signal.h"
#include "auth/fido/digest.h"
#include "auth/fido/fido_keys.h"
#include "auth/fido/local_check.h"
#include "core/base/clock.h"
#include "core/base/overloaded.h"

#include <atomic>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>

namespace cli {

using app::KeyEnrolment;
using app::readEnrolment;
using base::Error;
using base::SecretBytes;
using fido::failureIn;

namespace {

constexpr std::size_t ChallengeSize = 32;
constexpr std::size_t SmallestChallenge = 16;
constexpr std::size_t UserIdSize = 32;

class KeyRun {
public:
    KeyRun(const KeyChoice& choice, Format format)
        : m_stopSignal([this] { m_stopped = true; })
        , m_reporter(std::cout, format)
        , m_path(choice.path)
        , m_keys({choice.readers}, m_clock, m_loop)
    {
    }

    ExitCode run(const KeyList&);
    ExitCode run(const KeyEnrol& command);
    ExitCode run(const KeyTest& command);
    ExitCode run(const KeySetPin& command);
    ExitCode run(const KeyChangePin& command);

private:
    /// Begins an operation by `begin` and waits for its end; the signal to stop calls it off.
    template <typename T, typename Begin>
    fido::Outcome<T> wait(const Begin& begin)
    {
        std::optional<fido::Outcome<T>> outcome;
        const auto number = begin([&](fido::Outcome<T> got) { outcome.emplace(std::move(got)); });
        bool cancelled = false;
        while (!outcome) {
            if (m_stopped && !std::exchange(cancelled, true))
                m_keys.cancel(number);
            m_loop.runSome(std::chrono::milliseconds(100));
        }
        return *std::move(outcome);
    }

    ExitCode end(ExitCode code, const std::string& reason)
    {
        m_reporter.report(endEvent(code, reason));
        return code;
    }
    ExitCode refuse(const fido::Failure& failure, const std::string& reason)
    {
        m_reporter.report(keyRefusedEvent(failure));
        return end(ExitCode::NotConnected, reason);
    }
    static base::Result<SecretBytes> pin(const PinSource& source)
    {
        return source.descriptor ? readPin(*source.descriptor) : askPin("PIN of the security key: ");
    }
    static base::Result<SecretBytes> newPin(const PinSource& source);
    fido::SecurityKeys::Touch touch()
    {
        return [this](fido::TouchNeeded needed) { m_reporter.report(touchEvent(needed)); };
    }
    static fido::LastTry lastTry(const PinSource& source)
    {
        return source.lastTryConfirmed ? fido::LastTry::Confirmed : fido::LastTry::NotConfirmed;
    }
    ExitCode endPin(const fido::Done& outcome, const char* done)
    {
        if (const auto* failure = failureIn(outcome))
            return refuse(*failure, "The PIN is as it was");
        return end(ExitCode::Done, done);
    }

    std::atomic<bool> m_stopped{false};
    app::StopSignal m_stopSignal; ///< before every other thread
    Reporter m_reporter;
    const std::string m_path;
    base::SystemClock m_clock;
    RunLoop m_loop;
    fido::FidoKeys m_keys;
};

base::Result<SecretBytes> KeyRun::newPin(const PinSource& source)
{
    if (source.descriptor)
        return readPin(*source.descriptor);
    auto first = askPin("New PIN of the security key: ");
    if (!first)
        return first;
    const auto second = askPin("The new PIN again: ");
    if (!second)
        return second.error();
    if (first->reveal() != second->reveal())
        return Error{base::Errc::InvalidInput, "the two new PINs differ; nothing was changed"};
    return first;
}

ExitCode KeyRun::run(const KeyList&)
{
    using Keys = std::vector<fido::KeyDescription>;
    const auto outcome = wait<Keys>([&](auto done) { return m_keys.list(std::move(done)); });
    if (const auto* failure = failureIn(outcome))
        return refuse(*failure, "The keys could not be listed");
    const auto& keys = *std::get_if<Keys>(&outcome);
    for (const fido::KeyDescription& key : keys)
        m_reporter.report(keyEvent(key));
    if (keys.empty())
        std::cerr << meaning(fido::Problem::NoKey) << ' ' << advice(fido::Problem::NoKey) << std::endl;
    return ExitCode::Done;
}

ExitCode KeyRun::run(const KeyEnrol& command)
{
    auto challenge = command.challenge.empty() ? base::Result<fido::Bytes>(fido::randomBytes(ChallengeSize))
                                               : app::fromBase64Url(command.challenge);
    if (!challenge || challenge->size() < SmallestChallenge)
        return end(ExitCode::Usage, "--challenge is base64url without padding, 16 bytes or more");
    if (std::error_code problem; std::filesystem::exists(command.out, problem))
        return end(ExitCode::Usage, command.out + " exists; nothing was enrolled");
    KeyEnrolment enrolment;
    enrolment.rpId = command.rpId;
    enrolment.user = command.user;
    enrolment.userId = fido::randomBytes(UserIdSize);
    enrolment.clientData = app::enrolmentClientData(command.rpId, *challenge);

    fido::EnrolRequest request;
    for (const std::string& path : command.otherKeys) {
        const auto other = readEnrolment(path);
        if (!other)
            return end(ExitCode::Usage, other.error().detail);
        request.excluded.push_back(other->registration.credentialId);
        // One person, one id: on all keys.
        enrolment.userId = other->userId;
    }
    request.rpId = command.rpId;
    request.rpName = "Countersign";
    request.userId = enrolment.userId;
    request.userName = command.user;
    request.clientDataHash = fido::sha256(enrolment.clientData);
    request.algorithm = command.es384 ? fido::Algorithm::Es384 : fido::Algorithm::Es256;
    request.path = m_path;
    request.lastTry = lastTry(command.pin);
    request.limit = command.limit;
    auto secret = pin(command.pin);
    if (!secret)
        return end(ExitCode::NotConnected, secret.error().detail);
    const auto outcome = wait<fido::Registration>(
        [&](auto done) { return m_keys.enrol(request, *std::move(secret), touch(), std::move(done)); });
    if (const auto* failure = failureIn(outcome))
        return refuse(*failure, "Nothing was enrolled");
    enrolment.registration = *std::get_if<fido::Registration>(&outcome);
    const auto whole = checkRegistration(enrolment.registration, command.rpId, request.clientDataHash);
    if (const auto* failure = failureIn(whole))
        return refuse(*failure, "Nothing was enrolled");
    if (const auto status = app::writeEnrolment(command.out, enrolment); !status)
        return end(ExitCode::Usage, status.error().detail + "; the key is not enrolled anywhere");
    m_reporter.report(keyEnrolledEvent(enrolment.registration, command.out));
    return end(ExitCode::Done, "Enrolled; now give the file to the relying party, and enrol a second key");
}

ExitCode KeyRun::run(const KeyTest& command)
{
    std::vector<KeyEnrolment> enrolments;
    for (const std::string& path : command.enrolments) {
        auto enrolment = readEnrolment(path);
        if (!enrolment)
            return end(ExitCode::Usage, enrolment.error().detail);
        if (!enrolments.empty() && enrolments.front().rpId != enrolment->rpId)
            return end(ExitCode::Usage, path + " is for another relying party than " + command.enrolments.front());
        enrolments.push_back(*std::move(enrolment));
    }
    fido::AssertRequest request;
    request.rpId = enrolments.front().rpId;
    request.clientDataHash = fido::randomBytes(ChallengeSize);
    for (const KeyEnrolment& enrolment : enrolments)
        request.allowed.push_back(enrolment.registration.credentialId);
    request.path = m_path;
    request.lastTry = lastTry(command.pin);
    request.limit = command.limit;
    auto secret = pin(command.pin);
    if (!secret)
        return end(ExitCode::NotConnected, secret.error().detail);
    const auto outcome = wait<fido::Assertion>(
        [&](auto done) { return m_keys.assertion(request, *std::move(secret), touch(), std::move(done)); });
    if (const auto* failure = failureIn(outcome))
        return refuse(*failure, "The key was not tested");
    const auto& assertion = *std::get_if<fido::Assertion>(&outcome);
    for (std::size_t i = 0; i < enrolments.size(); ++i) {
        const fido::Registration& registration = enrolments[i].registration;
        if (registration.credentialId != assertion.credentialId)
            continue;
        const auto checked = checkAssertion(registration, request.rpId, request.clientDataHash, assertion);
        if (const auto* failure = failureIn(checked))
            return refuse(*failure, "The key did not answer as the one that was enrolled");
        m_reporter.report(keyTestedEvent(assertion, command.enrolments[i]));
        return end(ExitCode::Done, "The key works");
    }
    return end(ExitCode::NotConnected, "The key answered for a credential that was not asked for");
}

ExitCode KeyRun::run(const KeySetPin& command)
{
    auto secret = newPin(command.newPin);
    if (!secret)
        return end(ExitCode::NotConnected, secret.error().detail);
    const auto outcome =
        wait<base::Ok>([&](auto done) { return m_keys.setPin(m_path, *std::move(secret), touch(), std::move(done)); });
    return endPin(outcome, "The PIN is set");
}

ExitCode KeyRun::run(const KeyChangePin& command)
{
    auto old = pin(command.pin);
    if (!old)
        return end(ExitCode::NotConnected, old.error().detail);
    auto secret = newPin(command.newPin);
    if (!secret)
        return end(ExitCode::NotConnected, secret.error().detail);
    const auto outcome = wait<base::Ok>([&](auto done) {
        return m_keys.changePin(
            m_path, *std::move(old), *std::move(secret), lastTry(command.pin), touch(), std::move(done));
    });
    return endPin(outcome, "The PIN is changed");
}

}

ExitCode runKey(const KeyCommand& command, Format format)
{
    KeyRun run(command.key, format);
    return std::visit([&](const auto& what) { return run.run(what); }, command.what);
}

}
