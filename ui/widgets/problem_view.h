#pragma once

#include "ui/models/error_text.h"

#include <QWidget>

#include <string>

class QLabel;
class QPushButton;

namespace ui {

/// What went wrong, in words, with the raw text one click away. Takes no room while nothing is wrong.
class ProblemView final : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names of its parts.
    ProblemView(const QString& name, QWidget* parent);

    void show(const ErrorText& words, const std::string& detail);
    void clear() { hide(); }

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_toggle;
    QLabel* m_raw;
};

}
