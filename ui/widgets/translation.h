#pragma once

#include <QLocale>

class QCoreApplication;

namespace ui {

/// Speaks the language of `locale` from now on, where the desk knows it; English otherwise. Before the first window.
void installTranslation(QCoreApplication& application, const QLocale& locale);

}
