#pragma once

class QLayout;

namespace ui {

/// Makes Tab go through the widgets of a layout as they are read: from the top down, each row from left to right,
/// whatever was made first. Hidden ones get their place too. Call it again when widgets have come or gone.
void orderTabs(QLayout& layout);

}
