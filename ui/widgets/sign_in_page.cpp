#include "ui/widgets/sign_in_page.h"

#include "ui/models/token_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/sign_in_card.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/tick_box.h"
#include "ui/widgets/token_chooser.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int CountdownMs = 200;

}

SignInPage::SignInPage(const Theme& theme, rfq::SignIn& signIn, const base::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_signIn(signIn)
    , m_clock(clock)
    , m_alive(std::make_shared<int>(0))
    , m_scroll(new QScrollArea(this))
    , m_card(new SignInCard(theme))
    , m_title(label(u"signInTitle"_s, m_card))
    , m_purposeText(label(u"signInPurpose"_s, m_card))
    , m_token(label(u"signInToken"_s, m_card))
    , m_certificate(label(u"signInCertificate"_s, m_card))
    , m_expiry(label(u"signInExpiry"_s, m_card))
    , m_chooser(new TokenChooser(theme, clock, m_card))
    , m_pinCaption(nullptr)
    , m_pin(new SecureLineEdit(theme, m_card))
    , m_tries(label(u"signInTries"_s, m_card))
    , m_lastTry(new TickBox(m_card))
    , m_touch(label(u"signInTouch"_s, m_card))
    , m_problemTitle(label(u"signInProblem"_s, m_card))
    , m_problemText(label(u"signInProblemText"_s, m_card))
    , m_rawToggle(pushButton(u"signInRawToggle"_s, tr("Technical details"), u"link"_s, m_card))
    , m_raw(label(u"signInRaw"_s, m_card))
    , m_enter(pushButton(u"signInEnter"_s, {}, u"primary"_s, m_card))
    , m_make(pushButton(u"signInMake"_s, tr("Make its key and certificate…"), u"primary"_s, m_card))
    , m_again(pushButton(u"signInAgain"_s, tr("Look again"), {}, m_card))
    , m_anew(pushButton(u"signInAnew"_s, tr("Sign out and begin anew"), u"link"_s, m_card))
    , m_tokens(pushButton(u"signInTokens"_s, tr("New card, PIN or certificate…"), u"link"_s, m_card))
{
    setObjectName(u"signInPage"_s);
    build();
    connect(m_pin, &SecureLineEdit::submitted, this, &SignInPage::submit);
    connect(m_pin, &SecureLineEdit::edited, this, &SignInPage::showControls);
    connect(m_lastTry, &QCheckBox::toggled, this, &SignInPage::showControls);
    connect(m_chooser, &TokenChooser::chosen, this, &SignInPage::choose);
    connect(m_enter, &QPushButton::clicked, this, &SignInPage::submit);
    connect(m_again, &QPushButton::clicked, this, &SignInPage::inspect);
    connect(m_make, &QPushButton::clicked, this, &SignInPage::certificateAsked);
    connect(m_tokens, &QPushButton::clicked, this, &SignInPage::tokensAsked);
    connect(m_anew, &QPushButton::clicked, this, &SignInPage::anewAsked);
    connect(&m_countdown, &QTimer::timeout, this, [this] {
        if (isVisible() && m_purpose == Purpose::TokenLost)
            showPurpose();
        else
            m_countdown.stop();
    });
    connect(m_rawToggle, &QPushButton::clicked, this, [this] { m_raw->setVisible(!m_raw->isVisible()); });
}

void SignInPage::build()
{
    m_pin->setObjectName(u"pin"_s);
    m_pin->setAccessibleName(tr("PIN of your token"));
    m_pinCaption = caption(tr("PIN"), m_pin, m_card);
    m_lastTry->setObjectName(u"lastTry"_s);
    m_lastTry->setText(tr("Use the last try. If it is wrong, the token blocks."));
    m_title->setFont(m_theme.font(TextSize::Title, QFont::DemiBold));
    setTone(*m_title, u"title"_s);
    setTone(*m_purposeText, u"dim"_s);
    setTone(*m_certificate, u"dim"_s);
    setTone(*m_raw, u"small"_s);
    setTone(*m_touch, u"warning"_s);
    m_problemTitle->setFont(m_theme.font(TextSize::Large, QFont::DemiBold));
    for (auto* text : {m_title, m_purposeText, m_token, m_certificate, m_expiry, m_tries, m_touch, m_problemTitle,
             m_problemText, m_raw})
        text->setWordWrap(true);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(SignInCard::margins());
    column->setSpacing(grid::Step);
    buildColumn(*column);

    auto* sheet = new QWidget;
    auto* sheetColumn = new QVBoxLayout(sheet);
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(m_card);
    middle->addStretch();
    sheetColumn->addStretch(2);
    sheetColumn->addLayout(middle);
    sheetColumn->addStretch(3);
    // Where the window is low, what does not fit is reached by scrolling, and what has the focus is in sight.
    m_scroll->setWidget(sheet);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    sheet->setAutoFillBackground(false);
    connect(qApp, &QApplication::focusChanged, this, [this] { showFocused(); });
    for (QObject* resized : std::initializer_list<QObject*>{m_card, m_scroll->viewport()})
        resized->installEventFilter(this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
}

void SignInPage::buildColumn(QVBoxLayout& column)
{
    column.addWidget(m_title);
    column.addWidget(m_purposeText);
    column.addSpacing(grid::Step);
    column.addWidget(m_token);
    column.addWidget(m_certificate);
    column.addWidget(m_expiry);
    column.addSpacing(grid::Step);
    column.addWidget(m_problemTitle);
    column.addWidget(m_problemText);
    column.addWidget(m_rawToggle, 0, Qt::AlignLeft);
    column.addWidget(m_raw);
    column.addWidget(m_chooser);
    column.addWidget(m_pinCaption);
    column.addWidget(m_pin);
    column.addWidget(m_tries);
    column.addWidget(m_lastTry);
    column.addSpacing(grid::Step);
    column.addWidget(m_touch);
    column.addWidget(m_enter);
    column.addWidget(m_make);
    column.addWidget(m_again);
    column.addWidget(m_anew, 0, Qt::AlignLeft);
    column.addWidget(m_tokens, 0, Qt::AlignLeft);
    orderTabs(column);
}

void SignInPage::prefer(rfq::TokenChoice choice)
{
    m_weight = choice.weight;
    m_signIn.choose(std::move(choice));
}

/// What was typed was meant for another one.
void SignInPage::choose(const rfq::TokenIdentity& identity)
{
    m_pin->clear();
    m_lastTry->setChecked(false);
    prefer(rfq::choiceOf(identity, rfq::ChoiceWeight::Chosen));
    inspect();
}

void SignInPage::showWork(rfq::CardWork work)
{
    m_work = work;
    showTouch();
}

void SignInPage::open(Purpose purpose, std::optional<base::Error> reason)
{
    m_purpose = purpose;
    m_lossReason = std::move(reason);
    m_changed = false;
    m_countdown.start(CountdownMs);
    disown();
    m_failure.reset();
    m_pin->clear();
    m_lastTry->setChecked(false);
    show();
    raise();
    inspect();
}

void SignInPage::inspect()
{
    m_activity = Activity::Looking;
    m_failure.reset();
    showStatus();
    look();
}

void SignInPage::cardsChanged()
{
    if (m_activity == Activity::Checking)
        m_changed = true;
    else if (isUsable())
        look();
    else
        inspect();
}

void SignInPage::look()
{
    m_signIn.inspect([this, alive = std::weak_ptr(m_alive)](const rfq::TokenStatus& status) {
        if (!alive.expired() && m_activity != Activity::Checking)
            seen(status);
    });
}

void SignInPage::seen(const rfq::TokenStatus& status)
{
    const bool same = m_activity == Activity::Ready && status.identity == m_status.identity;
    m_activity = Activity::Ready;
    m_status = status;
    if (same && isUsable())
        return showStatus();
    // What was typed was meant for another card, and so was what was said about it.
    m_failure.reset();
    m_pin->clear();
    m_lastTry->setChecked(false);
    showStatus();
}

/// Only where anybody may sign in: nobody else goes on for who is awaited.
bool SignInPage::isChoosing() const
{
    return m_purpose == Purpose::SignIn && !m_status.candidates.empty();
}

bool SignInPage::isEmptyCard() const
{
    return m_purpose == Purpose::SignIn && m_activity == Activity::Ready && m_status.noCertificate;
}

bool SignInPage::canTry() const
{
    const bool confirmed = !m_status.pin.isLastTry() || m_lastTry->isChecked();
    return m_activity == Activity::Ready && isUsable() && !m_pin->isEmpty() && confirmed;
}

bool SignInPage::isUsable() const
{
    return m_activity != Activity::Looking && !m_status.problem && !m_status.pin.blocked && m_status.identity
        && !isOtherCard();
}

bool SignInPage::isOtherCard() const
{
    if (m_purpose == Purpose::SignIn || !m_expected || m_activity == Activity::Looking)
        return false;
    if (m_status.identity)
        return !isSameToken(*m_expected, *m_status.identity);
    return m_status.problem && m_status.problem->code == base::Errc::KeyNotFound;
}

void SignInPage::submit()
{
    if (!canTry())
        return;
    m_activity = Activity::Checking;
    m_failure.reset();
    const auto lastTry = m_lastTry->isChecked() ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    auto pin = m_pin->take();
    showStatus();
    m_signIn.unlock(std::move(pin), lastTry,
        [this, alive = std::weak_ptr(m_alive), attempt = ++m_attempt](
            const base::Status& outcome, const rfq::TokenStatus& status) {
            if (!alive.expired())
                finish(outcome, status, attempt);
        });
}

void SignInPage::finish(const base::Status& outcome, const rfq::TokenStatus& status, int attempt)
{
    m_activity = Activity::Ready;
    m_status = status;
    m_lastTry->setChecked(false);
    m_failure = outcome ? std::nullopt : std::optional(outcome.error());
    showStatus();
    if (outcome && isOtherCard())
        Q_EMIT strangerUnlocked();
    else if (outcome && attempt == m_attempt)
        Q_EMIT unlocked(status);
    if (std::exchange(m_changed, false) && !outcome)
        look();
}

void SignInPage::showStatus()
{
    showPurpose();
    showToken();
    showChooser();
    showProblem();
    showTries();
    showControls();
    showTouch();
    // Never on a link by chance: Space would follow it.
    if (m_pin->isEnabled() && m_pin->isVisible())
        m_pin->setFocus(Qt::OtherFocusReason);
    else if (m_chooser->isEnabled() && m_chooser->isVisible())
        m_chooser->takeFocus();
    else if (m_again->isEnabled() && m_again->isVisible())
        m_again->setFocus(Qt::OtherFocusReason);
}

void SignInPage::showControls()
{
    const bool usable = isUsable();
    m_pin->setVisible(usable);
    m_pinCaption->setVisible(usable);
    m_enter->setVisible(usable);
    m_pin->setEnabled(m_activity == Activity::Ready);
    m_lastTry->setEnabled(m_activity == Activity::Ready);
    m_enter->setEnabled(canTry());
    m_make->setVisible(isEmptyCard());
    m_again->setVisible(!usable);
    m_anew->setVisible(m_purpose == Purpose::TokenLost || isOtherCard());
    m_anew->setEnabled(m_activity != Activity::Checking);
    m_again->setEnabled(m_activity != Activity::Looking);
    m_again->setText(m_activity == Activity::Looking ? tr("Looking…") : tr("Look again"));
    update();
}

void SignInPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_pin->isEnabled())
        m_pin->setFocus(Qt::OtherFocusReason);
}

/// Nothing of the desk is seen beside the card.
void SignInPage::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), m_theme.colours().window);
}

bool SignInPage::eventFilter(QObject* watched, QEvent* event)
{
    // Once everything has its place.
    if (event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &SignInPage::showFocused, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void SignInPage::showFocused()
{
    auto* focused = QApplication::focusWidget();
    if (focused && m_card->isAncestorOf(focused))
        m_scroll->ensureWidgetVisible(focused);
}

}
