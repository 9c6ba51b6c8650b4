#pragma once

#include "core/rfq/values.h"

#include <QObject>

#include <map>
#include <string>

namespace ui {

class DeniedDialog;
class MainWindow;

/// Opens the explanation of a denial, once for each: what a session is told again at each try by itself opens nothing,
/// until the words change or a person has tried. A click on the session's chip opens it at any time. GUI thread.
class Denials final : public QObject {
    Q_OBJECT

public:
    /// It belongs to the window.
    explicit Denials(MainWindow& window);

    void open(const rfq::SessionId& session);

private:
    void explain();
    [[nodiscard]] DeniedDialog* find(const rfq::SessionId& session) const;

    MainWindow& m_window;
    std::map<rfq::SessionId, std::string> m_explained; ///< Denial::kind of what was shown last
};

}
