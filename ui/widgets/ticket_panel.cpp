#include "ui/widgets/ticket_panel.h"

#include "core/rfq/amount.h"
#include "core/rfq/value_date.h"
#include "ui/models/access_rules.h"
#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/rfq_view.h"
#include "ui/widgets/chevron.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/dealer_chips.h"
#include "ui/widgets/side_switch.h"
#include "ui/widgets/tab_order.h"

#include <QComboBox>
#include <QCompleter>
#include <QDateEdit>
#include <QFrame>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

/// Why a chosen dealer's prices could only be looked at; empty where all could be dealt on.
QString restriction(DeskModel& desk, const std::vector<rfq::DealerId>& dealers)
{
    for (const auto& dealer : dealers) {
        const auto why = accessObstacle(desk, dealer);
        if (!why.isEmpty())
            return TicketPanel::tr("%1: %2").arg(dealerName(desk.service().settings(), dealer), why);
    }
    return {};
}

constexpr std::array Tenors{rfq::Tenor::Spot, rfq::Tenor::Week1, rfq::Tenor::Week2, rfq::Tenor::Month1,
    rfq::Tenor::Month2, rfq::Tenor::Month3, rfq::Tenor::Month6, rfq::Tenor::Year1, rfq::Tenor::Broken};

base::Date toDate(QDate date)
{
    return {std::chrono::year(date.year()), std::chrono::month(static_cast<unsigned>(date.month())),
        std::chrono::day(static_cast<unsigned>(date.day()))};
}

QDate toQDate(base::Date date)
{
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day()))};
}

void mark(QLineEdit& field, QLabel& where, const QString& error)
{
    setStyleProperty(field, "invalid", error.isEmpty() ? u"false"_s : u"true"_s);
    setTone(where, error.isEmpty() ? u"small"_s : u"alarm"_s);
    where.setText(error);
}

}

