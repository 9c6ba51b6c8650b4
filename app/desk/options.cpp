#include "app/desk/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

namespace app {

namespace {

constexpr int Usage = 64;

}

std::optional<DeskOptions> parseDeskOptions(int& code)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "DeskOptions", "The Countersign desk: ask, compare and deal, with your identity on a token."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption config(QStringLiteral("config"),
        QCoreApplication::translate("DeskOptions", "Configuration file."), QStringLiteral("file"));
    parser.addOption(config);

    code = 0;
    if (!parser.parse(QCoreApplication::arguments()) || !parser.positionalArguments().isEmpty()) {
        const QString why = parser.errorText().isEmpty()
            ? QCoreApplication::translate("DeskOptions", "Unexpected argument.")
            : parser.errorText();
        std::fprintf(stderr, "countersign: %s\n%s", qUtf8Printable(why), qUtf8Printable(parser.helpText()));
        code = Usage;
        return std::nullopt;
    }
    if (parser.isSet(help)) {
        std::fputs(qUtf8Printable(parser.helpText()), stdout);
        return std::nullopt;
    }
    if (parser.isSet(version)) {
        std::printf("countersign %s\n", qUtf8Printable(QCoreApplication::applicationVersion()));
        return std::nullopt;
    }
    return DeskOptions{parser.value(config).toStdString()};
}

}
