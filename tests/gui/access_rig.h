#pragma once

#include "tests/gui/desk_rig.h"
#include "tests/support/fake_access.h"
#include "ui/widgets/access_face.h"
#include "ui/widgets/denied_dialog.h"
#include "ui/widgets/step_up_dialog.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>

namespace support {

/// A desk one of whose sessions has a policy enforcement point.
struct AccessRig {
    FakeAccess access; ///< first: the window asks them until it is gone
    FakeStepUp touch;
    DeskRig rig;

    AccessRig()
    {
        access.states[VenueX] = {};
        new ui::AccessFace(access, touch, *rig.window);
        rig.open();
        decide(rfq::AccessOutcome::Allow, 15);
    }

    void decide(rfq::AccessOutcome outcome, int networkScore, int deviceScore = 0)
    {
        auto& state = access.states[VenueX];
        state.phase = rfq::AccessPhase::Decided;
        state.before = state.notice;
        state.notice = accessNotice(outcome, networkScore, deviceScore);
        changed();
    }
    void ask()
    {
        touch.view = stepUpView(rig.desk.clock.steady());
        touch.tell();
    }
    void askAndWait()
    {
        ask();
        static_cast<void>(QTest::qWaitFor([this] { return dialog() != nullptr; }, 20'000));
        DeskRig::settleLayout();
    }
    void changed() const
    {
        access.tell();
        touch.tell();
        QTest::qWait(1); // the refresh is posted, never in the middle of a change
        DeskRig::settleLayout();
    }
    [[nodiscard]] ui::StepUpDialog* dialog() const { return rig.dialog<ui::StepUpDialog>(); }
    template <typename Widget>
    [[nodiscard]] Widget& part(const QString& name) const
    {
        return *rig.window->findChild<Widget*>(name);
    }
    [[nodiscard]] QString words(const QString& name) const { return part<QLabel>(name).text(); }
    void typePin(const QString& pin) const
    {
        auto& field = part<ui::SecureLineEdit>(u"stepUpPin"_s);
        QTest::keyClicks(&field, pin);
    }
};

}
