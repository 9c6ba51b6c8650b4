#pragma once

#include "tests/gui/desk_rig.h"
#include "tests/gui/fake_cards.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/token_desk.h"

#include <QLabel>
#include <QPushButton>

#include <utility>
#include <vector>

namespace support {

/// Cards and security keys beside a window.
struct TokenTable {
    FakeCardManager cards;
    FakeKeyManager keys;
    std::vector<std::pair<QString, QByteArray>> saved;
    QString path = u"/media/usb/trader-7.pem"_s; ///< of the file that the person chooses
    QByteArray content;
    DeskRig& desk;
    ui::TokenDesk& tokens; ///< the window's

    explicit TokenTable(DeskRig& rig)
        : desk(rig)
        , tokens(*new ui::TokenDesk(desk.window->theme(), desk.desk.clock, cards, keys, files(), *desk.window))
    {
        QObject::connect(desk.window.get(), &ui::MainWindow::tokensAsked, &tokens, &ui::TokenDesk::open);
        QObject::connect(desk.window.get(), &ui::MainWindow::certificateAsked, &tokens, &ui::TokenDesk::openForNewCard);
        QObject::connect(&tokens, &ui::TokenDesk::signInAsked, desk.window.get(), &ui::MainWindow::signOut);
    }

    ui::TokenFiles files()
    {
        ui::TokenFiles made;
        made.save = [this](const QString& name, const QByteArray& what) { saved.emplace_back(name, what); };
        made.choose = [this](const QString&, const auto& chosen) { chosen(path, content); };
        return made;
    }
    template <typename Widget = QWidget>
    [[nodiscard]] Widget* find(const QString& name) const
    {
        DeskRig::settleLayout();
        // The newest of that name that can be seen: windows of the past die with the event loop.
        Widget* found = nullptr;
        for (auto* one : desk.window->findChildren<Widget*>(name)) {
            if (one->isVisible())
                found = one;
        }
        return found;
    }
    void click(const QString& name) const
    {
        DeskRig::settleLayout();
        DeskRig::click(*find(name));
        DeskRig::settleLayout();
    }
    void type(const QString& name, const QString& words) const { QTest::keyClicks(find(name), words); }
    [[nodiscard]] QString words(const QString& name) const
    {
        const auto* label = find<QLabel>(name);
        return label ? label->text() : QString();
    }
    void setPin(const QString& given, const QString& next, const QString& again) const
    {
        if (!given.isEmpty())
            type(u"pinGiven"_s, given);
        type(u"pinNext"_s, next);
        type(u"pinAgain"_s, again);
        click(u"pinAct"_s);
    }
};

/// The window with its cards and security keys.
struct TokenRig : private std::unique_ptr<DeskRig>, TokenTable {
    TokenRig()
        : std::unique_ptr<DeskRig>(std::make_unique<DeskRig>())
        , TokenTable(**this)
    {
    }
    ~TokenRig() { get()->window.reset(); } // before what its windows ask
    TokenRig(const TokenRig&) = delete;
    TokenRig& operator=(const TokenRig&) = delete;
};

}
