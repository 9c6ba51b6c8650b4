#pragma once

#include "ui/models/raw_view.h"
#include "ui/widgets/desk_dialog.h"

namespace ui {

/// What stands behind the words: codes, ids, messages and evidence as they came, to read out on the phone or to copy.
class DetailsDialog final : public DeskDialog {
    Q_OBJECT

public:
    DetailsDialog(const RawView& view, QWidget* parent);

private:
    void addFacts(const RawView& view);
};

}
