#include "app/desk_core/access_desk.h"

#include <iterator>
#include <utility>

/// What others than the armed tickets ask of an enforcement point.
namespace app {

std::optional<AccessDesk::Open> AccessDesk::open(const rfq::SessionId& session) const
{
    const auto found = m_lines.find(session);
    if (found == m_lines.end() || found->second.connection == 0 || !m_present)
        return std::nullopt;
    const Line& line = found->second;
    return Open{line.connection, line.user, connectionOf(line)};
}

void AccessDesk::ask(
    const rfq::SessionId& session, fix::UserRequestType type, const std::string& payload, Answered answered)
{
    if (!open(session))
        return answered(nullptr);
    std::string id = say(session, type, payload);
    m_asked.emplace(std::move(id), Asked{session, std::move(answered)});
}

void AccessDesk::dropAsked(const rfq::SessionId* session)
{
    std::map<std::string, Asked> ended;
    for (auto one = m_asked.begin(); one != m_asked.end();) {
        const auto next = std::next(one);
        if (!session || one->second.session == *session)
            ended.insert(m_asked.extract(one));
        one = next;
    }
    for (const auto& [id, asked] : ended)
        asked.answered(nullptr);
}

}
