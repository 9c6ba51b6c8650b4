#include "app/desk/desk_program.h"

#include "app/desk/workstation_lock.h"
#include "ui/widgets/access_face.h"
#include "ui/widgets/translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMessageBox>

#include <cstdio>
#include <utility>

namespace app {

namespace {

constexpr int ConfigurationExit = 78; // EX_CONFIG of sysexits
constexpr std::chrono::milliseconds Frame{16};

ui::ThemeName themeOf(ThemeChoice choice)
{
    return choice == ThemeChoice::Light ? ui::ThemeName::Light : ui::ThemeName::Dark;
}

/// Before there is a window: on the terminal for who has one, and on the screen.
void showStartFailure(const base::Error& error)
{
    std::fprintf(stderr, "%s\n", error.detail.c_str());
    QMessageBox box(QMessageBox::Critical, QCoreApplication::translate("DeskProgram", "Countersign cannot start"),
        QCoreApplication::translate("DeskProgram", "The desk cannot start as it is configured."), QMessageBox::Close);
    box.setInformativeText(QString::fromStdString(error.detail));
    box.setTextInteractionFlags(Qt::TextSelectableByMouse);
    QObject::connect(&box, &QMessageBox::finished, QCoreApplication::instance(), &QCoreApplication::quit);
    box.open();
    QCoreApplication::exec();
}

}

std::unique_ptr<DeskProgram> DeskProgram::open(
    const DeskOptions& options, const base::Clock& clock, base::SteadyTime started, int& code)
{
    code = ConfigurationExit;
    auto config = loadDeskConfig(options.config.empty() ? defaultConfigFile() : options.config);
    if (!config) {
        showStartFailure(config.error());
        return nullptr;
    }
    std::unique_ptr<DeskProgram> program(new DeskProgram(*std::move(config), clock));
    if (const base::Status status = program->openDesk(started); !status) {
        showStartFailure(status.error());
        return nullptr;
    }
    code = 0;
    return program;
}

DeskProgram::DeskProgram(DeskConfig config, const base::Clock& clock)
    : m_clock(clock)
    , m_config(std::move(config))
    , m_stopSignal([this] { m_guiThread.post([] { QCoreApplication::quit(); }); })
    , m_windowStore(m_config.stateDirectory, themeOf(m_config.window.theme))
    , m_sessionWatch(m_guiThread, systemBusAddress())
{
    const QLocale locale =
        m_config.window.language.empty() ? QLocale() : QLocale(QString::fromStdString(m_config.window.language));
    QLocale::setDefault(locale);
    ui::installTranslation(*QCoreApplication::instance(), locale);
}

base::Status DeskProgram::openDesk(base::SteadyTime started)
{
    m_refresh.setSingleShot(true);
    m_refresh.setTimerType(Qt::PreciseTimer);
    auto desk = TradingDesk::open(m_config, m_guiThread, m_clock, [this] {
        if (!m_refresh.isActive())
            m_refresh.start(Frame);
    });
    if (!desk)
        return desk.error();
    m_desk = *std::move(desk);
    m_keys = std::make_unique<DeskKeys>(
        m_desk->securityKeys(), m_desk->venueEnrolment(), m_desk->venueKeys(), m_config.enrolment.relyingParty);
    m_cards =
        std::make_unique<DeskCards>(m_desk->token(), m_config.enrolment, m_config.stateDirectory / "certificates");

    ui::WindowSettings settings;
    settings.restored = m_windowStore.load();
    settings.save = [this](const ui::WindowState& state) { m_windowStore.save(state); };
    settings.lastToken = m_windowStore.loadToken();
    settings.rememberToken = [this](const rfq::TokenChoice& choice) { m_windowStore.saveToken(choice); };
    settings.exportFile = [this](const QString& name, const QByteArray& content) {
        m_export.save(m_window.get(), name, content);
    };
    settings.idleLock = std::chrono::duration_cast<std::chrono::seconds>(m_config.window.idleLock);
    settings.sessionsCloseAt = [this] { return m_desk->sessionsCloseAt(); };
    m_window = std::make_unique<ui::MainWindow>(
        m_desk->service(), m_desk->signIn(), m_desk->approver(), m_clock, std::move(settings));
    new ui::AccessFace(m_desk->access(), m_desk->stepUp(), *m_window); // the window's
    connectWindow();
    connectTokens();
    m_window->show();
    lockWithWorkstation(m_sessionWatch, *m_window);
    m_guiThread.post([this, started] {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steady() - started);
        std::fprintf(stderr, "countersign: window usable %lld ms after start\n", static_cast<long long>(took.count()));
    });
    return base::Ok{};
}

void DeskProgram::connectWindow()
{
    ui::MainWindow* window = m_window.get();
    QObject::connect(&m_refresh, &QTimer::timeout, window, [window] { window->deskChanged(); });
    QObject::connect(window, &ui::MainWindow::signedIn, window, [this] { m_desk->goOnline(); });
    QObject::connect(window, &ui::MainWindow::signedOut, window, [this] { m_desk->signOut("the trader signed out"); });
    QObject::connect(window, &ui::MainWindow::tokenExchanged, window,
        [this] { m_desk->goOffline("another card was signed in with"); });
    QObject::connect(window, &ui::MainWindow::retrySession, window,
        [this](const QString& session) { m_desk->retry(rfq::SessionId(session.toStdString())); });
    QObject::connect(window, &ui::MainWindow::resetSession, window,
        [this](const QString& session) { m_desk->resetSequenceNumbers(rfq::SessionId(session.toStdString())); });
}

void DeskProgram::connectTokens()
{
    ui::TokenFiles files;
    files.save = [this](
                     const QString& name, const QByteArray& content) { m_export.save(m_window.get(), name, content); };
    files.choose = [this](const QString& title, FileImport::Chosen chosen) {
        m_import.choose(m_window.get(), title, std::move(chosen));
    };
    auto* tokens = new ui::TokenDesk(m_window->theme(), m_clock, *m_cards, *m_keys, std::move(files), *m_window);
    QObject::connect(m_window.get(), &ui::MainWindow::tokensAsked, tokens, &ui::TokenDesk::open);
    QObject::connect(m_window.get(), &ui::MainWindow::certificateAsked, tokens, &ui::TokenDesk::openForNewCard);
    QObject::connect(tokens, &ui::TokenDesk::signInAsked, m_window.get(), &ui::MainWindow::signOut);
}

}
