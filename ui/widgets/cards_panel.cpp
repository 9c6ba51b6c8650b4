#include "ui/widgets/cards_panel.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/rfq_card.h"

#include <QApplication>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t MaxCards = 40;

}

CardsPanel::CardsPanel(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_notice(label(u"cardsNotice"_s, this))
    , m_empty(label(u"cardsEmpty"_s, this))
    , m_scroll(new QScrollArea(this))
    , m_list(new QWidget)
    , m_layout(new QVBoxLayout(m_list))
{
    setObjectName(u"cardsPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    build();
    const auto& service = desk.service();
    for (const auto& id : service.rfqs()) {
        const auto* rfq = service.find(id);
        if (rfq && rfq::isOver(rfq->state))
            m_past.insert(id);
        else
            addCard(id);
    }
    connect(&desk, &DeskModel::rfqsChanged, this, &CardsPanel::refresh);
    connect(&desk, &DeskModel::dealingChanged, this, [this] {
        for (auto* card : m_cards)
            card->tick();
    });
    connect(&desk, &DeskModel::frame, this, [this] {
        for (auto* card : m_cards) {
            if (!card->view().over)
                card->tick();
        }
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { followFocus(now); });
    arrange();
}

void CardsPanel::build()
{
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 0, 0);
    auto* title = label(u"panelTitle"_s, this, tr("REQUESTS"));
    bar->addWidget(title);
    bar->addSpacing(grid::Wide);
    auto* tabs = new QButtonGroup(this);
    for (auto* tab :
        {addTab(u"cardsAll"_s, tr("All"), Show::All, this), addTab(u"cardsLive"_s, tr("Live"), Show::Live, this),
            addTab(u"cardsDone"_s, tr("Done"), Show::Done, this)}) {
        tabs->addButton(tab);
        bar->addWidget(tab);
    }
    tabs->buttons().constFirst()->setChecked(true);
    bar->addStretch();
    setTone(*m_notice, u"warning"_s);
    bar->addWidget(m_notice);

    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setTone(*m_empty, u"dim"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(grid::Step);
    m_layout->addStretch();
    m_list->setObjectName(u"cardList"_s);
    m_list->installEventFilter(this);
    m_list->setAutoFillBackground(false);
    m_scroll->setWidget(m_list);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setAccessibleName(tr("Requests"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Wide, grid::Step, grid::Wide, grid::Wide);
    column->setSpacing(grid::Step);
    column->addLayout(bar);
    column->addWidget(m_empty, 1);
    column->addWidget(m_scroll, 1);
}

QToolButton* CardsPanel::addTab(const QString& name, const QString& text, Show show, QWidget* bar)
{
    auto* tab = toolButton(name, text, u"tab"_s, bar);
    tab->setCheckable(true);
    tab->setAccessibleName(tr("Show requests: %1").arg(text));
    connect(tab, &QToolButton::clicked, this, [this, show] {
        m_show = show;
        filter();
    });
    return tab;
}

void CardsPanel::conceal()
{
    m_concealed = true;
    for (auto* card : m_cards)
        card->conceal();
}

void CardsPanel::reveal()
{
    m_concealed = false;
    for (auto* card : m_cards)
        card->refresh();
}

void CardsPanel::dealBest(rfq::Side side)
{
    auto* chosen = card(m_selected);
    m_notice->clear();
    if (m_concealed || (chosen && chosen->dealBest(side)))
        return;
    m_notice->setText(
        chosen ? tr("No price to %1 on the selected card.").arg(sideText(side)) : tr("Select a card first."));
}

void CardsPanel::selectNext(int step)
{
    std::vector<RfqCard*> shown;
    for (int i = 0; i < m_layout->count(); ++i) {
        auto* candidate = qobject_cast<RfqCard*>(m_layout->itemAt(i)->widget());
        if (candidate && !candidate->isHidden())
            shown.push_back(candidate);
    }
    if (shown.empty())
        return;
    const auto it = std::ranges::find(shown, m_selected, &RfqCard::id);
    const auto last = static_cast<int>(shown.size()) - 1;
    const auto here = it == shown.end() ? 0 : static_cast<int>(it - shown.begin()) + step;
    auto* next = shown[static_cast<std::size_t>(std::clamp(here, 0, last))];
    select(next->id());
    next->setFocus(Qt::ShortcutFocusReason);
}

void CardsPanel::select(const rfq::RfqId& id)
{
    if (!card(id))
        return; // of an earlier sitting: the blotter has it
    m_selected = id;
    for (auto* card : m_cards)
        card->select(card->id() == id ? RfqCard::Selection::Active : RfqCard::Selection::None);
    if (auto* chosen = card(id)) {
        if (!isShown(*chosen)) {
            m_show = Show::All;
            findChild<QToolButton*>(u"cardsAll"_s)->setChecked(true);
            filter();
        }
        // Only after the layout knows where the card is.
        QTimer::singleShot(0, chosen, [this, id] { bringIntoView(id); });
    }
}

void CardsPanel::bringIntoView(const rfq::RfqId& id)
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // a new card has its height only then
    auto* chosen = card(id);
    if (!chosen)
        return;
    m_scroll->ensureWidgetVisible(chosen, 0, grid::Step);
    // Of one that is higher than the panel: what it is about, and the best price.
    if (chosen->height() > m_scroll->viewport()->height())
        m_scroll->verticalScrollBar()->setValue(chosen->y());
}

RfqCard* CardsPanel::card(const rfq::RfqId& id) const
{
    const auto it = std::ranges::find(m_cards, id, &RfqCard::id);
    return it == m_cards.end() ? nullptr : *it;
}

void CardsPanel::refresh(const std::set<rfq::RfqId>& changed)
{
    bool isNew = false;
    for (const auto& id : changed) {
        auto* known = card(id);
        if (known && !m_concealed)
            known->refresh();
        if (known || m_past.contains(id) || !m_desk.service().find(id))
            continue;
        addCard(id);
        isNew = true;
    }
    if (isNew)
        select(m_cards.front()->id());
    m_notice->clear();
    forgetOldest();
    if (isNew || !underMouse())
        arrange();
    filter();
}

void CardsPanel::addCard(const rfq::RfqId& id)
{
    auto* made = new RfqCard(m_theme, m_desk, id, m_list);
    if (m_concealed)
        made->conceal();
    connect(made, &RfqCard::acted, this, [this, id] { select(id); });
    connect(made, &RfqCard::blockChanged, this, [this, id] {
        if (id == m_selected && !underMouse())
            bringIntoView(id);
    });
    connect(made, &RfqCard::closeAsked, this, &CardsPanel::closeAsked);
    connect(made, &RfqCard::twinAsked, this, &CardsPanel::twinAsked);
    m_cards.insert(m_cards.begin(), made);
}

void CardsPanel::arrange()
{
    auto order = m_cards;
    std::stable_partition(order.begin(), order.end(), [](const RfqCard* card) { return card->view().unknown; });
    for (auto* card : m_cards)
        card->setDetail(card->id() == m_selected ? RfqCard::Detail::Full : RfqCard::Detail::Compact);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto place = static_cast<int>(i);
        auto* there = m_layout->itemAt(place);
        if (there && there->widget() == order[i])
            continue;
        m_layout->removeWidget(order[i]);
        m_layout->insertWidget(place, order[i]);
    }
    filter();
}

void CardsPanel::filter()
{
    bool any = false;
    for (auto* card : m_cards) {
        card->setVisible(isShown(*card));
        any = any || isShown(*card);
    }
    m_scroll->setVisible(any);
    m_empty->setVisible(!any);
    m_empty->setText(m_cards.empty()
            ? tr("No requests yet.\nFill in the ticket and press Ctrl+Return to ask for prices.")
            : tr("Nothing to show here.\nChoose All to see every request of this sitting."));
}

bool CardsPanel::isShown(const RfqCard& card) const
{
    switch (m_show) {
    case Show::All:
        return true;
    case Show::Live:
        return !card.view().over;
    case Show::Done:
        return card.view().over || card.view().unknown;
    }
    return true;
}

void CardsPanel::forgetOldest()
{
    for (auto i = m_cards.size(); i-- > 0 && m_cards.size() > MaxCards;) {
        if (!m_cards[i]->view().over)
            continue;
        m_past.insert(m_cards[i]->id());
        m_cards[i]->deleteLater();
        m_layout->removeWidget(m_cards[i]);
        m_cards.erase(m_cards.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void CardsPanel::followFocus(QWidget* now)
{
    for (auto* card : m_cards) {
        if (now && (card == now || card->isAncestorOf(now)) && card->id() != m_selected)
            return select(card->id());
    }
}

bool CardsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::Move) {
        for (auto* card : m_cards)
            card->restartGuard();
    }
    return QWidget::eventFilter(watched, event);
}

void CardsPanel::moveEvent(QMoveEvent*)
{
    for (auto* card : m_cards)
        card->restartGuard(); // a banner came or went above: every price has moved
}

void CardsPanel::leaveEvent(QEvent*)
{
    arrange();
}

}
