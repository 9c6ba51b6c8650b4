#include "ui/widgets/token_desk.h"

#include "ui/models/card_words.h"
#include "ui/widgets/certificate_wizard.h"
#include "ui/widgets/pin_dialog.h"
#include "ui/widgets/token_manager.h"

#include <utility>

namespace ui {

namespace {

TonedText pukTries(int left)
{
    using namespace Qt::StringLiterals;
    return left == 1 ? TonedText{TokenDesk::tr("▲ One try is left: a wrong PUK ends this card"), u"warning"_s}
                     : TonedText{TokenDesk::tr("%n tries left", nullptr, left), {}};
}

ErrorText cardPinError(const rfq::PinOutcome& outcome)
{
    const base::Errc code = outcome.result.error().code;
    if (code == base::Errc::PinLastTry && outcome.pukTriesLeft)
        return {TokenDesk::tr("One try is left"), TokenDesk::tr("A wrong PUK now ends this card. Nothing was tried."),
            TokenDesk::tr("Compare the PUK with what IT keeps, then confirm the last try.")};
    return cardErrorText(code);
}

void endCardPin(PinDialog& dialog, const rfq::PinOutcome& outcome)
{
    if (outcome.result)
        return dialog.succeed();
    const auto& error = outcome.result.error();
    const bool blocked = error.code == base::Errc::PinBlocked || error.code == base::Errc::PukBlocked;
    const auto tries = outcome.pukTriesLeft ? pukTries(*outcome.pukTriesLeft) : triesText(outcome.pin);
    dialog.refuse(
        cardPinError(outcome), error.detail, tries, outcome.pin.isLastTry() || outcome.pukTriesLeft == 1, blocked);
}

void endKeyPin(PinDialog& dialog, const std::optional<rfq::KeyFailure>& failure)
{
    if (!failure)
        return dialog.succeed();
    rfq::PinState pin;
    pin.triesLeft = failure->pinTriesLeft;
    const bool last = failure->needsLastTry || failure->pinTriesLeft == 1;
    dialog.refuse(keyFailureText(*failure), failure->name + ": " + failure->detail, triesText(pin), last,
        failure->pinTriesLeft == 0);
}

}

TokenDesk::TokenDesk(const Theme& theme, const base::Clock& clock, rfq::CardManager& cards, rfq::KeyManager& keys,
    TokenFiles files, QWidget& host)
    : QObject(&host)
    , m_theme(theme)
    , m_clock(clock)
    , m_cards(cards)
    , m_keys(keys)
    , m_files(std::move(files))
    , m_host(host)
{
}

void TokenDesk::open()
{
    // One that was closed is on its way out.
    if (!m_manager || !m_manager->isVisible()) {
        m_manager = new TokenManager(m_theme, m_clock, m_cards, m_keys, &m_host);
        connect(m_manager, &TokenManager::changePinAsked, this, &TokenDesk::changePin);
        connect(m_manager, &TokenManager::unblockAsked, this, &TokenDesk::unblock);
        connect(m_manager, &TokenManager::certificateAsked, this, &TokenDesk::makeCertificate);
        connect(m_manager, &TokenManager::keyPinAsked, this, &TokenDesk::setKeyPin);
        connect(m_manager, &TokenManager::keyEnrolmentAsked, this,
            [this](const rfq::PluggedKey& key) { openKeyWizard(key, KeyWizard::Purpose::Enrol); });
        connect(m_manager, &TokenManager::keyTestAsked, this,
            [this](const rfq::PluggedKey& key) { openKeyWizard(key, KeyWizard::Purpose::Test); });
    }
    m_manager->show();
    m_manager->raise();
    m_manager->activateWindow();
}

void TokenDesk::openForNewCard()
{
    open();
    m_manager->makeForNewCard();
}

void TokenDesk::lookAgain()
{
    if (m_manager)
        m_manager->look();
}

PinDialog* TokenDesk::openPinDialog()
{
    auto* dialog = new PinDialog(m_theme, &m_host);
    connect(dialog, &QDialog::finished, this, &TokenDesk::lookAgain);
    return dialog;
}

void TokenDesk::changePin(const rfq::PluggedCard& card)
{
    auto* dialog = openPinDialog();
    PinTask task;
    task.title = tr("Change the PIN of %1").arg(cardTitle(card));
    task.explanation = card.signedIn
        ? tr("You are signed in with this card. Changing its PIN ends the sign-in; afterwards you sign in with the new "
             "one.")
        : tr("The factory's PIN of a PIV card is 123456 and known to everybody. Three wrong PINs block it.");
    task.given = tr("Present PIN");
    task.rule = tr("6 to 8 digits or ASCII characters, without blanks. Known to you alone.");
    task.done = tr("The PIN is changed.");
    if (card.pin) {
        task.tries = triesText(*card.pin);
        task.lastTry = card.pin->isLastTry();
    }
    task.start = [this, card, self = QPointer(dialog)](
                     base::SecretBytes given, base::SecretBytes next, rfq::LastTry lastTry) {
        m_cards.changePin(card, std::move(given), std::move(next), lastTry, [self](const rfq::PinOutcome& outcome) {
            if (self)
                endCardPin(*self, outcome);
        });
    };
    dialog->setTask(std::move(task));
    dialog->show();
}

void TokenDesk::unblock(const rfq::PluggedCard& card)
{
    auto* dialog = openPinDialog();
    PinTask task;
    task.title = tr("Unblock the PIN of %1").arg(cardTitle(card));
    task.explanation =
        tr("The PUK belongs to this card; IT keeps it. Three wrong PUKs, and nothing unblocks the card any more.");
    task.given = tr("PUK");
    task.rule = tr("6 to 8 digits or ASCII characters, without blanks. Known to you alone.");
    task.done = tr("The PIN is set anew, and may be tried again.");
    task.start = [this, card, self = QPointer(dialog)](
                     base::SecretBytes given, base::SecretBytes next, rfq::LastTry lastTry) {
        m_cards.unblockPin(card, std::move(given), std::move(next), lastTry, [self](const rfq::PinOutcome& outcome) {
            if (self)
                endCardPin(*self, outcome);
        });
    };
    dialog->setTask(std::move(task));
    dialog->show();
}

void TokenDesk::setKeyPin(const rfq::PluggedKey& key)
{
    const bool isNew = key.pin == rfq::PluggedKey::Pin::NotSet;
    auto* dialog = openPinDialog();
    PinTask task;
    task.title = isNew ? tr("Set the PIN of %1").arg(keyTitle(key)) : tr("Change the PIN of %1").arg(keyTitle(key));
    task.explanation =
        tr("The PIN belongs to this key and is not the PIN of your card. Eight wrong PINs block the key.");
    task.given = isNew ? QString() : tr("Present PIN");
    task.rule = tr("4 to 63 characters. Known to you alone.");
    task.done = tr("The PIN is set.");
    if (!isNew) {
        rfq::PinState pin;
        pin.triesLeft = key.triesLeft;
        task.tries = triesText(pin);
        task.lastTry = pin.isLastTry();
    }
    const auto touch = [self = QPointer(dialog)](const rfq::KeyTouch& wanted) {
        if (self)
            self->touch(wanted);
    };
    const auto done = [self = QPointer(dialog)](const std::optional<rfq::KeyFailure>& failure) {
        if (self)
            endKeyPin(*self, failure);
    };
    task.start = [this, key, isNew, touch, done](
                     base::SecretBytes given, base::SecretBytes next, rfq::LastTry lastTry) {
        if (isNew)
            m_keys.setPin(key.path, std::move(next), touch, done);
        else
            m_keys.changePin(key.path, std::move(given), std::move(next), lastTry, touch, done);
    };
    task.cancel = [this] { m_keys.cancel(); };
    dialog->setTask(std::move(task));
    dialog->show();
}

void TokenDesk::makeCertificate(const rfq::PluggedCard& card)
{
    auto* wizard = new CertificateWizard(m_theme, m_clock, m_cards, m_files, card, &m_host);
    connect(wizard, &CertificateWizard::signInAsked, this, [this, wizard] {
        wizard->close();
        if (m_manager)
            m_manager->close();
        Q_EMIT signInAsked();
    });
    connect(wizard, &QDialog::finished, this, &TokenDesk::lookAgain);
    wizard->show();
}

void TokenDesk::openKeyWizard(const rfq::PluggedKey& key, KeyWizard::Purpose purpose)
{
    auto* wizard = new KeyWizard(m_theme, m_keys, m_files, key, purpose, &m_host);
    connect(wizard, &QDialog::finished, this, &TokenDesk::lookAgain);
    wizard->show();
}

}
