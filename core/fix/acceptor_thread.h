#pragma once

#include "core/base/inbox.h"
#include "core/fix/accepted_peer.h"
#include "core/fix/acceptor.h"
#include "core/fix/framer.h"
#include "core/fix/handshakes.h"
#include "core/tls/file_watch.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace fix {

/// The acceptor's one thread: listener, connections without a session yet, and the sessions.
class FixAcceptor::Thread {
public:
    Thread(AcceptorSettings settings, std::shared_ptr<tls::Context> context, tls::Socket listener,
        base::Inbox<AcceptorEvent>& events, const base::Clock& clock);
    ~Thread();
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    /// Opens every configured session, then starts the thread. Errors: Io, Configuration.
    [[nodiscard]] base::Status start();
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const tls::TrustPolicy& trust() const { return m_settings.trust; }
    [[nodiscard]] const std::string& stapleFile() const { return m_settings.stapleFile; }

    struct Admit {
        std::uint64_t ticket = 0;
    };
    struct TurnAway {
        std::uint64_t ticket = 0;
        std::string words;
    };
    struct Send {
        rfq::SessionId session;
        WireMessage message;
        std::uint64_t receipt = 0;
    };
    struct LogOut {
        rfq::SessionId session;
        std::string reason;
    };
    struct Prove {
        rfq::SessionId session;
        std::chrono::milliseconds patience;
    };
    struct Drop {
        rfq::SessionId session;
    };
    struct Refuse {
        rfq::SessionId session;
        SessionRejection rejection;
    };
    struct Forget {
        rfq::SessionId session;
    };
    struct Reset {
        rfq::SessionId session;
    };
    /// Another certificate for those who connect from now on.
    struct Present {
        std::shared_ptr<tls::Context> context;
    };
    struct End { };
    struct Handshaken {
        std::string address;
        base::Result<tls::Stream> result;
    };
    using Order =
        std::variant<Admit, TurnAway, Send, LogOut, Prove, Drop, Refuse, Forget, Reset, Present, End, Handshaken>;
    void drained();
    void post(Order order) { m_orders.post(std::move(order)); }

private:
    /// Through TLS, but its first message has not come.
    struct Stranger {
        tls::Stream stream;
        base::SteadyTime due;
        Framer framer;
        std::string bytes;
    };
    /// Its Logon has come, and somebody is asked whether it may be that session.
    struct Applicant {
        Stranger stranger;
        AcceptedPeer* peer = nullptr;
    };
    void run();
    void waitAndServe();
    void accept();
    void obey(Order order);
    /// Does it to that session, if there is one of that name.
    template <typename Action>
    void with(const rfq::SessionId& name, Action action)
    {
        if (AcceptedPeer* peer = find(name))
            action(*peer);
    }
    void end();
    void onHandshaken(Handshaken news);
    void endStrangersInTime();
    /// Whom a new revocation list names has to go.
    void lookAtRevocations();
    /// False once the stranger is no stranger any more.
    [[nodiscard]] bool listenTo(Stranger& stranger);
    void judge(Stranger& stranger, std::string_view logon);
    /// The certificate is bound to the CompID.
    void admit(Stranger& stranger, AcceptedPeer& peer);
    void ask(Stranger& stranger, AcceptedPeer& peer);
    void obey(const TurnAway& order);
    void say(tls::Stream& stranger, const LogonIdentity& peer, const std::string& words);
    [[nodiscard]] std::optional<Applicant> takeApplicant(std::uint64_t ticket);
    void refuse(const tls::Stream& stranger, base::Error reason);
    [[nodiscard]] AcceptedPeer* find(const rfq::SessionId& name);
    [[nodiscard]] bool isQuiet() const;
    void holdBack();

    const AcceptorSettings m_settings;
    std::shared_ptr<tls::Context> m_context;
    tls::Socket m_listener;
    const std::uint16_t m_port;
    base::Inbox<AcceptorEvent>& m_events;
    const base::Clock& m_clock;
    tls::Waker m_waker;
    std::atomic<std::uint64_t> m_timesDrained = 0;
    std::atomic<bool> m_isHolding = false; ///< a client that is not read waits for drained()
    base::Inbox<Order> m_orders;
    std::vector<std::unique_ptr<AcceptedPeer>> m_peers;
    std::map<rfq::SessionId, AcceptedPeer*> m_byName;
    std::map<std::pair<std::string, std::string>, AcceptedPeer*> m_byCompIds; ///< theirs, ours
    std::list<Stranger> m_strangers;
    std::map<std::uint64_t, Applicant> m_applicants; ///< by ticket
    std::uint64_t m_lastTicket = 0;
    base::SteadyTime m_acceptAgain{}; ///< not before
    tls::FileWatch m_revocations; ///< of nothing where no list is configured
    base::SteadyTime m_lookAgain{}; ///< at that
    std::optional<base::SteadyTime> m_endBy; ///< when logouts at the end are given up
    Handshakes m_handshakes; ///< its threads post orders
    std::thread m_thread; ///< last: everything above stands before it runs
};

}
