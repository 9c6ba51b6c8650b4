#pragma once

#include "core/rfq/sign_in.h"
#include "ui/models/certificate_expiry.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <map>
#include <optional>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace ui {

class AccessBadge;
class SessionChip;

/// The top of the window: the mark, the sessions, whether dealing is on, who is signed in with which token.
class HeaderBar final : public QWidget {
    Q_OBJECT

public:
    HeaderBar(const Theme& theme, DeskModel& desk, QWidget* parent = nullptr);

    /// Who is signed in; call it again as time goes on, for the words on the certificate's end.
    void showIdentity(const std::optional<rfq::TokenIdentity>& identity);
    /// A card that takes its time.
    void showWork(rfq::CardWork work);
    /// Opens below the menu button; not owned.
    void setMenu(QMenu& menu);

Q_SIGNALS:
    void lockAsked();
    void tokensAsked();
    void retryAsked(const QString& session);
    void sessionOpened(const QString& session);
    void denialOpened(const rfq::SessionId& session);
    void accessAsked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refreshSessions();
    void refreshDealing();
    void refreshIcons();
    void refreshTokenIcon();

    const Theme& m_theme;
    DeskModel& m_desk;
    QHBoxLayout* m_chipRow;
    QLabel* m_name;
    AccessBadge* m_access;
    QLabel* m_dealing;
    QToolButton* m_token;
    QToolButton* m_lock;
    QToolButton* m_menuButton;
    QMenu* m_menu = nullptr;
    std::optional<rfq::TokenIdentity> m_identity;
    rfq::CardWork m_work = rfq::CardWork::Done;
    ExpiryStage m_expiry = ExpiryStage::Far;
    std::map<rfq::SessionId, SessionChip*> m_chips;
};

/// "EC P-256 · YubiKey 5 (12345678) · valid until 2027-11-24", one fact per line.
[[nodiscard]] QString identityText(const rfq::TokenIdentity& identity);

}
