/// What the sign-in page says in its states.
#include "ui/models/certificate_expiry.h"
#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/token_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/sign_in_card.h"
#include "ui/widgets/sign_in_page.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/tick_box.h"
#include "ui/widgets/token_chooser.h"

#include <QLayout>

namespace ui {
using namespace Qt::StringLiterals;

void SignInPage::showPurpose()
{
    m_card->setMark(m_purpose == Purpose::SignIn ? Glyph::Brand : Glyph::Lock);
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
    if (isChoosing()) {
        m_token->clear();
        m_certificate->clear();
    } else if (m_activity == Activity::Looking) {
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
    // That one is to be chosen is no error.
    const bool undecided = isChoosing() && !m_status.identity && !m_status.missing;
    if (undecided)
        error.reset();
    std::optional<ErrorText> words;
    if (isChoosing() && m_status.missing && error)
        words = missingTokenText(*m_status.missing);
    else if (isOtherCard())
        words = otherCardText(*m_expected, m_status.identity);
    else if (isEmptyCard())
        words = emptyCardText();
    else if (error && !m_failure && m_status.noService)
        words = noServiceText();
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
    setTone(*m_problemTitle, isEmptyCard() ? u"warning"_s : u"alarm"_s);
    m_problemTitle->setText(words->title);
    m_problemText->setText(words->meaning + u' ' + words->action);
}

void SignInPage::showChooser()
{
    m_chooser->setVisible(isChoosing());
    m_chooser->setEnabled(m_activity == Activity::Ready);
    if (!isChoosing())
        return;
    m_chooser->showCandidates(m_status.candidates, m_status.identity);
    orderTabs(*m_card->layout());
}

void SignInPage::showTouch()
{
    m_touch->setText(workText(m_work));
    m_touch->setVisible(m_activity == Activity::Checking && !m_touch->text().isEmpty());
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

}
