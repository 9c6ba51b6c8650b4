#pragma once

#include "core/fix/session_engine.h"

/// For the sources of FixSession::Engine only.
namespace fix {

/// Runs what calls QuickFIX or the store. Whatever they throw ends the session with a reason; numbers that started
/// again are told to the listener.
template <typename Action>
void FixSession::Engine::guarded(Action action)
{
    using base::Errc;
    using base::Error;
    const auto hangUp = [this](const std::string& why) {
        m_log.event(why);
        if (!m_reason)
            m_reason = Error{Errc::ProtocolViolation, why};
        try {
            m_session->disconnect();
        } catch (const std::exception& failure) {
            m_log.event(failure.what());
        }
        close(*m_reason);
    };
    try {
        action();
    } catch (const FIX::InvalidMessage& garbled) {
        m_log.event(std::string("ignored: ") + garbled.what());
    } catch (const FIX::IOException& failure) {
        m_reason = Error{Errc::Io, failure.what()};
        hangUp(failure.what());
    } catch (const std::exception& failure) {
        hangUp(failure.what());
    } catch (...) {
        hangUp("unknown failure of the session");
    }
    if (std::exchange(m_switches.wasReset, false)) {
        m_early.clear();
        m_earlyBytes = 0;
        m_gap.clear();
        m_replay.reset();
        m_listener.onNumbersReset();
    }
}

}
