#include "ui/widgets/sign_in_page.h"

#include "ui/models/certificate_expiry.h"
#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/token_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/tick_box.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int CardWidth = 400;
constexpr int MarkSize = 44;
constexpr int CountdownMs = 200;

}

SignInPage::SignInPage(const Theme& theme, rfq::SignIn& signIn, const base::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_signIn(signIn)
    , m_clock(clock)
    , m_alive(std::make_shared<int>(0))
    , m_card(new QWidget(this))
    , m_title(label(u"signInTitle"_s, m_card))
    , m_purposeText(label(u"signInPurpose"_s, m_card))
    , m_token(label(u"signInToken"_s, m_card))
    , m_certificate(label(u"signInCertificate"_s, m_card))
    , m_expiry(label(u"signInExpiry"_s, m_card))
    , m_pinCaption(nullptr)
    , m_pin(new SecureLineEdit(theme, m_card))
    , m_tries(label(u"signInTries"_s, m_card))
    , m_lastTry(new TickBox(m_card))
    , m_problemTitle(label(u"signInProblem"_s, m_card))
    , m_problemText(label(u"signInProblemText"_s, m_card))
    , m_rawToggle(pushButton(u"signInRawToggle"_s, tr("Technical details"), u"link"_s, m_card))
    , m_raw(label(u"signInRaw"_s, m_card))
    , m_enter(pushButton(u"signInEnter"_s, {}, u"primary"_s, m_card))
    , m_again(pushButton(u"signInAgain"_s, tr("Look again"), {}, m_card))
    , m_anew(pushButton(u"signInAnew"_s, tr("Sign out and begin anew"), u"link"_s, m_card))
    , m_tokens(pushButton(u"signInTokens"_s, tr("New card, PIN or certificate…"), u"link"_s, m_card))
{
    setObjectName(u"signInPage"_s);
    build();
    connect(m_pin, &SecureLineEdit::submitted, this, &SignInPage::submit);
    connect(m_pin, &SecureLineEdit::edited, this, &SignInPage::showControls);
    connect(m_lastTry, &QCheckBox::toggled, this, &SignInPage::showControls);
    connect(m_enter, &QPushButton::clicked, this, &SignInPage::submit);
    connect(m_again, &QPushButton::clicked, this, &SignInPage::inspect);
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
    m_card->setObjectName(u"signInCard"_s);
    m_card->setFixedWidth(CardWidth);
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
    m_problemTitle->setFont(m_theme.font(TextSize::Large, QFont::DemiBold));
    for (auto* text :
        {m_title, m_purposeText, m_token, m_certificate, m_expiry, m_tries, m_problemTitle, m_problemText, m_raw})
        text->setWordWrap(true);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(32, 32 + MarkSize + grid::Panel, 32, 32);
    column->setSpacing(grid::Step);
    buildColumn(*column);

    auto* outer = new QVBoxLayout(this);
    auto* middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(m_card);
    middle->addStretch();
    outer->addStretch(2);
    outer->addLayout(middle);
    outer->addStretch(3);
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
    column.addWidget(m_pinCaption);
    column.addWidget(m_pin);
    column.addWidget(m_tries);
    column.addWidget(m_lastTry);
    column.addSpacing(grid::Step);
    column.addWidget(m_enter);
    column.addWidget(m_again);
    column.addWidget(m_anew, 0, Qt::AlignLeft);
    column.addWidget(m_tokens, 0, Qt::AlignLeft);
    orderTabs(column);
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
    showProblem();
    showTries();
    showControls();
    // Never on a link by chance: Space would follow it.
    if (m_pin->isEnabled() && m_pin->isVisible())
        m_pin->setFocus(Qt::OtherFocusReason);
    else if (m_again->isEnabled() && m_again->isVisible())
        m_again->setFocus(Qt::OtherFocusReason);
}

void SignInPage::showPurpose()
{
    switch (m_purpose) {
    case Purpose::SignIn:
        m_title->setText(tr("Sign in to Countersign"));
        m_purposeText->setText(tr("Your token and its PIN tell dealers who you are. The key never leaves the token."));
        m_enter->setText(m_activity == Activity::Checking ? tr("Checking the PIN…") : tr("Sign in"));
        return;
    case Purpose::Unlock:
        m_title->setText(tr("The desk is locked"));
        m_purposeText->setText(tr("Prices are hidden and dealing is off. Sessions stay up. Enter the PIN to go on."));
        m_enter->setText(m_activity == Activity::Checking ? tr("Checking the PIN…") : tr("Unlock"));
        return;
    case Purpose::TokenLost: {
        const auto closeAt = m_sessionsCloseAt ? m_sessionsCloseAt() : std::nullopt;
        const auto lost = lostTokenText(m_expected, m_lossReason,
            closeAt ? std::optional<std::chrono::nanoseconds>(*closeAt - m_clock.steady()) : std::nullopt);
        m_title->setText(lost.title);
        m_purposeText->setText(lost.text);
        m_enter->setText(m_activity == Activity::Checking ? tr("Checking the PIN…") : tr("Sign in"));
        return;
    }
    }
}

void SignInPage::showToken()
{
    if (m_activity == Activity::Looking) {
        m_token->setText(tr("Looking for your token…"));
        m_certificate->clear();
    } else if (m_status.identity && !isOtherCard()) {
        const auto& identity = *m_status.identity;
        m_token->setText(text(identity.commonName));
        m_certificate->setText(
            tr("%1 on token %2 (%3, serial %4)\nCertificate valid until %5 UTC")
                .arg(text(identity.keyAlgorithm), text(identity.tokenLabel), text(identity.tokenModel),
                    text(identity.tokenSerial), stampText(identity.notAfter).left(10)));
    } else {
        m_token->clear();
        m_certificate->clear();
    }
    m_token->setFont(m_theme.font(TextSize::Large, QFont::DemiBold));
    m_token->setVisible(!m_token->text().isEmpty());
    m_certificate->setVisible(!m_certificate->text().isEmpty());
    showExpiry();
}

void SignInPage::showExpiry()
{
    m_expiry->setVisible(isUsable());
    if (!isUsable())
        return;
    const auto now = m_clock.utc();
    const auto notAfter = m_status.identity->notAfter;
    const auto warning = expiryWarning(notAfter, now);
    setTone(*m_expiry, expiryTone(expiryStage(notAfter, now)));
    m_expiry->setText(u"▲ " + warning);
    m_expiry->setVisible(!warning.isEmpty());
}

void SignInPage::showProblem()
{
    auto error = m_failure ? m_failure : m_activity == Activity::Looking ? std::nullopt : m_status.problem;
    if (m_status.pin.blocked && m_activity == Activity::Ready)
        error = base::Error{base::Errc::PinBlocked, error ? error->detail : std::string()};
    std::optional<ErrorText> words;
    if (isOtherCard())
        words = otherCardText(*m_expected, m_status.identity);
    else if (error)
        words = errorText(error->code);
    m_problemTitle->setVisible(words.has_value());
    m_problemText->setVisible(words.has_value());
    // Also once the same card is back: why the desk was closed.
    const auto evidence = error || isOtherCard() ? error : m_lossReason;
    m_rawToggle->setVisible(evidence && !evidence->detail.empty());
    m_raw->hide();
    m_raw->setText(evidence ? text(evidence->detail) : QString());
    if (!words)
        return;
    setTone(*m_problemTitle, u"alarm"_s);
    m_problemTitle->setText(words->title);
    m_problemText->setText(words->meaning + u' ' + words->action);
}

void SignInPage::showTries()
{
    const auto& pin = m_status.pin;
    const bool ready = isUsable();
    const bool last = pin.isLastTry() && ready;
    m_lastTry->setVisible(last);
    m_tries->setVisible(ready && (last || pin.triesLeft));
    setTone(*m_tries, last ? u"warning"_s : u"small"_s);
    if (last)
        m_tries->setText(tr("This is the last try. A wrong PIN blocks the token; only IT can unblock it."));
    else if (pin.triesLeft)
        m_tries->setText(tr("%1 tries left").arg(*pin.triesLeft));
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

void SignInPage::paintEvent(QPaintEvent*)
{
    const auto& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), c.window);
    const auto card = QRectF(m_card->geometry());
    painter.setPen(QPen(c.line, 1));
    painter.setBrush(c.panel);
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const QRectF mark(card.left() + 32, card.top() + 32, MarkSize, MarkSize);
    paintGlyph(painter, mark, m_purpose == Purpose::SignIn ? Glyph::Brand : Glyph::Lock, c.accent);
}

}
