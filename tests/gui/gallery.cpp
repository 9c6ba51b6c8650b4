/// desk_gallery DIRECTORY [dark|light] [LANGUAGE [STATE]]: opens the real window on a desk of fakes in every state that
/// matters and saves a picture of each. For people who change a screen: run it at QT_SCALE_FACTOR 1 and 2 and look.

#include "tests/gui/gallery_scene.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/translation.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPixmap>

#include <iostream>

using gallery::Scene;
using support::DeskRig;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int SettleMs = 250; ///< columns fit themselves now and then
constexpr int SettleRounds = 10;

/// The window, and over it whatever dialog is open.
QPixmap pictureOf(const DeskRig& rig)
{
    auto picture = rig.window->grab();
    for (auto* dialog : rig.window->findChildren<ui::DeskDialog*>()) {
        if (!dialog->isVisible())
            continue;
        const auto above = dialog->grab();
        const auto room = picture.deviceIndependentSize() - above.deviceIndependentSize();
        QPainter painter(&picture);
        const QPointF corner(room.width() / 2, room.height() / 2);
        painter.fillRect(QRectF(QPointF(), picture.deviceIndependentSize()), QColor(0, 0, 0, 96));
        painter.drawPixmap(corner, above);
    }
    return picture;
}

}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        std::cerr << "usage: desk_gallery DIRECTORY [dark|light] [LANGUAGE [STATE]]\n";
        return 64;
    }
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    directory.mkpath(u"."_s);
    const bool light = argc > 2 && QByteArray(argv[2]) == "light";
    const auto language = argc > 3 ? QString::fromLocal8Bit(argv[3]) : u"en"_s;
    const auto only = argc > 4 ? QString::fromLocal8Bit(argv[4]) : QString();
    QLocale::setDefault(QLocale(language));
    ui::installTranslation(application, QLocale(language));
    int made = 0;
    for (const auto& [name, setup] : gallery::allStates()) {
        if (!only.isEmpty() && !name.startsWith(only))
            continue;
        Scene scene(light ? ui::ThemeName::Light : ui::ThemeName::Dark);
        setup(scene);
        QTest::qWait(SettleMs);
        for (int round = 0; round < SettleRounds; ++round) // a busy machine has not had the time
            DeskRig::settleLayout();
        const auto file = name + (light ? u"-light.png" : u"-dark.png");
        if (!pictureOf(scene.rig).save(directory.filePath(file)))
            return 1;
        ++made;
    }
    std::cout << made << " pictures in " << argv[1] << '\n';
    return 0;
}
