#include "core/fix/session_adapters.h"

#include "core/fix/dictionary.h"
#include "core/fix/raw_message.h"

namespace fix {

namespace {

void orThrow(const base::Status& status)
{
    if (!status)
        throw FIX::IOException(status.error().detail);
}

}

bool StoreAdapter::set(int seqNum, const std::string& message)
{
    const auto parts = takeApart(message);
    if (parts && m_kept.contains(parts->body.type))
        orThrow(m_store.keep(seqNum, message));
    return true;
}

void StoreAdapter::get(int first, int last, std::vector<std::string>& messages) const
{
    auto kept = m_store.kept(first, last);
    if (!kept)
        throw FIX::IOException(kept.error().detail);
    messages = *std::move(kept);
}

void StoreAdapter::setNextSenderMsgSeqNum(int number)
{
    orThrow(m_store.setNextSender(number));
}

void StoreAdapter::setNextTargetMsgSeqNum(int number)
{
    if (!m_switches.holdTarget)
        orThrow(m_store.setNextTarget(number));
}

FIX::UtcTimeStamp StoreAdapter::getCreationTime() const
{
    FIX::UtcTimeStamp soon;
    soon += 1;
    return soon;
}

void StoreAdapter::reset()
{
    orThrow(m_store.reset());
    m_switches.wasReset = true;
}

FIX::MessageStore* StoreFactory::create(const FIX::SessionID& /*session*/)
{
    return new StoreAdapter(m_store, m_kept, m_switches);
}

void LogAdapter::onEvent(const std::string& text)
{
    m_log.event(text);
    if (text != "Disconnecting")
        m_lastEvent = text;
}

FIX::Log* LogFactory::create(const FIX::SessionID& /*session*/)
{
    return &m_log;
}

void LogFactory::destroy(FIX::Log* /*log*/)
{
    // Owned by whoever made this factory.
}

FIX::TimeRange nonStop()
{
    constexpr int Nanoseconds = 9;
    return {FIX::UtcTimeOnly(0, 0, 0, 1, Nanoseconds), FIX::UtcTimeOnly(0, 0, 0, 0, Nanoseconds)};
}

std::shared_ptr<FIX::DataDictionary> fix44()
{
    // Read once: it costs more than all else that a session needs, and a venue has a thousand of them. QuickFIX only
    // reads it, from whatever thread; what it would work out later is for field orders, which are not kept here.
    static const std::shared_ptr<FIX::DataDictionary> shared = [] {
        std::istringstream text{std::string(fix44Dictionary())};
        auto dictionary = std::make_shared<FIX::DataDictionary>(text);
        dictionary->allowUnknownMsgFields(true);
        dictionary->checkUserDefinedFields(false);
        dictionary->checkFieldsOutOfOrder(false);
        return dictionary;
    }();
    return shared;
}

}
