#pragma once

#include "app/desk/file_export.h"
#include "app/desk/file_import.h"
#include "app/desk/logind_watch.h"
#include "app/desk/options.h"
#include "app/desk/qt_executor.h"
#include "app/desk/window_store.h"
#include "app/desk_core/desk_cards.h"
#include "app/desk_core/desk_keys.h"
#include "app/desk_core/trading_desk.h"
#include "app/process/stop_signal.h"
#include "core/base/clock.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/token_desk.h"

#include <QTimer>

#include <memory>

namespace app {

/// The desk with its window: what the parts are and how they meet. GUI thread.
class DeskProgram {
public:
    /// Reads the configuration, opens the journal and shows the window. Null where that failed: the reason was shown,
    /// and `code` is what to exit with.
    [[nodiscard]] static std::unique_ptr<DeskProgram> open(
        const DeskOptions& options, const base::Clock& clock, base::SteadyTime started, int& code);

private:
    DeskProgram(DeskConfig config, const base::Clock& clock);
    [[nodiscard]] base::Status openDesk(base::SteadyTime started);
    void connectWindow();
    void connectTokens();

    const base::Clock& m_clock;
    DeskConfig m_config;
    QtExecutor m_guiThread;
    StopSignal m_stopSignal; ///< before every other thread
    WindowStore m_windowStore;
    FileExport m_export;
    FileImport m_import;
    QTimer m_refresh; ///< models change at most once a frame, however many batches arrive
    std::unique_ptr<TradingDesk> m_desk;
    std::unique_ptr<DeskKeys> m_keys;
    std::unique_ptr<DeskCards> m_cards;
    std::unique_ptr<ui::MainWindow> m_window;
    LogindWatch m_sessionWatch; ///< ends before the window that it locks
};

}
