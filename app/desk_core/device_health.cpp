#include "app/desk_core/device_health.h"

#include "app/enrolment/device_certificate.h"
#include "auth/device/posture.h"
#include "core/access/signals.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace app {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

}

DeviceHealth::DeviceHealth(std::string program, device::TpmSettings tpm, device::CertificateSettings certificate,
    const base::Clock& clock, base::Executor& deskThread)
    : m_program(std::move(program))
    , m_tpm(std::move(tpm))
    , m_certificate(std::move(certificate))
    , m_session{variable("HOME"), variable("XDG_CURRENT_DESKTOP")}
    , m_clock(clock)
    , m_deskThread(deskThread)
{
}

DeviceHealth::~DeviceHealth()
{
    m_stopping = true;
}

void DeviceHealth::ask(const stepup::QuoteBinding& binding, Answer answer)
{
    m_worker.post([this, binding, removed = m_tokenRemoved, answer = std::move(answer)]() mutable {
        if (m_stopping)
            return;
        m_deskThread.post([answer = std::move(answer), statement = collect(binding, removed)] { answer(statement); });
    });
}

stepup::ContextStatement DeviceHealth::collect(const stepup::QuoteBinding& binding, bool tokenRemoved)
{
    stepup::ContextStatement statement{m_program, {}};
    for (auto& [name, value] : device::collectPosture("/", m_session, m_clock.utc()))
        statement.posture.push_back({std::move(name), std::move(value)});
    statement.posture.push_back({zerotrust::attribute::TokenRemoved, tokenRemoved ? "yes" : "no"});
    std::sort(statement.posture.begin(), statement.posture.end(),
        [](const auto& one, const auto& other) { return one.name < other.name; });
    const auto nonce = stepup::quoteNonce(statement, binding);
    if (!nonce)
        return statement; // whoever sends it is told why it is not sound
    // A TPM that does not answer is as unknown as one that is not there; `countersign-cli device show` says why.
    if (!m_tpm.tcti.empty())
        if (auto quote = device::quoteTpm(m_tpm, *nonce))
            statement.quote =
                stepup::DeviceQuote{std::move(quote->attest), std::move(quote->signature), std::move(quote->pcrs)};
    // As with a TPM: a token that is not there, or does not sign, is one that is not known.
    if (m_certificate.isConfigured())
        if (auto shown = showCertificate(m_certificate, *nonce, ++m_sequence))
            statement.certificate = *std::move(shown);
    return statement;
}

}
