#include "ui/widgets/consent_dialog.h"

#include "ui/models/approval_text.h"
#include "ui/models/format.h"
#include "ui/models/rfq_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/raw_text.h"
#include "ui/widgets/second_person_form.h"
#include "ui/widgets/tick_box.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int StatementLines = 14;
constexpr int WideWidth = 920;
constexpr int MaxTyped = 200;

QString titleOf(ConsentDialog::Purpose purpose)
{
    return purpose == ConsentDialog::Purpose::CloseOutcome ? ConsentDialog::tr("Close an unknown outcome")
                                                           : ConsentDialog::tr("Allow one more deal");
}

std::string typed(const QLineEdit* field)
{
    return field ? field->text().trimmed().toStdString() : std::string();
}

}

ConsentDialog::ConsentDialog(const Theme& theme, DeskModel& desk, rfq::Approver& approver, rfq::Person trader,
    rfq::ClOrdId order, Purpose purpose, QWidget* parent)
    : DeskDialog(u"consentDialog"_s, titleOf(purpose), parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_trader(std::move(trader))
    , m_order(std::move(order))
    , m_purpose(purpose)
    , m_reason(new QLineEdit(this))
    , m_second(new SecondPersonForm(theme, approver, m_trader, this))
    , m_statement(new RawText(u"consentStatement"_s, StatementLines, this))
    , m_hint(label(u"consentHint"_s, this))
    , m_problem(label(u"consentProblem"_s, this))
    , m_sign(pushButton(u"consentSign"_s,
          purpose == Purpose::CloseOutcome ? tr("Sign and close the outcome") : tr("Sign and allow one deal"),
          u"primary"_s, this))
    , m_cancel(pushButton(u"consentCancel"_s, tr("Cancel"), {}, this))
{
    build();
    connectAll();
    m_second->look();
    showState();
}

void ConsentDialog::showWork(rfq::CardWork work)
{
    m_second->showWork(work);
}

void ConsentDialog::build()
{
    buildDeal();
    auto* form = new QVBoxLayout;
    form->setSpacing(grid::Small);
    buildDecision(*form);
    form->addSpacing(grid::Small);
    form->addWidget(m_second);
    form->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(grid::Small);
    words->addWidget(caption(tr("This is what the second person signs"), m_statement, this));
    words->addWidget(m_statement, 1);
    m_statement->setMaximumHeight(QWIDGETSIZE_MAX);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(24);
    sides->addLayout(form, 1);
    sides->addLayout(words, 1);
    column().addSpacing(grid::Step);
    column().addLayout(sides, 1);
    setMinimumWidth(WideWidth);
    setTone(*m_problem, u"alarm"_s);
    setTone(*m_hint, u"dim"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column().addWidget(m_problem);
    addFoot({m_hint, m_cancel, m_sign});
    QWidget* first = m_verdict ? static_cast<QWidget*>(m_verdict->buttons().constFirst()) : m_reason;
    first->setFocus(Qt::OtherFocusReason);
}

void ConsentDialog::buildDeal()
{
    const auto* open = line();
    const auto row = open ? unknownRow(*open, m_desk.service()) : UnknownRow{};
    auto* title = label(u"consentTitle"_s, this, titleOf(m_purpose));
    title->setFont(m_theme.font(TextSize::Title, QFont::DemiBold));
    setTone(*title, u"title"_s);
    auto* deal = label(u"consentDeal"_s, this, tr("UNKNOWN: %1, clicked at %2 UTC").arg(row.deal, timeText(row.time)));
    setTone(*deal, u"strong"_s);
    auto* what = label(u"consentWhat"_s, this,
        m_purpose == Purpose::CloseOutcome ? callText(row.dealer, row.phone, row.order) + u' '
                + tr("What they say decides: you and a second person put it on record. A fill that comes later raises "
                     "an "
                     "incident.")
                                           : tr("The outcome of this deal is UNKNOWN. One more in the same direction "
                                                "could be the second one. You and a "
                                                "second person can let exactly one through."));
    setTone(*what, u"dim"_s);
    for (auto* text : {title, deal, what}) {
        text->setWordWrap(true);
        column().addWidget(text);
    }
}

void ConsentDialog::buildDecision(QVBoxLayout& form)
{
    if (m_purpose == Purpose::CloseOutcome) {
        m_verdict = new QButtonGroup(this);
        auto* question = label(u"consentQuestion"_s, this, tr("What did the dealer say?"));
        setTone(*question, u"small"_s);
        form.addSpacing(grid::Small);
        form.addWidget(question);
        const auto add = [this, &form](const QString& name, const QString& text, rfq::Verdict verdict) {
            auto* choice = new RadioChoice(text, this);
            choice->setObjectName(name);
            m_verdict->addButton(choice, static_cast<int>(verdict));
            form.addWidget(choice);
        };
        add(u"verdictTraded"_s, tr("The deal was done: we TRADED"), rfq::Verdict::Traded);
        add(u"verdictNotTraded"_s, tr("No deal was done: we did NOT trade"), rfq::Verdict::NotTraded);
        m_reference = new QLineEdit(this);
        m_reference->setObjectName(u"consentReference"_s);
        m_reference->setMaxLength(MaxTyped);
        m_reference->setPlaceholderText(tr("Who said it, and their trade or ticket id"));
        form.addWidget(caption(tr("The counterparty's reference"), m_reference, this));
        form.addWidget(m_reference);
    }
    m_reason->setObjectName(u"consentReason"_s);
    m_reason->setMaxLength(MaxTyped);
    m_reason->setPlaceholderText(
        m_purpose == Purpose::CloseOutcome ? tr("Why it is decided by hand") : tr("Why one more deal is right"));
    form.addWidget(caption(tr("Reason"), m_reason, this));
    form.addWidget(m_reason);
}

void ConsentDialog::connectAll()
{
    if (m_verdict)
        connect(m_verdict, &QButtonGroup::idToggled, this, &ConsentDialog::showState);
    for (auto* field : {m_reason, m_reference}) {
        if (field)
            connect(field, &QLineEdit::textChanged, this, &ConsentDialog::showState);
    }
    connect(m_second, &SecondPersonForm::changed, this, &ConsentDialog::showState);
    connect(m_second, &SecondPersonForm::submitted, this, &ConsentDialog::sign);
    connect(m_second, &SecondPersonForm::approved, this, &ConsentDialog::decide);
    connect(this, &QDialog::finished, m_second, &SecondPersonForm::abandon);
    connect(m_sign, &QPushButton::clicked, this, &ConsentDialog::sign);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::close);
    connect(&m_desk, &DeskModel::unknownChanged, this, &ConsentDialog::showState);
}

const rfq::AcceptanceLine* ConsentDialog::line() const
{
    for (const auto* open : m_desk.service().unknownOutcomes()) {
        if (open->acceptance.id == m_order)
            return open;
    }
    return nullptr;
}

std::optional<ConsentDialog::Decision> ConsentDialog::decision() const
{
    Decision made;
    made.reason = typed(m_reason);
    made.reference = typed(m_reference);
    const bool undecided = m_verdict && m_verdict->checkedId() < 0;
    if (undecided || made.reason.empty() || (m_reference && made.reference.empty()))
        return std::nullopt;
    if (m_verdict)
        made.verdict = static_cast<rfq::Verdict>(m_verdict->checkedId());
    return made;
}

std::string ConsentDialog::statementOf(const rfq::Acceptance& acceptance, const Decision& decision) const
{
    return m_purpose == Purpose::CloseOutcome
        ? rfq::closingStatement(acceptance, decision.verdict, decision.reason, decision.reference, m_trader)
        : rfq::twinStatement(acceptance, decision.reason, m_trader);
}

QString ConsentDialog::missing() const
{
    if (!line())
        return tr("The outcome is known meanwhile: there is nothing left to decide.");
    if (m_verdict && m_verdict->checkedId() < 0)
        return tr("Say what the dealer said.");
    if (m_reference && typed(m_reference).empty())
        return tr("Fill in the counterparty's reference.");
    if (typed(m_reason).empty())
        return tr("Fill in the reason.");
    return m_second->missing();
}

void ConsentDialog::showState()
{
    const auto* open = line();
    const auto now = m_second->isBusy() ? m_signing : decision();
    m_statement->show(open && now ? text(statementOf(open->acceptance, *now))
                                  : tr("The text appears here when everything is filled in."));
    const auto lacks = missing();
    m_hint->setText(lacks);
    m_sign->setEnabled(lacks.isEmpty());
    const bool editable = open && !m_second->isBusy();
    m_reason->setEnabled(editable);
    if (m_reference)
        m_reference->setEnabled(editable);
    if (m_verdict) {
        for (auto* choice : m_verdict->buttons())
            choice->setEnabled(editable);
    }
    m_second->setEnabled(open != nullptr);
}

void ConsentDialog::sign()
{
    const auto* open = line();
    if (!open || !missing().isEmpty())
        return;
    m_problem->hide();
    m_signing = decision();
    m_second->sign(statementOf(open->acceptance, *m_signing));
}

void ConsentDialog::decide(const rfq::Approval& approval)
{
    auto& service = m_desk.service();
    const auto made = m_signing.value_or(Decision{});
    const auto done = m_purpose == Purpose::CloseOutcome
        ? service.close({m_order, made.verdict, made.reason, made.reference, m_trader, approval, {}})
        : service.allowTwin({m_order, made.reason, m_trader, approval, {}});
    if (done) {
        close();
        return m_desk.refresh();
    }
    showProblem(done.error());
    showState();
}

void ConsentDialog::showProblem(const base::Error& error)
{
    m_problem->setText(decisionErrorText(error.code).whole() + u'\n' + text(error.detail));
    m_problem->show();
}

}
