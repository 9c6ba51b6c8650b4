#pragma once

#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QToolButton>
#include <QWidget>

/// Small helpers that keep the panels short: each control gets its object name, and where it needs one its accessible
/// name, at birth.
namespace ui {

/// Sets a property that the style sheet selects on and polishes the widget again.
void setStyleProperty(QWidget& widget, const char* name, const QString& value);
/// "dim", "small", "title", "large", "strong", "good", "warning", "alarm"; empty for plain.
void setTone(QWidget& label, const QString& tone);

[[nodiscard]] QLabel* label(const QString& objectName, QWidget* parent, const QString& text = {});
/// A label for the control beside or below it.
[[nodiscard]] QLabel* caption(const QString& text, QWidget* control, QWidget* parent);
/// `kind`: "primary", "quiet", "link" or empty for plain.
[[nodiscard]] QPushButton* pushButton(
    const QString& objectName, const QString& text, const QString& kind, QWidget* parent);
/// `kind`: "segment", "chip", "tab", "quiet".
[[nodiscard]] QToolButton* toolButton(
    const QString& objectName, const QString& text, const QString& kind, QWidget* parent);

}
