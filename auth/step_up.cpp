#include "auth/step_up.h"

#include "auth/step_up_problem.h"

#include <algorithm>
#include <utility>

namespace auth {

using base::Errc;
using base::Error;
using rfq::StepUpProblem;
using rfq::StepUpStage;

namespace {

std::string nameOf(const fido::KeyDescription& key)
{
    if (key.manufacturer.empty() || key.product.rfind(key.manufacturer, 0) == 0)
        return key.product;
    return key.product.empty() ? key.manufacturer : key.manufacturer + ' ' + key.product;
}

}

StepUpService::StepUpService(fido::SecurityKeys& keys, const base::Clock& clock)
    : m_keys(keys)
    , m_clock(clock)
{
}

StepUpService::~StepUpService()
{
    if (m_operation)
        m_keys.cancel(*m_operation);
}

std::uint64_t StepUpService::ask(StepUpTask task, Done done)
{
    Entry entry{std::move(task), std::move(done), {}, {}};
    entry.view.number = ++m_lastNumber;
    entry.view.ask = entry.task.ask;
    entry.view.ends = entry.task.ends;
    m_queue.push_back(std::move(entry));
    if (m_queue.size() == 1)
        beginNext();
    return m_lastNumber;
}

void StepUpService::withdraw(std::uint64_t number)
{
    const auto found =
        std::find_if(m_queue.begin(), m_queue.end(), [&](const Entry& one) { return one.view.number == number; });
    if (found == m_queue.end())
        return;
    const bool wasCurrent = found == m_queue.begin();
    if (wasCurrent)
        stopKey();
    m_queue.erase(found);
    if (wasCurrent)
        beginNext();
}

const rfq::StepUpView* StepUpService::current() const
{
    return m_queue.empty() ? nullptr : &m_queue.front().view;
}

void StepUpService::beginNext()
{
    if (m_queue.empty())
        return changed();
    m_queue.front().view.began = m_clock.steady();
    choose();
}

fido::AssertRequest StepUpService::request() const
{
    const Entry& entry = m_queue.front();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(entry.task.ends - m_clock.steady());
    fido::AssertRequest request;
    request.rpId = entry.task.rpId;
    request.clientDataHash.assign(entry.task.clientDataHash.begin(), entry.task.clientDataHash.end());
    request.allowed = entry.task.allowed;
    request.limit = std::max(left, std::chrono::milliseconds(1));
    return request;
}

template <typename T>
std::function<void(T)> StepUpService::whileCurrent(void (StepUpService::*work)(const T&))
{
    return [this, work, generation = m_generation, alive = std::weak_ptr(m_alive)](const T& value) {
        if (!alive.expired() && generation == m_generation)
            (this->*work)(value);
    };
}

void StepUpService::stopKey()
{
    ++m_generation;
    if (m_operation)
        m_keys.cancel(*std::exchange(m_operation, std::nullopt));
}

void StepUpService::choose()
{
    stopKey();
    Entry& entry = m_queue.front();
    entry.path.clear();
    entry.view.stage = StepUpStage::ChoosingKey;
    entry.view.key.clear();
    entry.view.pinTriesLeft.reset();
    entry.view.touchToChoose = entry.view.touchNow = false;
    m_operation =
        m_keys.choose(request(), whileCurrent(&StepUpService::showTouch), whileCurrent(&StepUpService::chosen));
    changed();
}

void StepUpService::showTouch(const fido::TouchNeeded& needed)
{
    auto& view = m_queue.front().view;
    view.touchNow = true;
    view.touchToChoose = needed.purpose == fido::TouchNeeded::Purpose::Choice;
    changed();
}

void StepUpService::chosen(const fido::Outcome<fido::KeyDescription>& outcome)
{
    m_operation.reset();
    if (const auto* failure = fido::failureIn(outcome))
        return fail(*failure);
    const auto& key = *std::get_if<fido::KeyDescription>(&outcome);
    Entry& entry = m_queue.front();
    auto& view = entry.view;
    entry.path = key.path;
    view.key = nameOf(key);
    view.pinTriesLeft = key.pinTriesLeft;
    view.touchNow = view.touchToChoose = false;
    if (key.pin == fido::PinStatus::NotSet)
        return fail({fido::Problem::PinNotSet, std::nullopt, key.problem});
    if (key.pin == fido::PinStatus::Unsupported)
        return fail({fido::Problem::Unsupported, std::nullopt,
            key.problem.empty() ? "it knows no PIN, and so cannot tell who touches it" : key.problem});
    view.stage = StepUpStage::EnteringPin;
    changed();
}

void StepUpService::enterPin(base::SecretBytes pin, rfq::LastTry lastTry)
{
    if (m_queue.empty() || m_queue.front().view.stage != StepUpStage::EnteringPin)
        return;
    if (isLate())
        return tick();
    stopKey();
    Entry& entry = m_queue.front();
    entry.view.stage = StepUpStage::Touching;
    entry.view.problem.reset();
    entry.view.detail.clear();
    fido::AssertRequest asked = request();
    asked.path = entry.path;
    asked.lastTry = lastTry == rfq::LastTry::Confirmed ? fido::LastTry::Confirmed : fido::LastTry::NotConfirmed;
    m_operation = m_keys.assertion(std::move(asked), std::move(pin), whileCurrent(&StepUpService::showTouch),
        whileCurrent(&StepUpService::asserted));
    changed();
}

void StepUpService::asserted(const fido::Outcome<fido::Assertion>& outcome)
{
    m_operation.reset();
    if (const auto* failure = fido::failureIn(outcome))
        return fail(*failure);
    if (isLate())
        return finish(Error{Errc::Timeout, "the touch came too late"});
    const auto& assertion = *std::get_if<fido::Assertion>(&outcome);
    const auto& allowed = m_queue.front().task.allowed;
    if (std::find(allowed.begin(), allowed.end(), assertion.credentialId) == allowed.end())
        return fail({fido::Problem::NotVerified, std::nullopt, "the key answered for a credential nobody asked for"});
    finish(stepup::Assertion{assertion.credentialId, assertion.authenticatorData, assertion.signature});
}

void StepUpService::fail(const fido::Failure& failure)
{
    if (isLate())
        return finish(Error{Errc::Timeout, "nobody touched a security key in time"});
    auto& view = m_queue.front().view;
    view.problem = stepUpProblemOf(failure.problem);
    view.detail = failure.detail;
    view.touchNow = view.touchToChoose = false;
    if (failure.pinTriesLeft)
        view.pinTriesLeft = failure.pinTriesLeft;
    if (view.problem == StepUpProblem::PinLastTry)
        view.pinTriesLeft = 1;
    const bool samePin = isAboutThePin(*view.problem) && !m_queue.front().path.empty();
    view.stage = samePin ? StepUpStage::EnteringPin : StepUpStage::Stopped;
    changed();
}

void StepUpService::again()
{
    if (m_queue.empty() || m_queue.front().view.stage != StepUpStage::Stopped)
        return;
    if (isLate())
        return tick();
    choose();
}

void StepUpService::keysChanged()
{
    if (m_queue.empty() || m_queue.front().view.stage != StepUpStage::Stopped)
        return;
    const auto problem = m_queue.front().view.problem;
    if (problem == StepUpProblem::NoKey || problem == StepUpProblem::KeyRemoved
        || problem == StepUpProblem::ReplugNeeded || problem == StepUpProblem::WrongKey)
        again();
}

void StepUpService::cancel()
{
    if (!m_queue.empty())
        finish(Error{Errc::Cancelled, "you called it off"});
}

bool StepUpService::isLate() const
{
    return m_clock.steady() >= m_queue.front().task.ends;
}

void StepUpService::tick()
{
    while (!m_queue.empty() && isLate())
        finish(Error{Errc::Timeout, "nobody touched a security key in time"});
}

void StepUpService::finish(base::Result<stepup::Assertion> result)
{
    stopKey();
    const Entry entry = std::move(m_queue.front());
    m_queue.pop_front();
    const std::weak_ptr alive(m_alive);
    entry.done(std::move(result));
    if (!alive.expired() && (m_queue.empty() || m_queue.front().view.began == base::SteadyTime{}))
        beginNext();
}

void StepUpService::changed()
{
    if (m_changed)
        m_changed();
}

}
