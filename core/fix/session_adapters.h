#pragma once

#include "core/fix/message_log.h"
#include "core/fix/message_store.h"
#include "core/fix/quickfix.h"

#include <memory>
#include <set>
#include <string>

namespace fix {

/// What the session and its StoreAdapter tell each other about the store QuickFIX uses.
struct StoreSwitches {
    bool holdTarget = false; ///< the number expected of the peer stays: QuickFIX looks at a message out of order
    bool wasReset = false; ///< both numbers were put back to 1; cleared by whoever has noticed
};

/// Gives QuickFIX a MessageStore of ours. Throws nothing but FIX::IOException: anything else would end the process.
class StoreAdapter final : public FIX::MessageStore {
public:
    StoreAdapter(fix::MessageStore& store, const std::set<std::string>& kept, StoreSwitches& switches)
        : m_store(store)
        , m_kept(kept)
        , m_switches(switches)
    {
    }

    bool set(int seqNum, const std::string& message) override;
    void get(int first, int last, std::vector<std::string>& messages) const override;
    int getNextSenderMsgSeqNum() const override { return m_store.nextSender(); }
    int getNextTargetMsgSeqNum() const override { return m_store.nextTarget(); }
    void setNextSenderMsgSeqNum(int number) override;
    void setNextTargetMsgSeqNum(int number) override;
    void incrNextSenderMsgSeqNum() override { setNextSenderMsgSeqNum(m_store.nextSender() + 1); }
    void incrNextTargetMsgSeqNum() override { setNextTargetMsgSeqNum(m_store.nextTarget() + 1); }
    /// See nonStop().
    FIX::UtcTimeStamp getCreationTime() const override;
    void reset() override;
    void refresh() override { }

private:
    fix::MessageStore& m_store;
    const std::set<std::string>& m_kept;
    StoreSwitches& m_switches;
};

/// Hands out the one store, which it does not own.
class StoreFactory final : public FIX::MessageStoreFactory {
public:
    StoreFactory(fix::MessageStore& store, const std::set<std::string>& kept, StoreSwitches& switches)
        : m_store(store)
        , m_kept(kept)
        , m_switches(switches)
    {
    }
    FIX::MessageStore* create(const FIX::SessionID& session) override;
    void destroy(FIX::MessageStore* store) override { delete store; }

private:
    fix::MessageStore& m_store;
    const std::set<std::string>& m_kept;
    StoreSwitches& m_switches;
};

/// Gives QuickFIX a MessageLog of ours, and remembers what it said last: the reason when it hangs up.
class LogAdapter final : public FIX::Log {
public:
    explicit LogAdapter(MessageLog& log)
        : m_log(log)
    {
    }
    void clear() override { }
    void backup() override { }
    void onIncoming(const std::string& message) override { m_log.incoming(message); }
    void onOutgoing(const std::string& message) override { m_log.outgoing(message); }
    void onEvent(const std::string& text) override;
    [[nodiscard]] const std::string& lastEvent() const { return m_lastEvent; }

private:
    MessageLog& m_log;
    std::string m_lastEvent;
};

class LogFactory final : public FIX::LogFactory {
public:
    explicit LogFactory(LogAdapter& log)
        : m_log(log)
    {
    }
    FIX::Log* create() override { return &m_log; }
    FIX::Log* create(const FIX::SessionID& session) override;
    void destroy(FIX::Log* log) override;

private:
    LogAdapter& m_log;
};

/// A session time that never ends. QuickFIX 1.15.1 has no such setting: from 00:00:00 to 00:00:00 it resets both
/// sequence numbers at midnight UTC, and a week from one day to itself does so on Sundays. It judges a moment by
/// whether it lies in the same stretch as the store's creation time; so the stretch here begins a nanosecond after it
/// ends, which leaves out no time of day, and StoreAdapter says it was created a second from now, which every moment is
/// near to.
[[nodiscard]] FIX::TimeRange nonStop();

/// Our dictionary with what QuickFIX is told to let pass: one for all sessions, which nobody changes.
[[nodiscard]] std::shared_ptr<FIX::DataDictionary> fix44();

}
