#pragma once

#include <QPlainTextEdit>

namespace ui {

/// Untranslated text as it came, to read and to copy. Tab leaves it. As high as `lines` lines.
class RawText final : public QPlainTextEdit {
    Q_OBJECT

public:
    RawText(const QString& name, int lines, QWidget* parent);
    /// Keeps the place where somebody reads.
    void show(const QString& text);
};

}
