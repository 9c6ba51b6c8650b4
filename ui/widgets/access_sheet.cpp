#include "ui/widgets/access_sheet.h"

#include "ui/models/access_text.h"
#include "ui/models/denial.h"
#include "ui/models/format.h"
#include "ui/models/policy_words.h"
#include "ui/widgets/controls.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

QString toneOf(rfq::AccessOutcome outcome)
{
    switch (outcome) {
    case rfq::AccessOutcome::Allow:
        return u"good"_s;
    case rfq::AccessOutcome::StepUp:
    case rfq::AccessOutcome::ViewOnly:
        return u"warning"_s;
    case rfq::AccessOutcome::Deny:
        return u"alarm"_s;
    }
    return {};
}

/// A shape beside the colour.
QString signOf(rfq::AccessOutcome outcome)
{
    switch (outcome) {
    case rfq::AccessOutcome::Allow:
        return u"✓"_s;
    case rfq::AccessOutcome::StepUp:
        return u"!"_s;
    case rfq::AccessOutcome::ViewOnly:
        return u"–"_s;
    case rfq::AccessOutcome::Deny:
        return u"✕"_s;
    }
    return {};
}

}

AccessSheet::AccessSheet(const Theme& theme, rfq::SessionId session, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_session(std::move(session))
    , m_heading(label(u"accessSession"_s, this, text(m_session.text())))
    , m_outcome(label(u"accessOutcome"_s, this))
    , m_table(nullptr)
    , m_rows(nullptr)
    , m_total(label(u"accessTotal"_s, this))
    , m_changes(label(u"accessChanges"_s, this))
    , m_advice(label(u"accessAdvice"_s, this))
    , m_stepUp(label(u"accessStepUp"_s, this))
    , m_reference(label(u"accessReference"_s, this))
    , m_again(pushButton(u"accessAgain"_s, tr("Ask again"), {}, this))
{
    setObjectName(u"access-" + text(m_session.text()));
    build();
    connect(m_again, &QPushButton::clicked, this, [this] { Q_EMIT askAgain(m_session); });
}

void AccessSheet::build()
{
    setTone(*m_heading, u"dim"_s);
    setTone(*m_total, u"small"_s);
    setTone(*m_stepUp, u"small"_s);
    setTone(*m_reference, u"small"_s);
    setTone(*m_changes, u"warning"_s);
    m_outcome->setFont(m_theme.font(TextSize::Large, QFont::DemiBold));
    m_reference->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setTextFormat(Qt::PlainText);
    m_reference->setTextFormat(Qt::PlainText);
    for (auto* text : {m_outcome, m_total, m_changes, m_advice, m_stepUp, m_reference})
        text->setWordWrap(true);
    m_table = new QWidget(this);
    m_rows = new QGridLayout(m_table);
    m_rows->setContentsMargins(0, grid::Small, 0, grid::Small);
    m_rows->setHorizontalSpacing(grid::Step);
    m_rows->setVerticalSpacing(grid::Small);
    m_rows->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Panel, grid::Small, grid::Panel, grid::Panel);
    column->setSpacing(grid::Small);
    for (QWidget* part : std::initializer_list<QWidget*>{
             m_heading, m_outcome, m_table, m_total, m_changes, m_advice, m_stepUp, m_reference})
        column->addWidget(part);
    column->addWidget(m_again, 0, Qt::AlignLeft);
}

void AccessSheet::show(const rfq::AccessState& state)
{
    showOutcome(state);
    showLines(state);
    const auto changes = changeText(state);
    m_changes->setText(changes);
    m_changes->setVisible(!changes.isEmpty());
    const auto advice = accessAdvice(state);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_stepUp->setText(state.lastStepUp ? tr("Last touch: %1 UTC").arg(timeText(*state.lastStepUp))
                                       : tr("Last touch: none in this session"));
    m_stepUp->setVisible(state.notice.has_value());
    m_reference->setVisible(state.notice && !state.notice->reference.empty());
    if (state.notice)
        m_reference->setText(
            tr("Reference %1, %2 UTC").arg(text(state.notice->reference), timeText(state.notice->evaluatedAt)));
    m_again->setVisible(rfq::canAskAgain(state));
}

void AccessSheet::show(const Denial& denial)
{
    m_shown.reset();
    for (auto* part : std::initializer_list<QWidget*>{m_table, m_total, m_changes, m_stepUp, m_again})
        part->hide();
    setTone(*m_outcome, toneOf(rfq::AccessOutcome::Deny));
    m_outcome->setText(tr("%1 refused").arg(signOf(rfq::AccessOutcome::Deny)));
    m_advice->setText(denial.words + u'\n' + denial.advice);
    m_advice->show();
    m_reference->setText(tr("Reference %1").arg(denial.reference));
    m_reference->setVisible(!denial.reference.isEmpty());
}

void AccessSheet::alignWithHeading()
{
    m_heading->hide();
    layout()->setContentsMargins(0, grid::Small, 0, grid::Small);
}

void AccessSheet::showOutcome(const rfq::AccessState& state)
{
    const auto phase = accessStateText(state);
    if (!state.notice) {
        setTone(*m_outcome, u"dim"_s);
        m_outcome->setText(phase.isEmpty() ? tr("no decision yet") : phase);
        m_total->hide();
        return;
    }
    const auto outcome = state.notice->outcome;
    setTone(*m_outcome, toneOf(outcome));
    m_outcome->setText(tr("%1 %2 · score %3").arg(signOf(outcome), outcomeText(outcome)).arg(state.notice->score));
    m_total->setText(thresholdText(*state.notice));
    m_total->show();
}

void AccessSheet::showLines(const rfq::AccessState& state)
{
    if (m_shown == state.notice)
        return;
    m_shown = state.notice;
    while (auto* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_table->setVisible(m_shown && !m_shown->lines.empty());
    if (!m_shown)
        return;
    int row = 0;
    for (const auto& line : m_shown->lines)
        addLine(row++, line);
}

void AccessSheet::addLine(int row, const rfq::AccessLine& line)
{
    auto* name = label(u"accessAttribute"_s, m_table, policyWords(line.attribute));
    auto* condition = label(u"accessCondition"_s, m_table, policyWords(line.condition));
    auto* score = label(u"accessScore"_s, m_table, QString::number(line.score));
    for (auto* part : {name, condition, score})
        part->setTextFormat(Qt::PlainText);
    setTone(*name, u"dim"_s);
    setTone(*score, line.score > 0 ? u"warning"_s : u"dim"_s);
    condition->setWordWrap(true);
    condition->setToolTip(policyWords(line.evidence).toHtmlEscaped());
    score->setAlignment(Qt::AlignRight | Qt::AlignTop);
    name->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    score->setAccessibleName(tr("%1: %2, score %3").arg(name->text(), condition->text(), score->text()));
    m_rows->addWidget(name, row, 0);
    m_rows->addWidget(condition, row, 1);
    m_rows->addWidget(score, row, 2);
}

}
