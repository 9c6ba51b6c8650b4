#include "ui/widgets/arm_control.h"

#include "ui/models/access_text.h"
#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/widgets/chevron.h"
#include "ui/widgets/controls.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int Minutes[] = {2, 5, 10};
constexpr int Uses = 5;

bool isOnItsWay(rfq::ArmPhase phase)
{
    return phase == rfq::ArmPhase::Asking || phase == rfq::ArmPhase::StepUp || phase == rfq::ArmPhase::Answering;
}

}

ArmControl::ArmControl(const Theme& theme, DeskModel& desk, rfq::AccessControl& access, Draft draft, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_access(access)
    , m_draft(std::move(draft))
    , m_state(label(u"armState"_s, this))
    , m_scope(label(u"armScope"_s, this))
    , m_left(label(u"armLeft"_s, this))
    , m_message(label(u"armMessage"_s, this))
    , m_life(new WithChevron<QComboBox>(theme, this))
    , m_arm(pushButton(u"arm"_s, tr("Arm with touch"), {}, this))
    , m_disarm(pushButton(u"disarm"_s, tr("Disarm"), {}, this))
{
    setObjectName(u"armControl"_s);
    build();
    connect(m_arm, &QPushButton::clicked, this, &ArmControl::arm);
    connect(m_disarm, &QPushButton::clicked, this, &ArmControl::disarm);
    connect(&m_desk, &DeskModel::frame, this, &ArmControl::refresh);
    refresh();
}

void ArmControl::build()
{
    m_life->setObjectName(u"armLife"_s);
    m_life->setAccessibleName(tr("How long the ticket is armed"));
    for (const int minutes : Minutes)
        m_life->addItem(tr("%n minutes", nullptr, minutes), minutes);
    m_life->setCurrentIndex(1);
    m_arm->setToolTip(
        tr("One touch on your security key now; then deals within this amount, limit and panel need none"));
    m_state->setFont(m_theme.font(TextSize::Normal, QFont::DemiBold));
    for (auto* text : {m_scope, m_left, m_message})
        text->setWordWrap(true);
    setTone(*m_scope, u"small"_s);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(grid::Small);
    row->addWidget(m_life);
    row->addWidget(m_arm, 1);
    row->addWidget(m_disarm, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, grid::Step, 0, 0);
    column->setSpacing(grid::Small);
    column->addWidget(caption(tr("Deal without another touch"), m_life, this));
    column->addWidget(m_state);
    column->addWidget(m_scope);
    column->addWidget(m_left);
    column->addWidget(m_message);
    column->addLayout(row); // last: it stays where it is while words come and go above it
}

const rfq::ArmedTicket* ArmControl::ticket() const
{
    const rfq::ArmedTicket* found = nullptr;
    for (const auto& [session, one] : m_access.tickets()) {
        if (one.phase == rfq::ArmPhase::Armed || isOnItsWay(one.phase))
            return &one;
        if (one.id == m_mine)
            found = &one;
    }
    return found;
}

void ArmControl::refresh()
{
    const auto* one = ticket();
    const bool live = one && (one->phase == rfq::ArmPhase::Armed || isOnItsWay(one->phase));
    const auto* focused = window()->focusWidget();
    const bool holdsFocus = focused && isAncestorOf(focused);
    m_state->setVisible(one);
    m_scope->setVisible(live);
    m_left->setVisible(one && one->phase == rfq::ArmPhase::Armed);
    m_life->setVisible(!live);
    m_arm->setVisible(!live);
    m_disarm->setVisible(live);
    if (holdsFocus && focused->isHidden()) // or the next control would have it: a key meant for this would go there
        (live ? m_disarm : m_arm)->setFocus(Qt::OtherFocusReason);
    if (one)
        showTicket(*one);
    m_message->setVisible(!m_message->text().isEmpty());
    const auto phase = one ? std::optional(one->phase) : std::nullopt;
    const bool isMine = one && one->id == m_mine;
    if (std::exchange(m_phase, phase) != phase && isMine)
        bringIntoSight();
}

void ArmControl::bringIntoSight()
{
    // Once it has its new height.
    QTimer::singleShot(0, this, [this] {
        for (auto* host = parentWidget(); host; host = host->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(host); area && area->widget()) {
                area->widget()->layout()->activate();
                return area->ensureVisible(0, mapTo(area->widget(), rect().bottomLeft()).y(), 0, grid::Panel);
            }
    });
}

void ArmControl::showTicket(const rfq::ArmedTicket& one)
{
    m_state->setText(one.phase == rfq::ArmPhase::Armed ? u"✓ "_s + armPhaseText(one.phase) : armPhaseText(one.phase));
    setTone(*m_state, one.phase == rfq::ArmPhase::Armed ? u"good"_s : u"warning"_s);
    m_scope->setText(armScopeText(one.scope, m_desk.service().settings()));
    m_left->setText(
        tr("%1 left · %2 %3 · %n deals", nullptr, static_cast<int>(one.usesLeft))
            .arg(countdownText(one.ends - m_desk.clock().steady()), amountText(one.left), text(one.scope.currency)));
    const bool ended = one.phase == rfq::ArmPhase::Refused || one.phase == rfq::ArmPhase::Over;
    if (ended && !one.problem) {
        setTone(*m_message, u"small"_s);
        return m_message->setText(tr("Used up: what it allowed was dealt or tried. Arm it again to go on."));
    }
    if (!ended)
        return m_message->clear();
    const auto words = errorText(one.problem->code);
    setTone(*m_message, u"small"_s);
    m_message->setText(words.title + u". " + text(one.problem->detail)
        + (one.notice && !one.notice->reference.empty() ? u' ' + tr("Reference %1.").arg(text(one.notice->reference))
                                                        : QString()));
}

base::Result<rfq::ArmScope> ArmControl::scope() const
{
    using base::Errc;
    const auto draft = m_draft();
    if (!draft)
        return draft.error();
    if (!draft->limit)
        return base::Error{
            Errc::InvalidInput, tr("Type a limit: the worst price at which you want to deal.").toStdString()};
    const auto& known = m_desk.service().settings();
    rfq::ArmScope scope;
    for (const auto& dealer : known.dealers) {
        const bool asked = std::ranges::find(draft->dealers, dealer.id) != draft->dealers.end();
        if (!asked || !m_access.sessions().contains(dealer.session))
            continue;
        if (!scope.session.empty() && scope.session != dealer.session)
            return base::Error{Errc::InvalidInput,
                tr("Choose dealers of one session: a ticket is armed at one counterparty.").toStdString()};
        scope.session = dealer.session;
        scope.dealers.push_back(dealer.id);
    }
    if (scope.dealers.empty())
        return base::Error{Errc::Refused, tr("None of the chosen dealers asks for a touch.").toStdString()};
    const auto instrument = std::ranges::find(known.instruments, draft->symbol, &rfq::Instrument::symbol);
    const auto date = m_desk.service().valueDate(*instrument, draft->settlement);
    if (!date)
        return date.error();
    scope.symbol = draft->symbol;
    scope.settlement = {draft->settlement.tenor, *date};
    scope.currency = draft->currency;
    scope.maxQuantity = draft->quantity;
    if (draft->side != rfq::RequestSide::Sell)
        scope.buyAtMost = draft->limit;
    if (draft->side != rfq::RequestSide::Buy)
        scope.sellAtLeast = draft->limit;
    scope.life = std::chrono::minutes(m_life->currentData().toInt());
    scope.uses = Uses;
    return scope;
}

void ArmControl::arm()
{
    m_message->clear();
    const auto wanted = scope();
    if (!wanted)
        return showError(wanted.error());
    const auto armed = m_access.arm(*wanted);
    if (!armed)
        return showError(armed.error());
    m_mine = *armed;
    refresh();
}

void ArmControl::disarm()
{
    if (const auto* one = ticket())
        m_access.disarm(one->scope.session);
    refresh();
}

void ArmControl::showError(const base::Error& error)
{
    setTone(*m_message, u"alarm"_s);
    m_message->setText(text(error.detail));
    m_message->show();
    bringIntoSight();
}

}
