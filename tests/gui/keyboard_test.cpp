/// Every kind of window of the gallery, by keyboard alone: what can be used is reached with Tab, shows that it
/// has the focus, and tells a screen reader what it is; a dialog is read in the order of Tab and left with Escape.

#include "tests/gui/gallery_scene.h"
#include "tests/gui/token_rig.h"
#include "ui/widgets/accessibility.h"
#include "ui/widgets/deal_button.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/translation.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using gallery::Scene;
using support::Answers;
using support::DeskRig;
using support::TokenRig;
using namespace Qt::StringLiterals;

namespace {

constexpr int MaxSteps = 300;

QString nameOf(const QWidget& widget)
{
    return QString::fromLatin1(widget.metaObject()->className()) + u'#' + widget.objectName();
}

/// One of each kind of window, and of what it may hold.
const QStringList Walked{u"sign-in-last-try"_s, u"two-way"_s, u"session-down"_s, u"unknown-details"_s,
    u"close-wrong-pin"_s, u"incident-dispute"_s, u"token-other"_s, u"empty-card"_s, u"choose"_s, u"choose-missing"_s,
    u"manager-normal"_s, u"manager-venue-keys"_s, u"manager-venue-rename"_s, u"manager-venue-remove"_s,
    u"manager-error"_s, u"manager-unseen"_s, u"pin-change"_s, u"pin-last-puk"_s, u"pin-done"_s, u"wizard-refused"_s,
    u"wizard-placed"_s, u"wizard-online"_s, u"key-enrol"_s, u"key-touch"_s, u"key-finger"_s, u"key-enrolled"_s,
    u"access-denied"_s, u"access-turned-away"_s, u"touch-pin-wrong"_s, u"touch-now"_s, u"touch-ticket"_s, u"armed"_s,
    u"arm-refused"_s};

gallery::States statesOf(const QStringList& names)
{
    gallery::States found;
    for (auto& state : gallery::allStates())
        if (names.contains(state.first))
            found.push_back(std::move(state));
    return found;
}

/// A line of words that has less room than it needs.
bool isCutOff(const QWidget& widget)
{
    const auto* label = qobject_cast<const QLabel*>(&widget);
    const auto* button = qobject_cast<const QPushButton*>(&widget);
    return (button || (label && !label->wordWrap() && !label->text().isEmpty()))
        && widget.width() < widget.minimumSizeHint().width();
}

/// Where the person is: the newest dialog, or else the window.
QWidget* topOf(const DeskRig& rig)
{
    QWidget* top = rig.window.get();
    for (auto* dialog : rig.window->findChildren<ui::DeskDialog*>())
        if (dialog->isVisible())
            top = dialog;
    return top;
}

/// Whether it is a part of Qt's own of another control.
bool isPart(const QWidget& widget)
{
    if (widget.objectName().startsWith(u"qt_"_s) || widget.inherits("QHeaderView") || widget.inherits("QScrollBar"))
        return true;
    const auto* parent = widget.parentWidget();
    return parent
        && (qobject_cast<const QComboBox*>(parent) || qobject_cast<const QLineEdit*>(parent)
            || (parent->inherits("QTableView") && !widget.inherits("QAbstractItemView")));
}

bool isControl(const QWidget& widget)
{
    return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QLineEdit*>(&widget)
        || qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractItemView*>(&widget)
        || qobject_cast<const ui::SecureLineEdit*>(&widget);
}

QList<QWidget*> usable(const QWidget& window)
{
    QList<QWidget*> found;
    for (auto* widget : window.findChildren<QWidget*>())
        if (widget->window() == &window && widget->isVisible() && widget->isEnabled() && !isPart(*widget)
            && (isControl(*widget) || (widget->focusPolicy() & Qt::TabFocus) != 0))
            found << widget;
    return found;
}

/// Of buttons of which one is chosen Tab reaches one; the arrows go on from there.
bool isReachedByArrows(QWidget& widget, const QList<QWidget*>& visited)
{
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    const auto* group = button ? button->group() : nullptr;
    return group && group->exclusive()
        && std::ranges::any_of(group->buttons(), [&](auto* one) { return visited.contains(one); });
}

/// Once around, in the order of Tab.
QList<QWidget*> walk(QWidget& window)
{
    QList<QWidget*> visited;
    for (int step = 0; step < MaxSteps; ++step) {
        auto* now = QApplication::focusWidget();
        const bool isInside = now && now->window() == &window;
        if (isInside && visited.contains(now))
            break;
        if (isInside)
            visited << now;
        QTest::keyClick(isInside ? now : &window, Qt::Key_Tab);
    }
    return visited;
}

/// Tab goes down a column, and to the right in a row; from the end of a column to the top of the next.
bool isReadAfter(const QWidget& before, const QWidget& after)
{
    const auto place = [](const QWidget& one) { return QRect(one.mapTo(one.window(), QPoint()), one.size()); };
    const QRect a = place(before);
    const QRect b = place(after);
    const bool sameColumn = b.left() <= a.right() && a.left() <= b.right();
    const bool sameRow = b.top() <= a.bottom() && a.top() <= b.bottom();
    return !(sameColumn && b.bottom() < a.top()) && !(sameRow && b.right() < a.left());
}

QStringList readingFaults(const QList<QWidget*>& visited)
{
    const auto faultsFrom = [&](qsizetype first) {
        QStringList faults;
        for (qsizetype i = 1; i < visited.size(); ++i) {
            const auto& before = *visited[(first + i - 1) % visited.size()];
            const auto& after = *visited[(first + i) % visited.size()];
            if (!isReadAfter(before, after))
                faults << nameOf(after) + u" is reached after "_s + nameOf(before) + u", and read before it"_s;
        }
        return faults;
    };
    // The walk began where the focus was: it is in order if it is from somewhere on.
    QStringList fewest = faultsFrom(0);
    for (qsizetype first = 1; first < visited.size(); ++first)
        if (auto faults = faultsFrom(first); faults.size() < fewest.size())
            fewest = std::move(faults);
    return fewest;
}

QString mnemonicOf(const QWidget& widget)
{
    static const QRegularExpression marked(u"(?<!&)&([^&\\s])"_s);
    QString words;
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        words = button->text();
    else if (const auto* label = qobject_cast<const QLabel*>(&widget); label && label->buddy())
        words = label->text();
    const auto match = marked.match(words);
    return match.hasMatch() ? match.captured(1).toLower() : QString();
}

}

class KeyboardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::installAccessibility(); }

    void everyControlIsReachedAndNamed_data()
    {
        QTest::addColumn<gallery::Setup>("setup");
        const auto states = statesOf(Walked);
        QCOMPARE(static_cast<qsizetype>(states.size()), Walked.size());
        for (const auto& [name, setup] : states)
            QTest::newRow(qPrintable(name)) << setup;
    }

    void everyControlIsReachedAndNamed()
    {
        QFETCH(gallery::Setup, setup);
        Scene scene(ui::ThemeName::Dark);
        setup(scene);
        auto& window = *topOf(scene.rig);
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        DeskRig::settleLayout();
        const auto deals = scene.rig.deals();

        QStringList faults;
        QSet<QString> letters;
        const auto controls = usable(window);
        for (auto* widget : controls) {
            const auto* spoken = QAccessible::queryAccessibleInterface(widget);
            if (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty())
                faults << nameOf(*widget) + u" has no name for a screen reader"_s;
            if (isCutOff(*widget))
                faults << nameOf(*widget) + u" is cut off"_s;
            if (!showsItsFocus(*widget))
                faults << nameOf(*widget) + u" does not show that it has the focus"_s;
        }
        for (auto* widget : window.findChildren<QWidget*>())
            if (const auto letter = mnemonicOf(*widget); !letter.isEmpty() && widget->isVisible()) {
                if (letters.contains(letter))
                    faults << nameOf(*widget) + u" has the same mnemonic as another: "_s + letter;
                letters << letter;
            }
        const auto visited = walk(window);
        for (auto* widget : controls)
            if (!visited.contains(widget) && !visited.contains(widget->focusProxy())
                && !isReachedByArrows(*widget, visited))
                faults << nameOf(*widget) + u" is not reached with Tab"_s;
        for (const auto* button : window.findChildren<QPushButton*>())
            if (button->isDefault() || button->autoDefault())
                faults << nameOf(*button) + u" is pressed by Return from elsewhere"_s;
        const bool isDialog = qobject_cast<ui::DeskDialog*>(&window) != nullptr;
        if (isDialog)
            faults << readingFaults(visited);
        faults.sort();
        QVERIFY2(faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n')));
        if (isDialog)
            leaves(window);
        QCOMPARE(scene.rig.deals(), deals);
    }

    void whoLooksAgainByKeyKeepsTheFocus()
    {
        TokenRig rig;
        rig.tokens.open();
        auto* again = rig.find<QPushButton>(u"tokensAgain"_s);
        again->setFocus(Qt::TabFocusReason);
        rig.cards.answers.mode = Answers::Mode::WhenTold;
        QTest::keyClick(again, Qt::Key_Space);
        QVERIFY(again->hasFocus());
        QTest::keyClick(again, Qt::Key_Space); // who looks already is not asked again
        rig.cards.answers.settle();
        QVERIFY(again->hasFocus());
    }

    void whatIsDoneInARowLeavesTheFocusThere()
    {
        TokenRig rig;
        rig.desk.open();
        rig.keys.venues = {support::VenueX};
        rig.keys.enrolTwo(rig.desk.desk.clock.utc());
        rig.tokens.open();
        rig.find(u"venue-0-1Rename"_s)->setFocus(Qt::TabFocusReason);
        QTest::keyClick(rig.find(u"venue-0-1Rename"_s), Qt::Key_Space);
        QVERIFY(rig.find(u"venue-0-1Name"_s)->hasFocus());
        QTest::keyClick(rig.find(u"venue-0-1Name"_s), Qt::Key_Tab); // there is nothing to send yet
        QVERIFY(rig.find(u"venue-0-1Back"_s)->hasFocus());
        QTest::keyClick(rig.find(u"venue-0-1Back"_s), Qt::Key_Space);
        QVERIFY(rig.find(u"venue-0-1Rename"_s)->hasFocus());
    }

    void inGermanNothingIsCutOffAndNoMnemonicIsThereTwice()
    {
        // Their words are others', so their letters and their lengths are.
        ui::installTranslation(*qApp, QLocale(u"de"_s));
        QCOMPARE(QCoreApplication::translate("ui::StepUpDialog", "Cancel"), u"Abbrechen"_s);
        for (const auto& [name, setup] :
            statesOf({u"sign-in-last-try"_s, u"token-grace"_s, u"manager-normal"_s, u"wizard-online"_s, u"pin-change"_s,
                u"pin-last-puk"_s, u"empty-card"_s, u"key-enrol"_s, u"access-denied"_s, u"touch-ticket"_s})) {
            Scene scene(ui::ThemeName::Dark);
            setup(scene);
            DeskRig::settleLayout();
            QSet<QString> letters;
            for (auto* widget : topOf(scene.rig)->findChildren<QWidget*>()) {
                if (!widget->isVisible())
                    continue;
                const auto letter = mnemonicOf(*widget);
                QVERIFY2(letter.isEmpty() || !letters.contains(letter), qPrintable(name + u' ' + nameOf(*widget)));
                if (!letter.isEmpty())
                    letters << letter;
                QVERIFY2(!isCutOff(*widget), qPrintable(name + u' ' + nameOf(*widget)));
            }
        }
    }

private:
    /// From a field that holds a PIN it takes two: what was typed goes first.
    static void leaves(QWidget& window)
    {
        for (auto* field : window.findChildren<ui::SecureLineEdit*>())
            if (field->isVisible() && field->isEnabled())
                QTest::keyClicks(field, u"12"_s);
        for (int times = 0; times < 2 && window.isVisible(); ++times) {
            auto* focused = QApplication::focusWidget();
            QTest::keyClick(focused && focused->window() == &window ? focused : &window, Qt::Key_Escape);
        }
        QVERIFY2(!window.isVisible(), "Escape leaves the dialog");
    }

    /// Looked at once for each kind of control.
    bool showsItsFocus(QWidget& widget)
    {
        if ((widget.focusPolicy() & Qt::TabFocus) == 0)
            return true;
        auto name = nameOf(widget);
        name.remove(QRegularExpression(u"[-0-9].*$"_s));
        if (m_seen.contains(name))
            return true;
        m_seen << name;
        const auto* before = QApplication::focusWidget();
        if (before == &widget)
            widget.clearFocus();
        const auto without = widget.grab().toImage();
        widget.setFocus(Qt::TabFocusReason);
        return widget.grab().toImage() != without;
    }

    QSet<QString> m_seen;
};

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
