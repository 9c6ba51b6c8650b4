#include "core/stepup/grant_ledger.h"

#include <algorithm>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using MaybeRefused = std::optional<GrantRefused>;

MaybeRefused checkTerms(const ArmTicket& ticket, const Spending& spending)
{
    if (spending.instrument != ticket.instrument)
        return GrantRefused{GrantRefusal::OtherInstrument, "the armed ticket is for " + ticket.instrument};
    if (spending.settlement != ticket.settlement)
        return GrantRefused{GrantRefusal::OtherSettlement, "the armed ticket settles " + ticket.settlement};
    if (spending.account != ticket.account)
        return GrantRefused{GrantRefusal::OtherAccount, "the armed ticket is for the account " + ticket.account};
    if (spending.currency != ticket.currency)
        return GrantRefused{GrantRefusal::OtherCurrency, "the armed ticket is in " + ticket.currency};
    if (!std::binary_search(ticket.dealers.begin(), ticket.dealers.end(), spending.dealer))
        return GrantRefused{GrantRefusal::OtherDealer, "the dealer is not on the panel of the armed ticket"};
    return std::nullopt;
}

MaybeRefused checkPrice(const ArmTicket& ticket, Side side, const base::Decimal& price)
{
    const GrantRefused otherSide{GrantRefusal::OtherSide, "the armed ticket does not allow this side"};
    const auto worse = [](const char* limit, const base::Decimal& worst) {
        return GrantRefused{GrantRefusal::PriceWorse,
            "the price is " + std::string(limit) + " the worst of the armed ticket, " + worst.text()};
    };
    switch (side) {
    case Side::Buy:
        if (!ticket.buyAtMost)
            return otherSide;
        if (price > *ticket.buyAtMost)
            return worse("above", *ticket.buyAtMost);
        return std::nullopt;
    case Side::Sell:
        if (!ticket.sellAtLeast)
            return otherSide;
        if (price < *ticket.sellAtLeast)
            return worse("below", *ticket.sellAtLeast);
        return std::nullopt;
    }
    return otherSide;
}

}

const char* refusalName(GrantRefusal refusal)
{
    switch (refusal) {
    case GrantRefusal::Malformed:
        return "malformed";
    case GrantRefusal::SealWrong:
        return "seal-wrong";
    case GrantRefusal::Unknown:
        return "unknown";
    case GrantRefusal::OtherUser:
        return "other-user";
    case GrantRefusal::OtherCertificate:
        return "other-certificate";
    case GrantRefusal::NotYetValid:
        return "not-yet-valid";
    case GrantRefusal::Expired:
        return "expired";
    case GrantRefusal::OtherInstrument:
        return "other-instrument";
    case GrantRefusal::OtherSettlement:
        return "other-settlement";
    case GrantRefusal::OtherAccount:
        return "other-account";
    case GrantRefusal::OtherCurrency:
        return "other-currency";
    case GrantRefusal::OtherDealer:
        return "other-dealer";
    case GrantRefusal::OtherSide:
        return "other-side";
    case GrantRefusal::PriceWorse:
        return "price-worse";
    case GrantRefusal::QuantityNotPositive:
        return "quantity-not-positive";
    case GrantRefusal::AcceptanceRepeated:
        return "acceptance-repeated";
    case GrantRefusal::UsesSpent:
        return "uses-spent";
    case GrantRefusal::QuantitySpent:
        return "quantity-spent";
    }
    return "unknown";
}

GrantLedger::GrantLedger(const base::Clock& clock, RandomSource& random, const GrantKey& key, GrantLimits limits)
    : m_clock(clock)
    , m_random(random)
    , m_key(key)
    , m_limits(limits)
{
}

base::Status GrantLedger::checkRoom(const UserId& user)
{
    std::erase_if(m_entries, [now = m_clock.steady()](const auto& entry) { return now >= entry.second.deadline; });
    const auto ofUser = std::count_if(
        m_entries.begin(), m_entries.end(), [&](const auto& entry) { return entry.second.grant.user == user; });
    if (static_cast<std::size_t>(ofUser) >= m_limits.perUser || m_entries.size() >= m_limits.total)
        return Error{Errc::LimitExceeded, "too many tickets are armed: let one end, or disarm one"};
    return base::Ok{};
}

