#include "ui/widgets/main_window.h"

#include "ui/widgets/accessibility.h"
#include "ui/widgets/blotter_panel.h"
#include "ui/widgets/cards_panel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/deal_button.h"
#include "ui/widgets/denials.h"
#include "ui/widgets/details_dialog.h"
#include "ui/widgets/dock_title.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/incident_banner.h"
#include "ui/widgets/incident_dialog.h"
#include "ui/widgets/second_person.h"
#include "ui/widgets/session_dialog.h"
#include "ui/widgets/shortcut_map.h"
#include "ui/widgets/ticket_panel.h"
#include "ui/widgets/unknown_banner.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QScreen>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int StateVersion = 1;
constexpr QSize DefaultSize{1440, 900};
constexpr int TicketWidth = 312;
constexpr int BlotterHeight = 232;
constexpr std::chrono::seconds IdleCheck{5};

/// Before the first widget is made: what is there earlier may keep the size of the platform's font.
const Theme& applied(const Theme& theme)
{
    theme.apply(*qApp);
    return theme;
}

}

MainWindow::MainWindow(rfq::RfqService& service, rfq::SignIn& signIn, rfq::Approver& approver, const base::Clock& clock,
    WindowSettings settings)
    : m_service(service)
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_theme(m_settings.restored.theme)
    , m_desk(service, clock)
    , m_header(new HeaderBar(applied(m_theme), m_desk, this))
    , m_unknown(new UnknownBanner(m_theme, m_desk, this))
    , m_incidents(new IncidentBanner(m_theme, m_desk, this))
    , m_ticket(new TicketPanel(m_theme, m_desk))
    , m_cards(new CardsPanel(m_theme, m_desk))
    , m_blotter(new BlotterPanel(m_theme, m_desk))
    , m_signIn(new SignInPage(m_theme, signIn, clock, this))
    , m_secondPerson(new SecondPerson(m_theme, m_desk, approver, *this))
    , m_denials(new Denials(*this))
    , m_menu(new QMenu(this))
    , m_lastInput(clock.steady())
{
    installAccessibility();
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Countersign"_s);
    setWindowIcon(glyphIcon(Glyph::Brand, m_theme.colours().accent));
    buildTop();
    setCentralWidget(m_cards);
    buildDocks();
    buildMenu();
    buildShortcuts();
    resize(DefaultSize.boundedTo(screen()->availableSize()));
    restoreGeometry(m_settings.restored.geometry);
    restoreState(m_settings.restored.docks, StateVersion);

    connectPanels();
    connect(&m_idle, &QTimer::timeout, this, &MainWindow::checkIdle);
    m_idle.start(IdleCheck);
    qApp->installEventFilter(this);
    m_signIn->setSessionsCloseAt(m_settings.sessionsCloseAt);
    m_tokenEvents.push_back(signIn.onLost([this](const base::Error& reason) { loseToken(reason); }));
    m_tokenEvents.push_back(signIn.onChanged([this] { cardsChanged(); }));
    m_tokenEvents.push_back(signIn.onWork([this](rfq::CardWork work) {
        m_signIn->showWork(work);
        m_header->showWork(work);
        m_secondPerson->showWork(work);
    }));
    if (m_settings.lastToken)
        m_signIn->prefer(*m_settings.lastToken);
    cover(Access::SignedOut, {base::Errc::Refused, "nobody is signed in"}, SignInPage::Purpose::SignIn);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildTop()
{
    auto* top = new QWidget(this);
    top->setObjectName(u"top"_s);
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (QWidget* part : std::initializer_list<QWidget*>{m_header, m_unknown, m_incidents})
        column->addWidget(part);
    setMenuWidget(top);
}

void MainWindow::connectPanels()
{
    connect(m_header, &HeaderBar::tokensAsked, this, &MainWindow::tokensAsked);
    connect(m_signIn, &SignInPage::tokensAsked, this, &MainWindow::tokensAsked);
    connect(m_signIn, &SignInPage::certificateAsked, this, &MainWindow::certificateAsked);
    connect(m_header, &HeaderBar::lockAsked, this, &MainWindow::lock);
    connect(m_header, &HeaderBar::retryAsked, this, &MainWindow::retrySession);
    connect(m_header, &HeaderBar::sessionOpened, this, &MainWindow::openSession);
    connect(m_header, &HeaderBar::denialOpened, m_denials, &Denials::open);
    connect(m_blotter, &BlotterPanel::sessionOpened, this, &MainWindow::openSession);
    connect(m_signIn, &SignInPage::unlocked, this, &MainWindow::uncover);
    connect(m_signIn, &SignInPage::strangerUnlocked, this, [this] {
        endSignIn({base::Errc::KeyNotFound, "another card was signed in"}, SignInPage::Purpose::TokenLost);
        Q_EMIT tokenExchanged();
    });
    connect(m_signIn, &SignInPage::anewAsked, this, &MainWindow::signOut);
    connect(m_ticket, &TicketPanel::requested, m_cards, &CardsPanel::select);
    connect(m_blotter, &BlotterPanel::exportAsked, this, [this](const QString& name, const QByteArray& csv) {
        if (m_settings.exportFile)
            m_settings.exportFile(name, csv);
    });
    connect(m_blotter, &BlotterPanel::requestOpened, m_cards, &CardsPanel::select);
    connect(m_blotter, &BlotterPanel::incidentOpened, this, &MainWindow::openIncident);
    connect(m_unknown, &UnknownBanner::shown, m_cards, &CardsPanel::select);
    connect(m_unknown, &UnknownBanner::closeAsked, m_secondPerson, &SecondPerson::closeOutcome);
    connect(m_cards, &CardsPanel::closeAsked, m_secondPerson, &SecondPerson::closeOutcome);
    connect(m_cards, &CardsPanel::twinAsked, m_secondPerson, &SecondPerson::allowTwin);
    connect(m_incidents, &IncidentBanner::detailsAsked, this, &MainWindow::showIncident);
    connect(m_incidents, &IncidentBanner::acknowledgeAsked, this, &MainWindow::openIncident);
    connect(m_incidents, &IncidentBanner::disputeAsked, this, [this](const rfq::IncidentId& id) {
        if (const auto* known = incident(id))
            (new IncidentDialog(m_desk, *known, IncidentDialog::Purpose::Dispute, this))->show();
    });
    connect(
        &m_theme, &Theme::changed, this, [this] { setWindowIcon(glyphIcon(Glyph::Brand, m_theme.colours().accent)); });
}

const rfq::Incident* MainWindow::incident(const rfq::IncidentId& id) const
{
    const auto& all = m_service.incidents();
    const auto found = std::ranges::find(all, id, &rfq::Incident::id);
    return found == all.end() ? nullptr : &*found;
}

void MainWindow::showIncident(const rfq::IncidentId& id)
{
    if (const auto* known = incident(id))
        (new DetailsDialog(rawViewOf(*known, m_service.settings()), this))->show();
}

void MainWindow::openSession(const QString& session)
{
    auto* dialog = new SessionDialog(m_desk, rfq::SessionId(session.toStdString()), this);
    connect(dialog, &SessionDialog::retryAsked, this, &MainWindow::retrySession);
    connect(dialog, &SessionDialog::resetAsked, this, &MainWindow::resetSession);
    dialog->show();
}

void MainWindow::openIncident(const rfq::IncidentId& id)
{
    const auto* known = incident(id);
    if (!known || known->acknowledged)
        return showIncident(id);
    (new IncidentDialog(m_desk, *known, IncidentDialog::Purpose::Acknowledge, this))->show();
}

void MainWindow::buildDocks()
{
    m_ticket->setMinimumWidth(TicketWidth);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    auto* ticket = addDock(u"ticketDock"_s, tr("Ticket"), *m_ticket, Qt::LeftDockWidgetArea);
    auto* blotter = addDock(u"blotterDock"_s, tr("Blotter"), *m_blotter, Qt::BottomDockWidgetArea);
    resizeDocks({ticket}, {TicketWidth}, Qt::Horizontal);
    resizeDocks({blotter}, {BlotterHeight}, Qt::Vertical);
    QWidget::setTabOrder(m_header, m_ticket);
    QWidget::setTabOrder(m_ticket, m_cards);
    QWidget::setTabOrder(m_cards, m_blotter);
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget& panel, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(&panel);
    dock->setTitleBarWidget(new DockTitle(*dock));
    addDockWidget(area, dock);
    m_docks.push_back(dock);
    if (m_menu->isEmpty())
        return dock;
    // It came after the window was built, and belongs behind the cover as the others do.
    m_menu->insertAction(m_menu->actions().front(), dock->toggleViewAction());
    dock->setEnabled(!isLocked());
    m_signIn->raise();
    return dock;
}

void MainWindow::buildMenu()
{
    for (auto* dock : m_docks)
        m_menu->addAction(dock->toggleViewAction());
    m_menu->addSeparator();
    m_menu->addAction(tr("Light or dark"), this, &MainWindow::changeTheme);
    m_menu->addAction(tr("Cards and security keys  (Ctrl+Shift+K)"), this, &MainWindow::tokensAsked);
    m_menu->addAction(tr("Keys  (?)"), this, &MainWindow::showKeys);
    m_menu->addSeparator();
    m_menu->addAction(tr("Lock  (Ctrl+L)"), this, &MainWindow::lock);
    m_menu->addAction(tr("Sign out"), this, &MainWindow::signOut);
    m_menu->addAction(tr("Quit"), this, &QWidget::close);
    m_header->setMenu(*m_menu);
}

void MainWindow::addShortcut(const QKeySequence& keys, std::function<void()> act)
{
    auto* shortcut = new QShortcut(keys, this);
    shortcut->setAutoRepeat(false);
    connect(shortcut, &QShortcut::activated, this, [this, act = std::move(act)] {
        if (m_access == Access::Open)
            act();
    });
}

void MainWindow::buildShortcuts()
{
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    const auto ctrlShift = [](Qt::Key key) { return QKeySequence(Qt::CTRL | Qt::SHIFT | key); };
    addShortcut(ctrlShift(Qt::Key_B), [this] { m_cards->dealBest(rfq::Side::Buy); });
    addShortcut(ctrlShift(Qt::Key_S), [this] { m_cards->dealBest(rfq::Side::Sell); });
    addShortcut(ctrlShift(Qt::Key_Return), [this] { dealFocused(); });
    addShortcut(ctrl(Qt::Key_Up), [this] { m_cards->selectNext(-1); });
    addShortcut(ctrl(Qt::Key_Down), [this] { m_cards->selectNext(1); });
    addShortcut(ctrl(Qt::Key_T), [this] { m_ticket->focusInstrument(); });
    addShortcut(ctrl(Qt::Key_M), [this] { m_ticket->focusAmount(); });
    addShortcut(ctrl(Qt::Key_F), [this] { m_blotter->focusFilter(); });
    addShortcut(ctrlShift(Qt::Key_K), [this] { Q_EMIT tokensAsked(); });
    addShortcut(ctrl(Qt::Key_L), [this] { lock(); });
    addShortcut(QKeySequence(u"?"_s), [this] { showKeys(); });
}

void MainWindow::cover(Access access, const base::Error& reason, SignInPage::Purpose purpose)
{
    m_access = access;
    m_service.suspendDealing(reason);
    m_cards->conceal();
    m_blotter->conceal();
    m_unknown->conceal();
    m_incidents->conceal();
    menuWidget()->setEnabled(false);
    m_cards->setEnabled(false);
    for (auto* dock : m_docks)
        dock->setEnabled(false);
    for (auto* dialog : findChildren<DeskDialog*>()) {
        if (access == Access::Locked || !dialog->staysWhenSignedOut())
            dialog->close();
    }
    if (m_keys)
        m_keys->close();
    m_menu->close();
    m_desk.refresh();
    Q_EMIT covered();
    m_signIn->setGeometry(rect());
    m_signIn->open(purpose, purpose == SignInPage::Purpose::TokenLost ? std::optional(reason) : std::nullopt);
}

void MainWindow::uncover(const rfq::TokenStatus& status)
{
    const bool fresh = m_access == Access::SignedOut;
    m_access = Access::Open;
    m_lastInput = m_clock.steady();
    if (fresh)
        m_signedInAt = m_lastInput;
    m_identity = status.identity;
    m_signIn->expect(m_identity);
    if (fresh && m_identity)
        m_expiry.signedIn(*m_identity);
    if (fresh && m_identity && m_settings.rememberToken)
        m_settings.rememberToken(rfq::choiceOf(*m_identity, m_signIn->weight()));
    if (status.identity) {
        const rfq::Person trader{status.identity->commonName, status.identity->fingerprint};
        m_service.signedIn(trader);
        m_secondPerson->setTrader(trader);
    }
    m_service.resumeDealing();
    menuWidget()->setEnabled(true);
    m_unknown->reveal();
    m_incidents->reveal();
    m_cards->setEnabled(true);
    for (auto* dock : m_docks)
        dock->setEnabled(true);
    warnOfExpiry();
    m_desk.refresh();
    m_cards->reveal();
    m_blotter->reveal();
    m_signIn->hide();
    m_ticket->focusAmount();
    Q_EMIT uncovered();
    if (fresh)
        Q_EMIT signedIn();
}

void MainWindow::warnOfExpiry()
{
    m_header->showIdentity(m_identity);
    if (auto notice = m_expiry.due(m_clock.utc())) {
        m_service.report(*std::move(notice));
        m_desk.refresh();
    }
}

void MainWindow::checkIdle()
{
    warnOfExpiry();
    const auto now = m_clock.steady();
    if (m_access != Access::SignedOut && now - m_signedInAt >= m_settings.fullSignIn)
        return signOut();
    if (now - m_lastInput >= m_settings.idleLock)
        lock();
}

void MainWindow::changeTheme()
{
    m_theme.change(m_theme.name() == ThemeName::Dark ? ThemeName::Light : ThemeName::Dark);
    if (m_access == Access::Open)
        m_cards->reveal();
    if (m_settings.save)
        m_settings.save(windowState());
}

void MainWindow::dealFocused()
{
    if (auto* button = qobject_cast<DealButton*>(QApplication::focusWidget()))
        button->dealByChord();
}

void MainWindow::showKeys()
{
    if (!m_keys)
        m_keys = new ShortcutMap(m_theme, this);
    m_keys->show();
    m_keys->raise();
}

WindowState MainWindow::windowState() const
{
    return {saveGeometry(), saveState(StateVersion), m_theme.name()};
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_settings.save)
        m_settings.save(windowState());
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_signIn->setGeometry(rect());
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
        m_lastInput = m_clock.steady();
        break;
    default:
        break;
    }
    return QMainWindow::eventFilter(watched, event);
}

}
