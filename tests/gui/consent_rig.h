#pragma once

#include "tests/gui/desk_rig.h"
#include "ui/widgets/consent_dialog.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace support {

/// A desk with one deal of unknown outcome, and hands that fill in the dialog of two persons.
struct ConsentRig : DeskRig {
    rfq::RfqId unknown;

    explicit ConsentRig(rfq::DeskSettings rules = deskSettings())
        : DeskRig({}, std::move(rules))
    {
        open();
        unknown = losesSight();
    }

    [[nodiscard]] const rfq::AcceptanceLine& line() const { return desk.acceptance(unknown); }
    [[nodiscard]] ui::ConsentDialog* form() const { return dialog<ui::ConsentDialog>(); }
    template <typename Widget>
    [[nodiscard]] Widget& part(const QString& name) const
    {
        return *form()->findChild<Widget*>(name);
    }
    void openClosing() const
    {
        click(*find<QWidget>(u"unknownBannerClose"_s));
        settleLayout();
    }
    void type(const QString& field, const QString& words) const
    {
        auto& edit = part<QLineEdit>(field);
        edit.setFocus();
        QTest::keyClicks(&edit, words);
    }
    void fill(const QString& verdict = u"verdictNotTraded"_s) const
    {
        auto& choice = part<QAbstractButton>(verdict);
        choice.setFocus();
        QTest::keyClick(&choice, Qt::Key_Space);
        type(u"consentReference"_s, u"M. Hall, ticket 88213"_s);
        type(u"consentReason"_s, u"confirmed by telephone"_s);
        choosePerson(u"risk-1"_s);
    }
    void choosePerson(const QString& name) const
    {
        auto& people = part<QComboBox>(u"secondPerson"_s);
        people.setFocus();
        for (int i = 0; i < people.count() && !people.currentText().startsWith(name); ++i)
            QTest::keyClick(&people, Qt::Key_Down);
    }
    void enterSecondPin(const QString& pin) const
    {
        auto& field = part<ui::SecureLineEdit>(u"secondPin"_s);
        field.setFocus();
        QTest::keyClicks(&field, pin);
        QTest::keyClick(&field, Qt::Key_Return);
        settleLayout();
    }
    [[nodiscard]] QString words(const QString& name) const { return part<QLabel>(name).text(); }
    [[nodiscard]] QString statement() const { return part<QPlainTextEdit>(u"consentStatement"_s).toPlainText(); }
};

}
