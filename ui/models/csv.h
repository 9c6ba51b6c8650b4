#pragma once

#include <QAbstractItemModel>
#include <QByteArray>

namespace ui {

/// What a table shows, as RFC 4180 CSV in UTF-8. A cell that a spreadsheet would take for a formula (it starts with
/// = + - @, a tab or a return and is no plain number) is led by an apostrophe.
[[nodiscard]] QByteArray toCsv(const QAbstractItemModel& model);

}
