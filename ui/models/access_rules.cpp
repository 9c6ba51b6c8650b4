#include "ui/models/access_rules.h"

#include "core/rfq/access.h"
#include "ui/models/access_text.h"
#include "ui/models/desk_model.h"
#include "ui/models/format.h"
#include "ui/models/rfq_view.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::AccessRules)
};

/// Null where no access policy is about this dealer's session.
const rfq::AccessState* accessOf(DeskModel& desk, const rfq::DealerId& dealer)
{
    const auto* known = findDealer(desk.service().settings(), dealer);
    if (!desk.access() || !known)
        return nullptr;
    const auto found = desk.access()->sessions().find(known->session);
    return found == desk.access()->sessions().end() ? nullptr : &found->second;
}

}

base::Status canDeal(DeskModel& desk, const rfq::Click& click)
{
    if (const base::Status good = desk.service().canAccept(click); !good)
        return good;
    const auto* access = accessOf(desk, click.dealer);
    return access ? rfq::mayDeal(*access) : base::Status(base::Ok{});
}

QString accessObstacle(DeskModel& desk, const rfq::DealerId& dealer)
{
    const auto* access = accessOf(desk, dealer);
    return !access || rfq::mayDeal(*access) ? QString() : dealingObstacleText(*access);
}

QString approvalText(const DeskModel& desk, const rfq::RfqId& request)
{
    if (!desk.access())
        return {};
    for (const auto& [session, approval] : desk.access()->approvals()) {
        if (approval.rfq != request)
            continue;
        switch (approval.phase) {
        case rfq::QuoteApprovalPhase::Asking:
            return Words::tr("Nothing was dealt: a touch is needed for this price. Asking for it…");
        case rfq::QuoteApprovalPhase::StepUp:
            return Words::tr("Nothing was dealt: approve this price with your security key.");
        case rfq::QuoteApprovalPhase::Answering:
            return Words::tr("Your touch for this price is being checked…");
        case rfq::QuoteApprovalPhase::Approved:
            return Words::tr("Approved with your touch: click this price once more before it ends.");
        case rfq::QuoteApprovalPhase::Refused:
            return approval.problem ? Words::tr("This price is not approved: %1").arg(text(approval.problem->detail))
                                    : QString();
        }
    }
    return {};
}

}
