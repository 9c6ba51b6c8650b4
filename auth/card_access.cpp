#include "auth/card_access.h"

#include <algorithm>
#include <utility>

namespace auth {

namespace {

using base::Errc;
using base::Error;

constexpr std::size_t SlotDescriptionSize = 64;
constexpr int MostLooks = 3;
/// A watcher that has just begun, or a card that has just come: pcscd polls readers every few hundred milliseconds.
constexpr std::chrono::milliseconds UntilSeen{3'000};

std::optional<PivFacts> factsOf(Pcsc& pcsc, const std::string& reader)
{
    const auto channel = pcsc.connect(reader);
    if (!channel)
        return std::nullopt;
    const auto facts = readPivFacts(**channel);
    return facts ? std::optional(*facts) : std::nullopt;
}

}

bool isSlotOf(const std::string& reader, const std::string& slotDescription)
{
    std::string shown = reader.substr(0, SlotDescriptionSize);
    shown.erase(shown.find_last_not_of(' ') + 1);
    return !shown.empty() && shown == slotDescription;
}

CardAccess::CardAccess(PcscFactory pcsc, CardWatch::Listener listener)
    : m_factory(std::move(pcsc))
    , m_listener(std::move(listener))
    , m_pcsc(m_factory())
{
}

/// With a new context each time: one from before the service died is of no use.
base::Result<std::vector<std::string>> CardAccess::readers() const
{
    std::vector<std::string> found;
    auto answer = m_pcsc->establish();
    if (answer.outcome == PcscOutcome::Ok)
        answer = m_pcsc->listReaders(found);
    // One was plugged in or out between the two calls that make the list.
    for (int tries = 1; answer.outcome == PcscOutcome::UnknownReader && tries < MostLooks; ++tries)
        answer = m_pcsc->listReaders(found);
    if (answer.outcome == PcscOutcome::NoReader)
        return std::vector<std::string>();
    if (answer.outcome != PcscOutcome::Ok)
        return Error{Errc::TokenFailure, "the smartcard service (PC/SC) does not tell its readers: " + answer.text};
    return found;
}

/// For a look that may as well see nothing.
std::vector<std::string> CardAccess::readersIfAny() const
{
    auto found = readers();
    return found ? *std::move(found) : std::vector<std::string>();
}

base::Result<std::optional<SeatedCard>> CardAccess::find(const std::string& slotDescription) const
{
    auto all = readers();
    if (!all)
        return all.error();
    std::vector<std::string> names = *std::move(all);
    std::erase_if(names, [&](const std::string& name) { return !isSlotOf(name, slotDescription); });
    if (names.empty())
        return std::optional<SeatedCard>();
    if (names.size() > 1)
        return Error{Errc::KeyNotFound,
            "several readers are called " + slotDescription
                + "...: it is not certain which card is meant; unplug all "
                  "but one"};
    return std::optional(SeatedCard{names[0], factsOf(*m_pcsc, names[0])});
}

std::vector<ReaderState> CardAccess::states() const
{
    std::vector<ReaderState> states;
    for (const std::string& reader : readersIfAny())
        states.push_back({reader, 0, 0});
    if (!states.empty())
        static_cast<void>(m_pcsc->waitForChange(std::chrono::milliseconds(0), states));
    return states;
}

std::optional<Error> CardAccess::trouble() const
{
    const auto all = readers();
    return all ? std::nullopt : std::optional(all.error());
}

std::vector<std::string> CardAccess::heldByOthers() const
{
    constexpr std::uint32_t Exclusive = 0x80U; // SCARD_STATE_EXCLUSIVE
    std::vector<std::string> held;
    for (const ReaderState& state : states()) {
        if ((state.seen & Exclusive) != 0)
            held.push_back(state.reader);
    }
    return held;
}

bool CardAccess::haveChanged()
{
    // That somebody else begins or ends to use a card is no change.
    constexpr std::uint32_t cardAndCounter = 0xffff'0000U | 0x10U | 0x20U; // SCARD_STATE_EMPTY, SCARD_STATE_PRESENT
    std::vector<std::pair<std::string, std::uint32_t>> now;
    for (const ReaderState& state : states())
        now.emplace_back(state.reader, state.seen & cardAndCounter);
    const bool changed = m_known != now;
    m_known = std::move(now);
    return changed;
}

std::vector<SeatedCard> CardAccess::seated(const std::string& exceptReader) const
{
    std::vector<SeatedCard> found;
    for (const std::string& reader : readersIfAny()) {
        if (reader == exceptReader)
            continue;
        const auto channel = m_pcsc->connect(reader);
        if (!channel && channel.error().code == Errc::TokenAbsent)
            continue;
        const auto facts = channel ? readPivFacts(**channel) : base::Result<PivFacts>(channel.error());
        found.push_back({reader, facts ? std::optional(*facts) : std::nullopt});
    }
    return found;
}

base::Result<SeatedCard> CardAccess::onlyPivCard() const
{
    const auto all = readers();
    if (!all)
        return all.error();
    std::vector<SeatedCard> found;
    for (const std::string& reader : *all) {
        if (auto facts = factsOf(*m_pcsc, reader))
            found.push_back({reader, std::move(facts)});
    }
    if (found.empty())
        return Error{Errc::TokenAbsent, "no PIV card is plugged in, or another program is using it"};
    if (found.size() > 1)
        return Error{Errc::KeyNotFound, "several PIV cards are plugged in; take out all but the one that is meant"};
    return found[0];
}

base::Result<std::unique_ptr<CardChannel>> CardAccess::connect(const std::string& reader) const
{
    return m_pcsc->connect(reader);
}

void CardAccess::watchAll()
{
    if (!m_watch)
        m_watch = std::make_unique<CardWatch>(m_factory(), m_listener);
}

base::Result<CardStay> CardAccess::watch(const std::string& reader)
{
    watchAll();
    const auto stay = m_watch->stayIn(reader, UntilSeen);
    if (!stay)
        return Error{Errc::TokenAbsent, "no card is seen in reader " + reader};
    return *stay;
}

}
