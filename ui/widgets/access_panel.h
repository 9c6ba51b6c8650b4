#pragma once

#include "core/rfq/access.h"
#include "ui/models/desk_model.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <map>

namespace ui {

class AccessSheet;

/// Access to every session that has a policy enforcement point, one below the other. GUI thread.
class AccessPanel final : public QWidget {
    Q_OBJECT

public:
    AccessPanel(const Theme& theme, rfq::AccessControl& access, DeskModel& desk, QWidget* parent = nullptr);

private:
    void refresh();

    rfq::AccessControl& m_access;
    DeskModel& m_desk;
    std::map<rfq::SessionId, AccessSheet*> m_sheets;
};

}
