#pragma once

#include <QString>

class QFrame;
class QVBoxLayout;
class QWidget;

/// Lists whose rows are made anew when what they show has changed.
namespace ui {

struct TonedText;

/// An empty list of its own, in the place of the one before.
[[nodiscard]] QVBoxLayout* freshRows(QWidget& list);
/// A framed row with its title; what it holds goes into its layout.
[[nodiscard]] QVBoxLayout* addRow(QVBoxLayout& rows, const QString& name, const QString& title);
/// A line of text in a row; none where it is empty.
void addLine(QVBoxLayout& row, const QString& name, const TonedText& words);

/// Gives the focus back to the control of the same name; where there is none any more, to the first of its row, or else
/// of the list.
class FocusKeeper {
public:
    explicit FocusKeeper(QWidget& list);
    ~FocusKeeper();
    FocusKeeper(const FocusKeeper&) = delete;
    FocusKeeper& operator=(const FocusKeeper&) = delete;

private:
    [[nodiscard]] QWidget* heir() const;

    QWidget& m_list;
    QString m_name;
    QString m_row;
};

}