TicketPanel::TicketPanel(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_instrument(new QLineEdit(this))
    , m_instrumentError(label(u"instrumentError"_s, this))
    , m_sides(new SideSwitch(this))
    , m_amount(new QLineEdit(this))
    , m_currency(toolButton(u"currency"_s, {}, {}, this))
    , m_amountHint(label(u"amountHint"_s, this))
    , m_tenor(new WithChevron<QComboBox>(theme, this))
    , m_brokenDate(new WithChevron<QDateEdit>(theme, this))
    , m_valueDate(label(u"valueDate"_s, this))
    , m_limit(new QLineEdit(this))
    , m_limitError(label(u"limitError"_s, this))
    , m_dealers(new DealerChips(theme, desk, this))
    , m_fields(new QVBoxLayout)
    , m_sentence(label(u"ticketSentence"_s, this))
    , m_send(pushButton(u"request"_s, tr("Request prices · Ctrl+Return"), u"primary"_s, this))
    , m_message(label(u"ticketMessage"_s, this))
{
    setObjectName(u"ticketPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    buildFields();
    buildLayout();
    connectFields();
    check();
    showReadiness();
}

void TicketPanel::buildFields()
{
    m_instrument->setObjectName(u"instrument"_s);
    auto* completer = new QCompleter(&m_desk.instruments(), this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_instrument->setCompleter(completer);
    m_instrument->setPlaceholderText(tr("EUR/USD"));
    if (m_desk.instruments().rowCount() > 0)
        m_instrument->setText(m_desk.instruments().index(0).data().toString());
    m_amount->setObjectName(u"amount"_s);
    m_amount->setPlaceholderText(tr("25m, 1.5b, 500k"));
    m_currency->setToolTip(tr("The amount is in this currency. Press to change (Alt+C)"));
    m_currency->setShortcut(QKeySequence(Qt::ALT | Qt::Key_C));
    m_currency->setMinimumWidth(68);
    m_tenor->setObjectName(u"tenor"_s);
    for (const auto tenor : Tenors)
        m_tenor->addItem(tenorText(tenor), static_cast<int>(tenor));
    m_brokenDate->setObjectName(u"brokenDate"_s);
    m_brokenDate->setCalendarPopup(true);
    m_brokenDate->setDisplayFormat(u"ddd d MMM yyyy"_s);
    m_brokenDate->setAccessibleName(tr("Value date of your own"));
    m_brokenDate->setDate(toQDate(base::Date(std::chrono::floor<std::chrono::days>(m_desk.clock().utc()))).addDays(7));
    m_limit->setObjectName(u"limit"_s);
    m_limit->setPlaceholderText(tr("none"));
    for (auto* hint : {m_instrumentError, m_amountHint, m_valueDate, m_limitError})
        setTone(*hint, u"small"_s);
    for (auto* block : {m_amountHint, m_limitError, m_instrumentError, m_sentence, m_message})
        block->setWordWrap(true);
    m_sentence->setFont(m_theme.font(TextSize::Normal, QFont::DemiBold));
    m_send->setToolTip(tr("Asks the dealers for prices. It deals nothing"));
}

void TicketPanel::buildLayout()
{
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(u"ticketScroll"_s);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* fields = new QWidget;
    fields->setLayout(m_fields);
    scroll->setWidget(fields);
    scroll->viewport()->setAutoFillBackground(false);
    fields->setAutoFillBackground(false);
    buildFieldColumn();
    // What is pressed to send stays where it is, whatever is said above it.
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(grid::Panel, grid::Step, grid::Panel, grid::Panel);
    foot->setSpacing(grid::Small);
    foot->addWidget(m_sentence);
    foot->addWidget(m_message);
    foot->addSpacing(grid::Small);
    foot->addWidget(m_send);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* rule = new QFrame(this); // where what scrolls goes below it
    rule->setObjectName(u"rule"_s);
    rule->setFixedHeight(1);
    column->addWidget(scroll, 1);
    column->addWidget(rule);
    column->addLayout(foot);
}

void TicketPanel::buildFieldColumn()
{
    m_fields->setContentsMargins(grid::Panel, grid::Small, grid::Panel, grid::Step);
    m_fields->setSpacing(grid::Small);
    const auto field = [this](const QString& name, QWidget* control, QWidget* under) {
        m_fields->addWidget(caption(name, control, this));
        m_fields->addWidget(control);
        if (under)
            m_fields->addWidget(under);
        m_fields->addSpacing(grid::Step);
    };
    field(tr("Instrument"), m_instrument, m_instrumentError);
    field(tr("Your side"), m_sides, nullptr);
    auto* amount = new QWidget(this);
    auto* amountRow = new QHBoxLayout(amount);
    amountRow->setContentsMargins(0, 0, 0, 0);
    amountRow->setSpacing(grid::Step);
    amountRow->addWidget(m_amount, 1);
    amountRow->addWidget(m_currency);
    m_amount->setAccessibleName(tr("Amount"));
    field(tr("Amount"), amount, m_amountHint);
    field(tr("Settlement"), m_tenor, m_brokenDate);
    delete m_fields->takeAt(m_fields->count() - 1);
    m_fields->addWidget(m_valueDate);
    m_fields->addSpacing(grid::Step);
    field(tr("Limit: the worst price you would take"), m_limit, m_limitError);
    field(tr("Dealers to ask"), m_dealers, nullptr);
    m_fields->addStretch();
}

void TicketPanel::connectFields()
{
    connect(m_instrument, &QLineEdit::textChanged, this, &TicketPanel::check);
    connect(m_instrument, &QLineEdit::editingFinished, this, [this] {
        if (const auto* known = instrument())
            m_instrument->setText(text(known->symbol));
    });
    connect(m_sides, &SideSwitch::changed, this, &TicketPanel::check);
    connect(m_amount, &QLineEdit::textChanged, this, &TicketPanel::check);
    connect(m_limit, &QLineEdit::textChanged, this, &TicketPanel::check);
    connect(m_tenor, &QComboBox::currentIndexChanged, this, &TicketPanel::check);
    connect(m_brokenDate, &QDateEdit::dateChanged, this, &TicketPanel::check);
    connect(m_currency, &QToolButton::clicked, this, &TicketPanel::toggleCurrency);
    connect(m_dealers, &DealerChips::changed, this, &TicketPanel::showReadiness);
    connect(m_send, &QPushButton::clicked, this, &TicketPanel::send);
    connect(&m_desk, &DeskModel::dealingChanged, this, &TicketPanel::showReadiness);
    connect(&m_desk, &DeskModel::sessionsChanged, this, &TicketPanel::showReadiness);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, this, &TicketPanel::send);
    }
}

void TicketPanel::focusInstrument()
{
    m_instrument->setFocus(Qt::ShortcutFocusReason);
    m_instrument->selectAll();
}

void TicketPanel::focusAmount()
{
    m_amount->setFocus(Qt::ShortcutFocusReason);
    m_amount->selectAll();
}

const rfq::Instrument* TicketPanel::instrument() const
{
    return m_desk.instruments().find(m_instrument->text());
}

std::string TicketPanel::currency() const
{
    const auto* known = instrument();
    if (!known)
        return {};
    return m_dealsTerms ? known->terms() : known->base();
}

rfq::Settlement TicketPanel::settlement() const
{
    const auto tenor = static_cast<rfq::Tenor>(m_tenor->currentData().toInt());
    return {tenor, tenor == rfq::Tenor::Broken ? toDate(m_brokenDate->date()) : base::Date{}};
}

void TicketPanel::toggleCurrency()
{
    m_dealsTerms = !m_dealsTerms;
    check();
}

void TicketPanel::check()
{
    const auto* known = instrument();
    const auto typed = m_instrument->text().trimmed();
    mark(
        *m_instrument, *m_instrumentError, known || typed.isEmpty() ? QString() : tr("Not an instrument of this desk"));
    m_instrumentError->setVisible(!m_instrumentError->text().isEmpty());
    m_currency->setText(text(currency()));
    m_currency->setEnabled(known);
    m_currency->setAccessibleName(tr("Dealt currency %1, press to change").arg(text(currency())));

    const auto amount = rfq::parseAmount(m_amount->text().toStdString());
    const bool amountWrong = !amount && !m_amount->text().trimmed().isEmpty();
    mark(
        *m_amount, *m_amountHint, amountWrong ? tr("Type an amount such as 25m, 1.5b, 500k or 25,000,000") : QString());
    if (amount)
        m_amountHint->setText(amountText(*amount) + u' ' + text(currency()));
    if (m_amountHint->text().isEmpty())
        m_amountHint->setText(QString(QChar::Nbsp)); // its line stays: nothing moves under the pointer while one types

    const auto limit = rfq::Price::parse(m_limit->text().trimmed().toStdString());
    const bool limitWrong = !m_limit->text().trimmed().isEmpty() && !limit;
    mark(*m_limit, *m_limitError, limitWrong ? tr("Type a price such as 1.1537") : QString());
    m_limitError->setVisible(limitWrong);
    m_message->clear();
    showSettlement();
    showReadiness();
}

void TicketPanel::showSettlement()
{
    const auto chosen = settlement();
    m_brokenDate->setVisible(chosen.tenor == rfq::Tenor::Broken);
    const auto* known = instrument();
    if (!known) {
        m_valueDate->clear();
        m_sentence->clear();
        return;
    }
    const auto date = m_desk.service().valueDate(*known, chosen);
    setTone(*m_valueDate, date ? u"small"_s : u"alarm"_s);
    m_valueDate->setText(date ? tr("Value date %1").arg(longDate(*date)) : tr("Not a business day on or after spot"));
    const auto amount = rfq::parseAmount(m_amount->text().toStdString());
    if (!amount || !date) {
        m_sentence->clear();
        return;
    }
    rfq::Request request;
    request.instrument = *known;
    request.side = m_sides->side();
    request.quantity = *amount;
    request.currency = currency();
    request.settlement = {chosen.tenor, *date};
    const auto when = valueDateText(request.settlement);
    m_sentence->setText(requestSentence(request).replace(when, QString(when).replace(u' ', QChar::Nbsp)));
}

void TicketPanel::showReadiness()
{
    const auto& off = m_desk.service().dealingSuspended();
    const bool reachable = m_dealers->reachable() > 0;
    m_send->setEnabled(!off && reachable);
    m_send->setAccessibleName(tr("Request prices"));
    const bool ready = !off && reachable;
    const auto restricted = ready ? restriction(m_desk, m_dealers->dealers()) : QString();
    if (ready && restricted.isEmpty()) {
        if (std::exchange(m_saysNotReady, false))
            m_message->clear();
        return;
    }
    m_saysNotReady = true;
    setTone(*m_message, u"warning"_s);
    if (ready)
        return m_message->setText(restricted);
    m_message->setText(off ? tr("Dealing is off.") : tr("No session is logged on. Requests are possible once one is."));
}

base::Result<rfq::RequestDraft> TicketPanel::draft() const
{
    using base::Errc;
    const auto* known = instrument();
    if (!known)
        return base::Error{Errc::InvalidInput, "choose an instrument"};
    const auto amount = rfq::parseAmount(m_amount->text().toStdString());
    if (!amount)
        return base::Error{Errc::InvalidInput, "type an amount"};
    rfq::RequestDraft draft;
    draft.symbol = known->symbol;
    draft.side = m_sides->side();
    draft.quantity = *amount;
    draft.currency = currency();
    draft.settlement = settlement();
    draft.dealers = m_dealers->dealers();
    if (m_limit->text().trimmed().isEmpty())
        return draft;
    const auto limit = rfq::Price::parse(m_limit->text().trimmed().toStdString());
    if (!limit)
        return base::Error{Errc::InvalidInput, "correct the limit price"};
    draft.limit = limit->value;
    return draft;
}

void TicketPanel::addControl(QWidget& control)
{
    m_fields->addWidget(&control);
    orderTabs(*layout());
}

void TicketPanel::send()
{
    if (!m_send->isEnabled())
        return;
    if (!instrument())
        return focusInstrument();
    const auto filled = draft();
    if (!filled && m_amount->text().trimmed().isEmpty()) {
        mark(*m_amount, *m_amountHint, tr("How much? Type an amount such as 25m"));
        m_amountHint->show();
        return focusAmount();
    }
    if (!filled)
        return showError(filled.error());
    const auto sent = m_desk.service().request(*filled);
    m_desk.refresh();
    if (!sent)
        return showError(sent.error());
    m_message->clear();
    Q_EMIT requested(*sent);
}

void TicketPanel::showError(const base::Error& error)
{
    const auto words = errorText(error.code);
    setTone(*m_message, u"alarm"_s);
    m_message->setText(words.title + u". " + words.action + u'\n' + text(error.detail));
}

}
