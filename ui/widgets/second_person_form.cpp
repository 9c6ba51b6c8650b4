#include "ui/widgets/second_person_form.h"

#include "ui/models/approval_text.h"
#include "ui/models/format.h"
#include "ui/models/token_text.h"
#include "ui/widgets/chevron.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/tick_box.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

SecondPersonForm::SecondPersonForm(const Theme& theme, rfq::Approver& approver, rfq::Person trader, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_approver(approver)
    , m_trader(std::move(trader))
    , m_alive(std::make_shared<int>(0))
    , m_choice(new WithChevron<QComboBox>(theme, this))
    , m_choiceCaption(nullptr)
    , m_again(pushButton(u"secondPersonAgain"_s, tr("Look again"), {}, this))
    , m_certificate(label(u"secondPersonCertificate"_s, this))
    , m_pinCaption(nullptr)
    , m_pin(new SecureLineEdit(theme, this))
    , m_touch(label(u"secondPersonTouch"_s, this))
    , m_tries(label(u"secondPersonTries"_s, this))
    , m_lastTry(new TickBox(this))
    , m_problemTitle(label(u"secondPersonProblem"_s, this))
    , m_problemText(label(u"secondPersonProblemText"_s, this))
    , m_rawToggle(pushButton(u"secondPersonRawToggle"_s, tr("Technical details"), u"link"_s, this))
    , m_raw(label(u"secondPersonRaw"_s, this))
{
    build();
    connect(m_again, &QPushButton::clicked, this, &SecondPersonForm::look);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &SecondPersonForm::choose);
    connect(m_pin, &SecureLineEdit::edited, this, &SecondPersonForm::changed);
    connect(m_pin, &SecureLineEdit::submitted, this, &SecondPersonForm::submitted);
    connect(m_lastTry, &QCheckBox::toggled, this, &SecondPersonForm::changed);
    connect(m_rawToggle, &QPushButton::clicked, this, [this] { m_raw->setVisible(!m_raw->isVisible()); });
}

void SecondPersonForm::build()
{
    m_choice->setObjectName(u"secondPerson"_s);
    m_choice->setAccessibleName(tr("Second person"));
    m_pin->setObjectName(u"secondPin"_s);
    m_pin->setAccessibleName(tr("PIN of the second person's token"));
    m_lastTry->setObjectName(u"secondLastTry"_s);
    m_lastTry->setText(tr("Use the last try. If it is wrong, the token blocks."));
    m_choiceCaption = caption(tr("Second person, with their own token"), m_choice, this);
    m_pinCaption = caption(tr("PIN of the second person's token"), m_pin, this);
    setTone(*m_certificate, u"small"_s);
    setTone(*m_touch, u"warning"_s);
    setTone(*m_problemTitle, u"alarm"_s);
    setTone(*m_raw, u"small"_s);
    m_problemTitle->setFont(m_theme.font(TextSize::Normal, QFont::DemiBold));
    for (auto* text : {m_certificate, m_touch, m_tries, m_problemTitle, m_problemText, m_raw})
        text->setWordWrap(true);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Small);
    arrange(*column);
}

void SecondPersonForm::arrange(QVBoxLayout& column)
{
    auto* people = new QHBoxLayout;
    people->setSpacing(grid::Step);
    people->addWidget(m_choice, 1);
    people->addWidget(m_again);
    column.addWidget(m_choiceCaption);
    column.addLayout(people);
    column.addWidget(m_certificate);
    column.addSpacing(grid::Small);
    column.addWidget(m_problemTitle);
    column.addWidget(m_problemText);
    column.addWidget(m_rawToggle, 0, Qt::AlignLeft);
    column.addWidget(m_raw);
    column.addWidget(m_pinCaption);
    column.addWidget(m_pin);
    column.addWidget(m_touch);
    column.addWidget(m_tries);
    column.addWidget(m_lastTry);
}

void SecondPersonForm::showWork(rfq::CardWork work)
{
    m_work = work;
    showTouch();
}

/// Whichever card it is: the one that blinks is the one to touch.
void SecondPersonForm::showTouch()
{
    m_touch->setText(workText(m_work));
    m_touch->setVisible(isBusy() && !m_touch->text().isEmpty());
}

void SecondPersonForm::look()
{
    if (isBusy())
        return;
    m_activity = Activity::Looking;
    m_failure.reset();
    m_people.clear();
    showAll();
    m_approver.candidates(
        m_trader, [this, alive = std::weak_ptr(m_alive)](const base::Result<std::vector<rfq::TokenIdentity>>& people) {
            if (!alive.expired())
                found(people);
        });
}

void SecondPersonForm::found(const base::Result<std::vector<rfq::TokenIdentity>>& people)
{
    m_activity = Activity::Ready;
    if (people)
        m_people = *people;
    else
        m_failure = people.error();
    showPeople();
    showAll();
}