base::Result<std::string> GrantLedger::issue(const Approval& approval, const CertificateFingerprint& certificate)
{
    const auto* ticket = std::get_if<ArmTicket>(&approval.action);
    if (!ticket)
        return Error{Errc::Refused, "what was approved is not an armed ticket"};
    const base::UtcTime now = m_clock.utc();
    if (now >= ticket->to)
        return Error{Errc::Expired, "the window of the armed ticket is over"};
    if (ticket->to - now > m_limits.maxLife)
        return Error{Errc::LimitExceeded,
            "the armed ticket ends more than " + std::to_string(m_limits.maxLife.count()) + " s from now"};
    if (auto room = checkRoom(approval.user); !room)
        return room.error();
    Grant grant{.id = {}, .user = approval.user, .certificate = certificate, .issuedAt = now, .ticket = *ticket};
    if (!m_random.fill(grant.id) || m_entries.contains(grant.id))
        return Error{Errc::Internal, "the random number generator failed: no grant can be issued"};
    auto sealed = m_key.seal(grant);
    if (!sealed)
        return sealed.error();
    m_entries.emplace(grant.id,
        Entry{.grant = grant, .deadline = m_clock.steady() + (ticket->to - now), .spent = {}, .acceptances = {}});
    return sealed;
}

MaybeRefused GrantLedger::cover(Entry& entry, const Peer& peer, const Spending& spending) const
{
    const ArmTicket& ticket = entry.grant.ticket;
    if (entry.grant.user != peer.user)
        return GrantRefused{GrantRefusal::OtherUser, "the armed ticket is another person's"};
    if (!equalInConstantTime(entry.grant.certificate, peer.certificate))
        return GrantRefused{GrantRefusal::OtherCertificate, "the ticket was armed under another certificate"};
    if (m_clock.utc() < ticket.from)
        return GrantRefused{GrantRefusal::NotYetValid, "the window of the armed ticket has not begun"};
    if (m_clock.utc() >= ticket.to || m_clock.steady() >= entry.deadline)
        return GrantRefused{GrantRefusal::Expired, "the window of the armed ticket is over"};
    if (auto refused = checkTerms(ticket, spending))
        return refused;
    if (auto refused = checkPrice(ticket, spending.side, spending.price))
        return refused;
    if (spending.quantity <= base::Decimal())
        return GrantRefused{GrantRefusal::QuantityNotPositive, "the quantity is not above zero"};
    if (entry.acceptances.contains(spending.acceptanceId))
        return GrantRefused{
            GrantRefusal::AcceptanceRepeated, "this acceptance was already taken out of the armed ticket"};
    if (entry.acceptances.size() >= ticket.uses)
        return GrantRefused{GrantRefusal::UsesSpent, "every acceptance that the armed ticket allows was made"};
    const auto spent = base::Decimal::add(entry.spent, spending.quantity);
    if (!spent || *spent > ticket.maxQuantity)
        return GrantRefused{GrantRefusal::QuantitySpent, "the quantity is more than what is left of the armed ticket"};
    entry.acceptances.insert(spending.acceptanceId);
    entry.spent = *spent;
    return std::nullopt;
}

MaybeRefused GrantLedger::spend(std::string_view sealed, const Peer& peer, const Spending& spending)
{
    const auto grant = m_key.open(sealed);
    if (!grant)
        return GrantRefused{grant.error().code == Errc::Refused ? GrantRefusal::SealWrong : GrantRefusal::Malformed,
            grant.error().detail};
    const auto entry = m_entries.find(grant->id);
    if (entry == m_entries.end())
        return GrantRefused{GrantRefusal::Unknown, "the armed ticket has ended or was disarmed"};
    return cover(entry->second, peer, spending);
}

std::optional<base::Decimal> GrantLedger::left(const GrantId& id) const
{
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end())
        return std::nullopt;
    const auto left = base::Decimal::subtract(entry->second.grant.ticket.maxQuantity, entry->second.spent);
    return left ? std::optional(*left) : std::nullopt;
}

void GrantLedger::revoke(const UserId& user)
{
    std::erase_if(m_entries, [&](const auto& entry) { return entry.second.grant.user == user; });
}

void GrantLedger::revoke(const GrantId& id)
{
    m_entries.erase(id);
}

}
