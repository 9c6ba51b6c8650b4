#include "app/desk_core/access_session.h"

#include "core/fix/fix_time.h"

#include <algorithm>

namespace app {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

namespace {

constexpr auto LongestWait = 5min;

rfq::AccessOutcome outcomeOf(stepup::AccessOutcome outcome)
{
    switch (outcome) {
    case stepup::AccessOutcome::Allow:
        return rfq::AccessOutcome::Allow;
    case stepup::AccessOutcome::StepUp:
        return rfq::AccessOutcome::StepUp;
    case stepup::AccessOutcome::Deny:
        return rfq::AccessOutcome::Deny;
    case stepup::AccessOutcome::ViewOnly:
        return rfq::AccessOutcome::ViewOnly;
    }
    return rfq::AccessOutcome::Deny;
}

}

std::optional<AccessPeer> accessPeerOf(const fix::SessionSettings& settings)
{
    if (!settings.access)
        return std::nullopt;
    return AccessPeer{settings.targetCompId, settings.senderCompId + '>' + settings.targetCompId, settings.access->rpId,
        settings.profile.account.empty() ? settings.senderCompId : settings.profile.account};
}

rfq::AccessNotice accessNoticeOf(const stepup::Notice& notice, const std::string& text)
{
    rfq::AccessNotice told;
    told.outcome = outcomeOf(notice.outcome);
    told.score = notice.score;
    told.stepUpFrom = notice.stepUpFrom;
    told.denyFrom = notice.denyFrom;
    for (const stepup::ScoreLine& line : notice.lines)
        told.lines.push_back({line.attribute, line.condition, line.score, line.evidence});
    told.reference = notice.reference;
    told.evaluatedAt = notice.evaluatedAt;
    told.text = text;
    told.refusal = notice.refusal.value_or("");
    return told;
}

base::SteadyTime endOf(const stepup::Challenge& challenge, base::UtcTime evaluatedAt, base::SteadyTime received)
{
    const auto life = std::min<std::chrono::microseconds>(challenge.expires - evaluatedAt, LongestWait);
    return received + std::max<std::chrono::microseconds>(life, 0us);
}

base::Result<stepup::ArmTicket> ticketFor(const rfq::ArmScope& scope, const AccessPeer& peer, base::UtcTime from)
{
    if (scope.currency != scope.symbol.substr(0, scope.symbol.find('/')))
        return Error{Errc::InvalidInput,
            "a ticket is armed for amounts in the base currency of " + scope.symbol + ", not in " + scope.currency};
    if (scope.life <= 0s)
        return Error{Errc::InvalidInput, "a ticket is armed for a while"};
    stepup::ArmTicket ticket;
    ticket.instrument = scope.symbol;
    ticket.settlement = fix::formatDate(scope.settlement.date);
    ticket.account = peer.account;
    ticket.currency = scope.currency;
    ticket.maxQuantity = scope.maxQuantity;
    ticket.buyAtMost = scope.buyAtMost;
    ticket.sellAtLeast = scope.sellAtLeast;
    for (const rfq::DealerId& dealer : scope.dealers)
        ticket.dealers.push_back(dealer.text());
    std::sort(ticket.dealers.begin(), ticket.dealers.end());
    ticket.from = std::chrono::floor<std::chrono::seconds>(from);
    ticket.to = ticket.from + scope.life;
    ticket.uses = scope.uses;
    if (const base::Status sound = stepup::checkAction(ticket); !sound)
        return sound.error();
    return ticket;
}

}
