#pragma once

#include "core/rfq/card_manager.h"
#include "core/rfq/key_manager.h"
#include "ui/widgets/key_wizard.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/token_files.h"

#include <QObject>
#include <QPointer>

namespace ui {

class PinDialog;
class TokenManager;

/// Opens the windows about cards and security keys, one of each. GUI thread.
class TokenDesk final : public QObject {
    Q_OBJECT

public:
    /// The windows belong to `host`; everything must outlive it.
    TokenDesk(const Theme& theme, const base::Clock& clock, rfq::CardManager& cards, rfq::KeyManager& keys,
        TokenFiles files, QWidget& host);

    void open();
    /// With the wizard for the one card without a certificate before it, where there is exactly one.
    void openForNewCard();

Q_SIGNALS:
    /// With the certificate that has just come onto the card.
    void signInAsked();

private:
    void changePin(const rfq::PluggedCard& card);
    void unblock(const rfq::PluggedCard& card);
    void makeCertificate(const rfq::PluggedCard& card);
    void setKeyPin(const rfq::PluggedKey& key);
    void openKeyWizard(const rfq::PluggedKey& key, KeyWizard::Purpose purpose);
    [[nodiscard]] PinDialog* openPinDialog();
    void lookAgain();

    const Theme& m_theme;
    const base::Clock& m_clock;
    rfq::CardManager& m_cards;
    rfq::KeyManager& m_keys;
    const TokenFiles m_files;
    QWidget& m_host;
    QPointer<TokenManager> m_manager;
};

}
