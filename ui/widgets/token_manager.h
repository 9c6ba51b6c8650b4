#pragma once

#include "core/rfq/card_manager.h"
#include "core/rfq/key_manager.h"
#include "ui/models/card_words.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/theme.h"

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;

namespace ui {

class ProblemView;
class VenueKeysView;

/// Every card and security key that is plugged in: what it is, what its PIN can stand, its certificates and their end,
/// and what can be done with it; and the person's security keys at counterparties. Looks again by itself when something
/// comes or goes. GUI thread.
class TokenManager final : public DeskDialog {
    Q_OBJECT

public:
    TokenManager(
        const Theme& theme, const base::Clock& clock, rfq::CardManager& cards, rfq::KeyManager& keys, QWidget* parent);

    /// Looks again at what is plugged in.
    void look();
    /// Once that is known: certificateAsked() for the only card without a certificate, where there is exactly one.
    void makeForNewCard();
    [[nodiscard]] bool staysWhenSignedOut() const override { return true; }

Q_SIGNALS:
    void changePinAsked(const rfq::PluggedCard& card);
    void unblockAsked(const rfq::PluggedCard& card);
    void certificateAsked(const rfq::PluggedCard& card);
    void keyPinAsked(const rfq::PluggedKey& key);
    void keyEnrolmentAsked(const rfq::PluggedKey& key);
    void keyTestAsked(const rfq::PluggedKey& key);

private:
    void build();
    void showCards();
    void showKeys();
    void addCard(const rfq::PluggedCard& card, int number);
    void addKey(const rfq::PluggedKey& key, int number);
    void showLooking();
    void askForNewCard();

    const Theme& m_theme;
    const base::Clock& m_clock;
    rfq::CardManager& m_cards;
    rfq::KeyManager& m_keys;
    std::shared_ptr<int> m_alive; ///< callbacks that arrive after this window is gone find nobody
    std::optional<rfq::CardsSeen> m_cardsSeen; ///< absent: not yet
    std::optional<std::vector<rfq::PluggedKey>> m_keysSeen;
    bool m_lookingForCards = false;
    bool m_lookingForKeys = false;
    bool m_newCardWanted = false;
    QWidget* m_cardList;
    QLabel* m_noCard;
    ProblemView* m_cardProblem;
    QWidget* m_keyList;
    QLabel* m_noKey;
    ProblemView* m_keyProblem;
    VenueKeysView* m_venueKeys;
    QPushButton* m_again;
    std::vector<base::Subscription> m_changes;
};

}
