#include "ui/widgets/step_up_dialog.h"

#include "ui/models/access_text.h"
#include "ui/models/format.h"
#include "ui/models/policy_words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/key_picture.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/tick_box.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

StepUpDialog::StepUpDialog(const Theme& theme, rfq::StepUp& touch, DeskModel& desk, QWidget* parent)
    : DeskDialog(u"stepUpDialog"_s, tr("Approve with your security key"), parent)
    , m_theme(theme)
    , m_touch(touch)
    , m_desk(desk)
    , m_number(touch.current()->number)
    , m_picture(new KeyPicture(theme, this))
    , m_stage(label(u"stepUpStage"_s, this))
    , m_left(label(u"stepUpLeft"_s, this))
    , m_problemTitle(label(u"stepUpProblem"_s, this))
    , m_problemText(label(u"stepUpProblemText"_s, this))
    , m_rawToggle(pushButton(u"stepUpRawToggle"_s, tr("Technical details"), u"link"_s, this))
    , m_raw(label(u"stepUpRaw"_s, this))
    , m_pinCaption(nullptr)
    , m_pin(new SecureLineEdit(theme, this))
    , m_tries(label(u"stepUpTries"_s, this))
    , m_lastTry(new TickBox(tr("Use the last try. If it is wrong, the key blocks for good."), this))
    , m_cancel(pushButton(u"stepUpCancel"_s, tr("Cancel"), {}, this))
    , m_again(pushButton(u"stepUpAgain"_s, tr("Try again"), u"primary"_s, this))
    , m_confirm(pushButton(u"stepUpConfirm"_s, tr("Confirm PIN, then touch"), u"primary"_s, this))
{
    build();
    connect(m_pin, &SecureLineEdit::edited, this, &StepUpDialog::refresh);
    connect(m_pin, &SecureLineEdit::submitted, this, &StepUpDialog::submit);
    connect(m_lastTry, &QCheckBox::toggled, this, &StepUpDialog::refresh);
    connect(m_rawToggle, &QPushButton::clicked, this, [this] { m_raw->setVisible(!m_raw->isVisible()); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, [this] { m_touch.again(); });
    connect(m_confirm, &QPushButton::clicked, this, &StepUpDialog::submit);
    connect(this, &QDialog::rejected, this, &StepUpDialog::cancel);
    refresh();
}

void StepUpDialog::build()
{
    m_pin->setObjectName(u"stepUpPin"_s);
    m_pin->setAccessibleName(tr("PIN of the security key"));
    m_lastTry->setObjectName(u"stepUpLastTry"_s);
    m_pinCaption = caption(tr("PIN of the security key"), m_pin, this);
    setTone(*m_stage, u"heading"_s);
    setTone(*m_problemTitle, u"alarmHeading"_s);
    setTone(*m_raw, u"small"_s);
    setTone(*m_left, u"dim"_s);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_raw->hide();
    m_pin->hide(); // until the key is known

    auto* words = new QWidget(this);
    buildAction(words);
    auto* top = new QHBoxLayout;
    top->setSpacing(grid::Panel);
    top->addWidget(m_picture, 0, Qt::AlignTop);
    top->addWidget(words, 1);
    column().addLayout(top);
    column().addSpacing(grid::Small);
    for (auto* text : {m_stage, m_problemTitle, m_problemText, m_raw, m_tries})
        text->setWordWrap(true);
    for (QWidget* part : std::initializer_list<QWidget*>{m_problemTitle, m_problemText, m_rawToggle, m_raw, m_stage,
             m_pinCaption, m_pin, m_tries, m_lastTry, m_left})
        column().addWidget(part, 0, part == m_rawToggle ? Qt::AlignLeft : Qt::Alignment());
    column().addStretch();
    addFoot({m_cancel, m_again, m_confirm});
    m_cancel->setFocus(Qt::OtherFocusReason); // until there is a PIN to type
}

void StepUpDialog::buildAction(QWidget* host)
{
    const auto& ask = m_touch.current()->ask;
    auto* lines = new QVBoxLayout(host);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(grid::Small);
    auto* who = label(u"stepUpAsker"_s, host, tr("%1 asks you to approve:").arg(text(ask.asker)));
    setTone(*who, u"dim"_s);
    lines->addWidget(who);
    bool first = true;
    for (const auto& words : ask.lines) {
        auto* line = label(u"stepUpLine"_s, host, approvalLine(words, m_desk.service().settings()));
        line->setTextFormat(Qt::PlainText);
        line->setWordWrap(true);
        setTone(*line, first ? u"heading"_s : QString());
        lines->addWidget(line);
        first = false;
    }
    if (!ask.reason.empty()) {
        lines->addSpacing(grid::Small);
        auto* why = label(u"stepUpReason"_s, host, tr("Why: %1").arg(policyWords(ask.reason)));
        why->setTextFormat(Qt::PlainText);
        why->setWordWrap(true);
        setTone(*why, u"dim"_s);
        lines->addWidget(why);
    }
    lines->addStretch();
}

const rfq::StepUpView* StepUpDialog::view() const
{
    const auto* current = m_touch.current();
    return current && current->number == m_number ? current : nullptr;
}

void StepUpDialog::refresh()
{
    const auto* now = view();
    if (!now || m_over)
        return;
    showProblem(*now);
    showStage(*now);
    showPin(*now);
    m_left->setText(tr("%1 left").arg(countdownText(now->ends - m_desk.clock().steady())));
}

void StepUpDialog::showStage(const rfq::StepUpView& now)
{
    m_picture->showTouch(now.touchNow);
    const auto words = stageText(now);
    m_stage->setText(words);
    m_stage->setVisible(!words.isEmpty());
    m_again->setVisible(now.stage == rfq::StepUpStage::Stopped);
}

void StepUpDialog::showProblem(const rfq::StepUpView& now)
{
    const bool any = now.problem.has_value();
    m_problemTitle->setVisible(any);
    m_problemText->setVisible(any);
    m_rawToggle->setVisible(any && !now.detail.empty());
    if (!any) {
        m_raw->hide();
        return;
    }
    const auto words = stepUpProblemText(*now.problem);
    m_problemTitle->setText(words.title);
    m_problemText->setText(words.meaning + u' ' + words.action);
    m_raw->setText(text(now.detail));
}

void StepUpDialog::showPin(const rfq::StepUpView& now)
{
    const bool asks = now.stage == rfq::StepUpStage::EnteringPin;
    const bool last = asks && rfq::isLastPinTry(now);
    const bool appears = asks && m_pin->isHidden();
    if (!asks && !m_pin->isEmpty())
        m_pin->clear();
    m_pinCaption->setVisible(asks);
    m_pin->setVisible(asks);
    m_lastTry->setVisible(last);
    m_tries->setVisible(asks && now.pinTriesLeft && (last || now.problem));
    setTone(*m_tries, last ? u"warning"_s : u"small"_s);
    if (now.pinTriesLeft)
        m_tries->setText(last ? tr("This is the last try. A wrong PIN blocks the key for good.")
                              : tr("%n tries left", nullptr, *now.pinTriesLeft));
    m_confirm->setVisible(asks);
    m_confirm->setEnabled(asks && !m_pin->isEmpty() && (!last || m_lastTry->isChecked()));
    if (appears)
        m_pin->setFocus(Qt::OtherFocusReason);
}

void StepUpDialog::submit()
{
    if (!view() || !m_confirm->isEnabled() || m_confirm->isHidden())
        return;
    const auto lastTry = m_lastTry->isChecked() ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    m_lastTry->setChecked(false);
    m_touch.enterPin(m_pin->take(), lastTry);
    refresh();
}

void StepUpDialog::cancel()
{
    m_pin->clear();
    if (std::exchange(m_over, true))
        return;
    if (view())
        m_touch.cancel();
}

void StepUpDialog::dismiss()
{
    m_over = true;
    close();
}

void StepUpDialog::closeEvent(QCloseEvent* event)
{
    cancel();
    DeskDialog::closeEvent(event);
}

}
