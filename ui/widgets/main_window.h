#pragma once

#include "core/rfq/approval.h"
#include "core/rfq/sign_in.h"
#include "ui/models/certificate_expiry.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/sign_in_page.h"
#include "ui/widgets/window_settings.h"

#include <QMainWindow>
#include <QTimer>

#include <optional>

class QDockWidget;
class QMenu;

namespace ui {

class BlotterPanel;
class CardsPanel;
class Denials;
class HeaderBar;
class IncidentBanner;
class SecondPerson;
class ShortcutMap;
class TicketPanel;
class UnknownBanner;

/// The desk's one window. Dealing is off until somebody has signed in, while locked, and from the moment the token is
/// gone. GUI thread.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// The references must outlive the window. Restore the service's history before.
    MainWindow(rfq::RfqService& service, rfq::SignIn& signIn, rfq::Approver& approver, const base::Clock& clock,
        WindowSettings settings);
    ~MainWindow() override;

    /// After a batch of events was applied to the service.
    void deskChanged() { m_desk.refresh(); }
    /// Hides prices and stops dealing until the PIN is given again; one that is being checked does not count. Sessions
    /// stay up.
    void lock();
    /// Whoever comes next signs in, with whatever card.
    void signOut();

    [[nodiscard]] bool isLocked() const { return m_access != Access::Open; }
    [[nodiscard]] DeskModel& desk() { return m_desk; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    /// One more panel; it takes the place that it had when the window was last closed only after restoreDockWidget().
    QDockWidget* addDock(const QString& name, const QString& title, QWidget& panel, Qt::DockWidgetArea area);

Q_SIGNALS:
    /// The token is unlocked: sessions can be opened.
    void signedIn();
    /// The trader signed out: sessions should end, and whoever comes next may sign in.
    void signedOut();
    /// The desk was locked, or nobody is signed in any more.
    void covered();
    /// Somebody is there: signed in, or back.
    void uncovered();
    /// Another card was signed in where the first one is awaited: sessions should end, and it must not stay so.
    void tokenExchanged();
    /// Cards and security keys are to be looked after; also while nobody is signed in.
    void tokensAsked();
    /// For the card that is plugged in and holds none.
    void certificateAsked();
    void retrySession(const QString& session);
    /// Both sequence numbers shall start again at 1 with the next logon.
    void resetSession(const QString& session);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Access { SignedOut, Locked, Open };

    void buildTop();
    void buildDocks();
    void connectPanels();
    void buildMenu();
    void buildShortcuts();
    void addShortcut(const QKeySequence& keys, std::function<void()> act);
    void cover(Access access, const base::Error& reason, SignInPage::Purpose purpose);
    void uncover(const rfq::TokenStatus& status);
    void loseToken(const base::Error& reason);
    void endSignIn(const base::Error& reason, SignInPage::Purpose purpose);
    void cardsChanged();
    void warnOfExpiry();
    void checkIdle();
    void changeTheme();
    void dealFocused();
    void showKeys();
    void openSession(const QString& session);
    void openIncident(const rfq::IncidentId& id);
    void showIncident(const rfq::IncidentId& id);
    [[nodiscard]] const rfq::Incident* incident(const rfq::IncidentId& id) const;
    [[nodiscard]] WindowState windowState() const;

    rfq::RfqService& m_service;
    const base::Clock& m_clock;
    const WindowSettings m_settings;
    Theme m_theme;
    DeskModel m_desk;
    HeaderBar* m_header;
    UnknownBanner* m_unknown;
    IncidentBanner* m_incidents;
    TicketPanel* m_ticket;
    CardsPanel* m_cards;
    BlotterPanel* m_blotter;
    SignInPage* m_signIn;
    SecondPerson* m_secondPerson;
    Denials* m_denials;
    QMenu* m_menu;
    ShortcutMap* m_keys = nullptr;
    std::vector<QDockWidget*> m_docks;
    QTimer m_idle;
    base::SteadyTime m_lastInput{};
    base::SteadyTime m_signedInAt{};
    Access m_access = Access::SignedOut;
    std::optional<rfq::TokenIdentity> m_identity; ///< who opened the desk last
    ExpiryNotices m_expiry;
    std::vector<base::Subscription> m_tokenEvents; ///< last: nothing is heard by a window that is half gone
};

}
