#include "ui/widgets/pin_dialog.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/problem_view.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/tick_box.h"
#include "ui/widgets/touch_view.h"

#include <QVBoxLayout>

#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

PinDialog::PinDialog(const Theme& theme, QWidget* parent)
    : DeskDialog(u"pinDialog"_s, tr("PIN"), parent)
    , m_theme(theme)
    , m_title(label(u"pinTitle"_s, this))
    , m_explanation(label(u"pinExplanation"_s, this))
    , m_given(field(u"pinGiven"_s, m_givenCaption, tr("Present PIN")))
    , m_next(field(u"pinNext"_s, m_nextCaption, tr("New PIN")))
    , m_again(field(u"pinAgain"_s, m_againCaption, tr("New PIN, again")))
    , m_rule(label(u"pinRule"_s, this))
    , m_tries(label(u"pinTries"_s, this))
    , m_lastTry(new TickBox(tr("Use the last try. If it is wrong, it blocks."), this))
    , m_problem(new ProblemView(u"pin"_s, this))
    , m_touch(new TouchView(theme, this))
    , m_done(label(u"pinDone"_s, this))
    , m_close(pushButton(u"pinClose"_s, tr("Close"), {}, this))
    , m_act(pushButton(u"pinAct"_s, tr("Set the PIN"), u"primary"_s, this))
{
    build();
    for (auto* one : {m_given, m_next, m_again}) {
        connect(one, &SecureLineEdit::edited, this, &PinDialog::showPhase);
        connect(one, &SecureLineEdit::submitted, this, &PinDialog::submit);
    }
    connect(m_lastTry, &QCheckBox::toggled, this, &PinDialog::showPhase);
    connect(m_act, &QPushButton::clicked, this, &PinDialog::submit);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_touch, &TouchView::cancelled, this, [this] {
        if (m_task.cancel)
            m_task.cancel();
    });
}

PinDialog::~PinDialog()
{
    if (m_phase == Phase::Working && m_task.cancel)
        m_task.cancel();
}

SecureLineEdit* PinDialog::field(const QString& name, QLabel*& above, const QString& words)
{
    auto* made = new SecureLineEdit(m_theme, this);
    made->setObjectName(name);
    above = caption(words, made, this);
    return made;
}

void PinDialog::build()
{
    setTone(*m_title, u"heading"_s);
    setTone(*m_explanation, u"dim"_s);
    setTone(*m_rule, u"small"_s);
    setTone(*m_done, u"good"_s);
    m_lastTry->setObjectName(u"pinLastTry"_s);
    for (auto* wrapped : {m_title, m_explanation, m_rule, m_tries, m_done})
        wrapped->setWordWrap(true);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_explanation, m_problem, m_touch, m_done,
             m_givenCaption, m_given, m_tries, m_lastTry, m_nextCaption, m_next, m_againCaption, m_again, m_rule})
        column().addWidget(part);
    column().addStretch();
    addFoot({m_close, m_act});
}

void PinDialog::setTask(PinTask task)
{
    m_task = std::move(task);
    setWindowTitle(m_task.title);
    setAccessibleName(m_task.title);
    m_title->setText(m_task.title);
    m_explanation->setText(m_task.explanation);
    m_givenCaption->setText(m_task.given);
    m_given->setAccessibleName(m_task.given);
    m_rule->setText(m_task.rule);
    m_done->setText(u"✓ " + m_task.done);
    m_touch->setPurpose(m_task.title);
    showTries(m_task.tries, m_task.lastTry);
    showPhase();
    (m_task.given.isEmpty() ? m_next : m_given)->setFocus(Qt::OtherFocusReason);
}

bool PinDialog::isComplete() const
{
    return (m_task.given.isEmpty() || !m_given->isEmpty()) && !m_next->isEmpty() && !m_again->isEmpty()
        && (!m_lastTryAsked || m_lastTry->isChecked());
}

void PinDialog::submit()
{
    if (m_phase != Phase::Asking || !isComplete())
        return;
    auto given = m_given->take();
    auto next = m_next->take();
    const auto again = m_again->take();
    if (next.reveal() != again.reveal()) {
        m_problem->show(
            {tr("The two new PINs differ"), tr("Nothing was tried."), tr("Type the new PIN twice again.")}, {});
        showPhase();
        // What was right need not be typed again; but it has left the field, and no copy is kept.
        (m_task.given.isEmpty() ? m_next : m_given)->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_phase = Phase::Working;
    m_problem->clear();
    m_touch->wait(std::nullopt);
    showPhase();
    m_task.start(std::move(given), std::move(next),
        m_lastTry->isChecked() ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed);
}

void PinDialog::touch(const rfq::KeyTouch& touch)
{
    if (m_phase == Phase::Working)
        m_touch->wait(touch);
}

void PinDialog::succeed()
{
    m_phase = Phase::Over;
    showPhase();
    m_close->setFocus(Qt::OtherFocusReason);
}

void PinDialog::refuse(
    const ErrorText& words, const std::string& detail, const TonedText& tries, bool lastTry, bool blocked)
{
    m_phase = blocked ? Phase::Over : Phase::Asking;
    m_done->clear();
    showTries(tries, lastTry);
    m_problem->show(words, detail);
    showPhase();
    if (blocked)
        m_close->setFocus(Qt::OtherFocusReason);
    else
        (m_task.given.isEmpty() ? m_next : m_given)->setFocus(Qt::OtherFocusReason);
}

void PinDialog::showTries(const TonedText& tries, bool lastTry)
{
    m_lastTryAsked = lastTry;
    m_lastTry->setChecked(false);
    m_tries->setText(tries.text);
    setTone(*m_tries, tries.tone.isEmpty() ? u"small"_s : tries.tone);
}

void PinDialog::showPhase()
{
    const bool asking = m_phase == Phase::Asking;
    const bool gives = asking && !m_task.given.isEmpty();
    m_explanation->setVisible(m_phase != Phase::Over);
    m_givenCaption->setVisible(gives);
    m_given->setVisible(gives);
    m_tries->setVisible(asking && !m_tries->text().isEmpty());
    m_lastTry->setVisible(asking && m_lastTryAsked);
    for (auto* part : std::initializer_list<QWidget*>{m_nextCaption, m_next, m_againCaption, m_again, m_rule})
        part->setVisible(asking);
    const bool keyWorks = m_phase == Phase::Working && m_task.cancel;
    m_touch->setVisible(keyWorks);
    m_done->setVisible(m_phase == Phase::Over && !m_done->text().isEmpty());
    if (asking)
        m_done->setText(u"✓ " + m_task.done);
    m_act->setVisible(m_phase != Phase::Over);
    m_act->setEnabled(asking && isComplete());
    m_act->setText(m_phase == Phase::Working ? tr("Setting the PIN…") : tr("Set the PIN"));
}

}
