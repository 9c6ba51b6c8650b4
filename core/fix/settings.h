#pragma once

#include "core/fix/session_schedule.h"
#include "core/rfq/counterparty.h"
#include "core/tls/context.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace fix {

/// When both sequence numbers start again at 1.
enum class SequenceReset {
    Never,
    AtLogon, ///< our Logon says so, with ResetSeqNumFlag(141)
    EachPeriod, ///< at the first connect in each period of the session's schedule; both ends do, nobody says so
};

/// Whether our Logon carries NextExpectedMsgSeqNum(789), with which the peer sends what we lack without being asked,
/// and tells us what it lacks. For counterparties that know the field.
enum class NextExpected { Omitted, Sent };

/// Who judges access to a session.
enum class AccessJudge {
    Counterparty, ///< its policy enforcement point, over the session
    Desk, ///< this desk, before it connects: the counterparty has no enforcement point
};

/// What the desk has to know of the policy enforcement point of a session to answer it.
struct AccessSettings {
    std::string rpId; ///< the domain under which security keys are enrolled there
    AccessJudge judge = AccessJudge::Counterparty;
};

/// One FIX session that the desk initiates.
struct SessionSettings {
    rfq::SessionId name;
    std::string host;
    std::uint16_t port = 0;
    std::string senderCompId;
    std::string targetCompId;
    tls::TrustPolicy trust;
    rfq::Profile profile;
    std::optional<rfq::DealerId> soleDealer; ///< set on a direct session: every quote on it is this dealer's
    std::chrono::seconds heartBtInt{30};
    std::chrono::milliseconds connectTimeout{10'000}; ///< connect and TLS handshake together
    std::chrono::milliseconds logonTimeout{10'000};
    std::chrono::milliseconds reconnectFirst{1'000}; ///< doubles with jitter up to reconnectMost
    std::chrono::milliseconds reconnectMost{60'000};
    SequenceReset reset = SequenceReset::Never;
    std::optional<AccessSettings> access; ///< set where an access policy decides who gets in
    NextExpected nextExpected = NextExpected::Omitted;
    SessionSchedule schedule; ///< outside of it nothing connects
    std::filesystem::path storeDirectory; ///< sequence numbers and sent application messages
    std::filesystem::path logDirectory; ///< empty: no message log
};

}
