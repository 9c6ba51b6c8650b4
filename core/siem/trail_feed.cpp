#include "core/siem/trail_feed.h"

#include "core/siem/syslog_message.h"

#include <utility>

namespace siem {

using base::Errc;
using base::Error;

TrailFeed::TrailFeed(std::filesystem::path trail, Origin origin, Format format)
    : m_trail(std::move(trail))
    , m_origin(std::move(origin))
    , m_format(format)
{
}

base::Status TrailFeed::startBehind(const audit::Position& position)
{
    m_read = 0;
    auto reader = audit::TrailReader::open(m_trail); // anew: another file may have taken the name
    if (!reader)
        return reader.error();
    m_reader = *std::move(reader);
    if (position.number == 0)
        return base::Ok{};
    const auto known = positionOf(position.number);
    if (!known && known.error().code != Errc::NotFound)
        return known.error();
    if (!known || *known != position)
        return Error{Errc::Stale,
            "record " + std::to_string(position.number) + " of the audit trail " + m_trail.string()
                + " is not the one that was sent: the trail is another one, and is sent from its start"};
    m_read = position.number;
    return base::Ok{};
}

base::Result<std::vector<TrailFeed::Frame>> TrailFeed::next(std::size_t most)
{
    const auto records = m_reader->records(m_read, most);
    if (!records)
        return records.error();
    std::vector<Frame> frames;
    frames.reserve(records->size());
    for (const audit::StoredRecord& stored : *records) {
        if (static_cast<std::int64_t>(stored.number) < 1)
            return Error{
                Errc::Refused, "the audit trail " + m_trail.string() + " has a row in front of its first record"};
        const auto entry = entryOf(stored);
        if (entry)
            m_lastTime = entry->numbered.record.time;
        frames.push_back({stored.number,
            framed(entry ? syslogMessage(*entry, m_origin, m_format)
                         : damageMessage(stored.number, m_lastTime, m_origin, m_format))});
        m_read = stored.number;
    }
    return frames;
}

base::Result<audit::Position> TrailFeed::positionOf(std::uint64_t number)
{
    const auto found = m_reader->records(number - 1, 1);
    if (!found)
        return found.error();
    const bool isThere = !found->empty() && found->front().number == number;
    const auto hash = isThere ? audit::hashOf(found->front().hash) : std::nullopt;
    if (!hash)
        return Error{Errc::NotFound, "the audit trail has no record " + std::to_string(number)};
    return audit::Position{number, *hash};
}

}
