#include "app/desk_core/counterparty_memory.h"

#include "core/stepup/bytes.h"
#include "core/store/durable_file.h"
#include "core/store/text_file.h"

#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace app {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t Largest = 1U << 20U;

zerotrust::Signal changed(const char* name, const std::string* before, const std::string& now, const char* what)
{
    const bool differs = before == nullptr || *before != now;
    std::string evidence = before == nullptr ? "nobody was let in there before" : "as the last time";
    if (before != nullptr && differs)
        evidence = std::string(what) + " changed since the last time";
    return zerotrust::yesOrNo(name, differs, zerotrust::Source::Seen, std::move(evidence));
}

}

CounterpartyMemory::CounterpartyMemory(std::filesystem::path file)
    : m_file(std::move(file))
{
    const auto text = store::readTextFile(m_file, Largest);
    if (!text)
        return;
    std::istringstream lines(*text);
    std::string session;
    Known known;
    while (std::getline(lines, session, '\t') && std::getline(lines, known.endpoint, '\t')
        && std::getline(lines, known.trust))
        m_known[session] = known;
}

CounterpartyMemory::Known CounterpartyMemory::knownOf(const fix::SessionSettings& session)
{
    // A file of anchors that cannot be read connects nowhere anyway.
    std::string trust =
        store::readTextFile(session.trust.caFile, Largest).value_or("") + '\n' + session.trust.serverName;
    for (const std::string& pin : session.trust.pins)
        trust += "\npin " + pin;
    for (const std::string& pin : session.trust.nextPins)
        trust += "\nnext " + pin;
    return {
        session.host + ':' + std::to_string(session.port), stepup::base64Url(stepup::sha256(stepup::bytesOf(trust)))};
}

std::vector<zerotrust::Signal> CounterpartyMemory::signalsAbout(const fix::SessionSettings& session) const
{
    const auto found = m_known.find(session.name.text());
    const Known now = knownOf(session);
    const Known* before = found == m_known.end() ? nullptr : &found->second;
    return {changed(attribute::EndpointChanged, before ? &before->endpoint : nullptr, now.endpoint,
                "the counterparty's address"),
        changed(attribute::PinsChanged, before ? &before->trust : nullptr, now.trust,
            "the counterparty's trust anchors, name or pins")};
}

base::Status CounterpartyMemory::remember(const fix::SessionSettings& session)
{
    Known now = knownOf(session);
    const auto found = m_known.find(session.name.text());
    if (found != m_known.end() && found->second == now)
        return base::Ok{};
    m_known[session.name.text()] = std::move(now);
    return write();
}

base::Status CounterpartyMemory::write() const
{
    const std::filesystem::path next = m_file.string() + ".new";
    std::error_code absent;
    std::filesystem::remove(next, absent);
    if (const base::Status made = store::createPrivateFile(next); !made)
        return made;
    std::ofstream out(next, std::ios::trunc);
    for (const auto& [session, known] : m_known)
        out << session << '\t' << known.endpoint << '\t' << known.trust << '\n';
    out.close();
    if (!out)
        return Error{Errc::Io, next.string() + " cannot be written"};
    if (const base::Status synced = store::syncFile(next); !synced)
        return synced;
    return store::renameDurably(next, m_file);
}

}
