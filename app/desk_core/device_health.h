#pragma once

#include "app/desk_core/context_source.h"
#include "auth/device/certificate_key.h"
#include "auth/device/screen_lock.h"
#include "auth/device/tpm.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/worker.h"

#include <atomic>
#include <string>

namespace app {

/// This workstation's health: its posture, anew for each connection, the quote of its TPM and a signature by its
/// certificate's key where there are such. A thread of its own reads files and speaks to TPM and token; asked on the
/// desk's thread.
class DeviceHealth final : public ContextSource {
public:
    /// `program` with its version. `clock` and `deskThread` must outlive it, and what it posts there.
    DeviceHealth(std::string program, device::TpmSettings tpm, device::CertificateSettings certificate,
        const base::Clock& clock, base::Executor& deskThread);
    /// Waits for what is under way: a TPM or token has some seconds to answer.
    ~DeviceHealth() override;

    void ask(const stepup::QuoteBinding& binding, Answer answer) override;
    /// Whether the card of who is signed in was gone since their latest touch; said in what is asked for from now on.
    void setTokenRemoved(bool removed) { m_tokenRemoved = removed; }

private:
    [[nodiscard]] stepup::ContextStatement collect(const stepup::QuoteBinding& binding, bool tokenRemoved);

    const std::string m_program;
    const device::TpmSettings m_tpm;
    device::CertificateKey m_certificate; ///< the worker's
    std::uint64_t m_sequence = 0; ///< the worker's
    const device::DesktopSession m_session;
    const base::Clock& m_clock;
    base::Executor& m_deskThread;
    bool m_tokenRemoved = false; ///< the desk's thread
    std::atomic<bool> m_stopping = false;
    base::Worker m_worker; ///< last: it uses the others
};

}
