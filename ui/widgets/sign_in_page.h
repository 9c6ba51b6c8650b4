#pragma once

#include "core/rfq/sign_in.h"
#include "ui/widgets/theme.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class SecureLineEdit;
class SignInCard;
class TokenChooser;

/// Covers the desk until the token and its PIN say who is there: at the start, when locked, when the token is gone.
/// The PIN goes from the field's locked memory into SignIn::unlock and nowhere else. GUI thread.
class SignInPage final : public QWidget {
    Q_OBJECT

public:
    enum class Purpose { SignIn, Unlock, TokenLost };

    SignInPage(const Theme& theme, rfq::SignIn& signIn, const base::Clock& clock, QWidget* parent = nullptr);

    /// The card that opened the desk: no other unlocks it or goes on after a loss. Absent: whoever may sign in.
    void expect(std::optional<rfq::TokenIdentity> opened) { m_expected = std::move(opened); }
    /// Which of several that fit is meant until a person chooses another one.
    void prefer(rfq::TokenChoice choice);
    /// Whether it was a person who chose.
    [[nodiscard]] rfq::ChoiceWeight weight() const { return m_weight; }
    /// `reason` is that of a loss.
    void open(Purpose purpose, std::optional<base::Error> reason = std::nullopt);
    /// Looks again at what is plugged in.
    void inspect();
    /// A card came or went: looks again, and leaves what is being typed alone where the same card is still there.
    void cardsChanged();
    /// A card that takes its time while a PIN is being checked.
    void showWork(rfq::CardWork work);
    /// When the sessions close that wait for the same card; null where they never wait.
    void setSessionsCloseAt(std::function<std::optional<base::SteadyTime>()> when)
    {
        m_sessionsCloseAt = std::move(when);
    }
    /// A PIN that is being checked opens nothing any more.
    void disown() { ++m_attempt; }

Q_SIGNALS:
    void unlocked(const rfq::TokenStatus& status);
    /// Between the look and the PIN the card was exchanged: another one is signed in, and must not stay so.
    void strangerUnlocked();
    void anewAsked();
    void tokensAsked();
    /// For the card that is plugged in and holds none.
    void certificateAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Activity { Looking, Ready, Checking };

    void build();
    void buildColumn(QVBoxLayout& column);
    void choose(const rfq::TokenIdentity& identity);
    void submit();
    void finish(const base::Status& outcome, const rfq::TokenStatus& status, int attempt);
    void look();
    void seen(const rfq::TokenStatus& status);
    void showStatus();
    /// Scrolls to what has the focus.
    void showFocused();
    void showPurpose();
    void showToken();
    void showExpiry();
    void showChooser();
    void showTouch();
    void showTries();
    void showProblem();
    void showControls();
    [[nodiscard]] bool canTry() const;
    [[nodiscard]] bool isChoosing() const;
    /// Anybody may sign in, and what is plugged in holds no certificate.
    [[nodiscard]] bool isEmptyCard() const;
    [[nodiscard]] bool isOtherCard() const;
    /// A PIN could be given to what is plugged in.
    [[nodiscard]] bool isUsable() const;

    const Theme& m_theme;
    rfq::SignIn& m_signIn;
    const base::Clock& m_clock;
    std::shared_ptr<int> m_alive; ///< callbacks that arrive after this page is gone find nobody
    Purpose m_purpose = Purpose::SignIn;
    Activity m_activity = Activity::Looking;
    bool m_changed = false; ///< while a PIN was being checked
    QTimer m_countdown; ///< to the end of the sessions
    std::function<std::optional<base::SteadyTime>()> m_sessionsCloseAt;
    int m_attempt = 0; ///< the answer to an earlier one opens nothing
    rfq::TokenStatus m_status;
    rfq::ChoiceWeight m_weight = rfq::ChoiceWeight::LastUsed;
    rfq::CardWork m_work = rfq::CardWork::Done;
    std::optional<rfq::TokenIdentity> m_expected;
    std::optional<base::Error> m_lossReason;
    std::optional<base::Error> m_failure; ///< of the last try
    QScrollArea* m_scroll;
    SignInCard* m_card;
    QLabel* m_title;
    QLabel* m_purposeText;
    QLabel* m_token;
    QLabel* m_certificate;
    QLabel* m_expiry;
    TokenChooser* m_chooser;
    QLabel* m_pinCaption;
    SecureLineEdit* m_pin;
    QLabel* m_tries;
    QCheckBox* m_lastTry;
    QLabel* m_touch;
    QLabel* m_problemTitle;
    QLabel* m_problemText;
    QPushButton* m_rawToggle;
    QLabel* m_raw;
    QPushButton* m_enter;
    QPushButton* m_make;
    QPushButton* m_again;
    QPushButton* m_anew;
    QPushButton* m_tokens;
};

}
