#include "ui/widgets/translation.h"

#include <QCoreApplication>
#include <QTranslator>

#include <memory>

namespace ui {

void installTranslation(QCoreApplication& application, const QLocale& locale)
{
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(locale, QStringLiteral("countersign"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        return;
    translator->setParent(&application);
    QCoreApplication::installTranslator(translator.release());
}

}
