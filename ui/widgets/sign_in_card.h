#pragma once

#include "ui/widgets/glyphs.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace ui {

/// The sheet in the middle of the sign-in page, with its mark. GUI thread.
class SignInCard final : public QWidget {
public:
    explicit SignInCard(const Theme& theme, QWidget* parent = nullptr);

    void setMark(Glyph mark);
    /// Of what stands on it, from its edges; below the mark at the top.
    [[nodiscard]] static QMargins margins();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    Glyph m_mark = Glyph::Brand;
};

}
