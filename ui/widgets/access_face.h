#pragma once

#include "core/rfq/access.h"
#include "core/rfq/step_up.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QObject>
#include <QTimer>

namespace ui {

class ArmControl;
class MainWindow;
class StepUpDialog;

/// Puts zero-trust access into the window: the panel, the touch dialog, the control on the ticket. Where no session has
/// a policy enforcement point the window stays as it is. GUI thread.
class AccessFace final : public QObject {
    Q_OBJECT

public:
    /// A touch that is over sooner does not flash a window.
    static constexpr std::chrono::milliseconds Delay{200};

    /// The references must outlive it; it dies with the window.
    AccessFace(rfq::AccessControl& access, rfq::StepUp& touch, MainWindow& window);

private:
    void build();
    void refresh();
    void follow();
    void openTouch();

    rfq::AccessControl& m_access;
    rfq::StepUp& m_touch;
    MainWindow& m_window;
    ArmControl* m_arm = nullptr;
    QTimer m_soon; ///< one refresh for many changes, when nobody is in the middle of one
    QTimer m_open;
    QTimer m_tick;
};

}