const rfq::TokenIdentity* SecondPersonForm::chosen() const
{
    const auto fingerprint = m_choice->currentData().toString().toStdString();
    const auto it = std::ranges::find(m_people, fingerprint, &rfq::TokenIdentity::fingerprint);
    return it == m_people.end() ? nullptr : &*it;
}

QString SecondPersonForm::person() const
{
    const auto* who = chosen();
    return who ? text(who->commonName) : QString();
}

void SecondPersonForm::choose()
{
    m_pinState = {};
    m_failure.reset();
    m_pin->clear();
    m_lastTry->setChecked(false);
    showAll();
}

QString SecondPersonForm::missing() const
{
    if (m_activity == Activity::Looking)
        return tr("Looking for the second person's token…");
    if (isBusy())
        return tr("Waiting for the token of %1…").arg(person());
    if (!chosen())
        return m_people.empty() ? tr("A second person's token is needed.") : tr("Choose the second person.");
    if (m_pinState.blocked)
        return tr("This token is blocked.");
    if (m_pin->isEmpty())
        return tr("%1 enters the PIN of their token.").arg(person());
    if (m_pinState.isLastTry() && !m_lastTry->isChecked())
        return tr("Confirm the last try.");
    return {};
}

void SecondPersonForm::sign(std::string statement)
{
    const auto* who = chosen();
    if (!who || !isReady())
        return;
    m_activity = Activity::Signing;
    m_failure.reset();
    const auto lastTry = m_lastTry->isChecked() ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    auto pin = m_pin->take();
    showAll();
    m_approver.approve(std::move(statement), m_trader, who->fingerprint, std::move(pin), lastTry,
        [this, alive = std::weak_ptr(m_alive)](const base::Result<rfq::Approval>& outcome, const rfq::PinState& state) {
            if (!alive.expired())
                finish(outcome, state);
        });
}

void SecondPersonForm::finish(const base::Result<rfq::Approval>& outcome, const rfq::PinState& pin)
{
    m_activity = Activity::Ready;
    m_pinState = pin;
    m_lastTry->setChecked(false);
    if (outcome)
        return Q_EMIT approved(*outcome);
    m_failure = outcome.error();
    m_pinState.finalTry = m_pinState.finalTry || m_failure->code == base::Errc::PinLastTry;
    m_pinState.blocked = m_pinState.blocked || m_failure->code == base::Errc::PinBlocked;
    showAll();
    if (m_pin->isVisible())
        m_pin->setFocus(Qt::OtherFocusReason);
}

void SecondPersonForm::showPeople()
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    if (m_people.size() > 1)
        m_choice->addItem(tr("Choose…"), QString());
    for (const auto& who : m_people)
        m_choice->addItem(tr("%1, token %2").arg(text(who.commonName), text(who.tokenLabel)), text(who.fingerprint));
    m_pinState = {};
}

void SecondPersonForm::showProblem()
{
    m_problemTitle->setVisible(m_failure.has_value());
    m_problemText->setVisible(m_failure.has_value());
    m_rawToggle->setVisible(m_failure && !m_failure->detail.empty());
    m_raw->hide();
    if (!m_failure)
        return;
    const auto words = approvalErrorText(m_failure->code);
    m_problemTitle->setText(words.title);
    m_problemText->setText(words.meaning + u' ' + words.action);
    m_raw->setText(text(m_failure->detail));
}

void SecondPersonForm::showPin()
{
    const bool usable = chosen() && m_activity != Activity::Looking && !m_pinState.blocked;
    const bool last = usable && m_pinState.isLastTry();
    m_pinCaption->setVisible(usable);
    m_pin->setVisible(usable);
    m_pin->setEnabled(m_activity == Activity::Ready);
    m_lastTry->setVisible(last);
    m_lastTry->setEnabled(m_activity == Activity::Ready);
    m_tries->setVisible(usable && (last || m_pinState.triesLeft));
    setTone(*m_tries, last ? u"warning"_s : u"small"_s);
    m_tries->setText(last ? tr("This is the last try. A wrong PIN blocks the token; only IT can unblock it.")
                          : tr("%1 tries left").arg(m_pinState.triesLeft.value_or(0)));
}

void SecondPersonForm::showAll()
{
    const auto* who = chosen();
    m_choice->setVisible(!m_people.empty());
    m_choice->setEnabled(m_activity == Activity::Ready);
    m_again->setEnabled(m_activity == Activity::Ready);
    m_certificate->setVisible(m_activity == Activity::Looking || who);
    m_certificate->setText(m_activity == Activity::Looking ? tr("Looking for the second person's token…")
            : who                                          ? tr("%1 (%2, serial %3), certificate valid until %4 UTC")
                        .arg(text(who->subject), text(who->tokenModel), text(who->tokenSerial),
                            stampText(who->notAfter).left(10))
                  : QString());
    showProblem();
    showPin();
    showTouch();
    Q_EMIT changed();
}

}
