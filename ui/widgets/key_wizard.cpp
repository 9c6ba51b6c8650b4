#include "ui/widgets/key_wizard.h"

#include "ui/models/card_words.h"
#include "ui/models/format.h"
#include "ui/widgets/chevron.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/problem_view.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/tick_box.h"
#include "ui/widgets/touch_view.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

KeyWizard::KeyWizard(
    const Theme& theme, rfq::KeyManager& keys, TokenFiles files, rfq::PluggedKey key, Purpose purpose, QWidget* parent)
    : DeskDialog(
        u"keyWizard"_s, purpose == Purpose::Enrol ? tr("Enrol a security key") : tr("Test a security key"), parent)
    , m_keys(keys)
    , m_files(std::move(files))
    , m_key(std::move(key))
    , m_purpose(purpose)
    , m_alive(std::make_shared<int>(0))
    , m_explanation(label(u"keyExplanation"_s, this))
    , m_form(new QWidget(this))
    , m_place(new WithChevron<QComboBox>(theme, m_form))
    , m_name(new QLineEdit(m_form))
    , m_choose(pushButton(u"keyChoose"_s, {}, {}, m_form))
    , m_chosen(label(u"keyChosen"_s, m_form))
    , m_pin(new SecureLineEdit(theme, m_form))
    , m_tries(label(u"keyTries"_s, m_form))
    , m_lastTry(new TickBox(tr("Use the last try. If it is wrong, the key blocks for good."), m_form))
    , m_problem(new ProblemView(u"key"_s, this))
    , m_touch(new TouchView(theme, this))
    , m_done(label(u"keyDone"_s, this))
    , m_next(label(u"keyNext"_s, this))
    , m_close(pushButton(u"keyClose"_s, tr("Close"), {}, this))
    , m_save(pushButton(u"keySave"_s, tr("Save the file again…"), {}, this))
    , m_test(pushButton(u"keyTest"_s, tr("Test it now"), {}, this))
    , m_act(pushButton(u"keyAct"_s, {}, u"primary"_s, this))
{
    build();
    findPlaces();
    connect(m_place, &QComboBox::currentIndexChanged, this, &KeyWizard::showAll);
    connect(m_name, &QLineEdit::textChanged, this, &KeyWizard::showAll);
    connect(m_pin, &SecureLineEdit::edited, this, &KeyWizard::showAll);
    connect(m_pin, &SecureLineEdit::submitted, this, &KeyWizard::submit);
    connect(m_lastTry, &QCheckBox::toggled, this, &KeyWizard::showAll);
    connect(m_choose, &QPushButton::clicked, this, &KeyWizard::chooseFile);
    connect(m_touch, &TouchView::cancelled, this, [this] { m_keys.cancel(); });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_save, &QPushButton::clicked, this, &KeyWizard::save);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_purpose = Purpose::Test;
        m_others = {m_made.file};
        m_chosen->setText(tr("The enrolment that was just made"));
        m_phase = Phase::Asking;
        showAll();
        m_pin->setFocus(Qt::OtherFocusReason);
    });
    connect(m_act, &QPushButton::clicked, this, &KeyWizard::submit);
    showAll();
    if (m_purpose == Purpose::Enrol)
        m_name->setFocus(Qt::OtherFocusReason);
    else
        m_choose->setFocus(Qt::OtherFocusReason);
}

KeyWizard::~KeyWizard()
{
    if (m_phase == Phase::Working)
        m_keys.cancel();
}

void KeyWizard::build()
{
    auto* title = label(u"keyWizardTitle"_s, this, keyTitle(m_key));
    setTone(*title, u"heading"_s);
    setTone(*m_explanation, u"dim"_s);
    setTone(*m_done, u"good"_s);
    setTone(*m_chosen, u"small"_s);
    m_name->setObjectName(u"keyName"_s);
    m_pin->setObjectName(u"keyPin"_s);
    m_lastTry->setObjectName(u"keyLastTry"_s);
    m_place->setObjectName(u"keyPlace"_s);
    m_placeCaption = caption(tr("Where it is enrolled"), m_place, m_form);
    m_nameCaption = caption({}, m_name, m_form);
    m_pinCaption = caption(tr("PIN of the key (not the card's)"), m_pin, m_form);
    for (auto* wrapped : {title, m_explanation, m_chosen, m_tries, m_done, m_next})
        wrapped->setWordWrap(true);
    m_next->setTextInteractionFlags(Qt::TextSelectableByMouse); // a number is compared with IT, or copied
    auto* rows = new QVBoxLayout(m_form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(grid::Small);
    rows->addWidget(m_placeCaption);
    rows->addWidget(m_place);
    rows->addWidget(m_nameCaption);
    rows->addWidget(m_name);
    rows->addWidget(m_choose, 0, Qt::AlignLeft);
    for (QWidget* part : std::initializer_list<QWidget*>{m_chosen, m_pinCaption, m_pin, m_tries, m_lastTry})
        rows->addWidget(part);
    for (QWidget* part :
        std::initializer_list<QWidget*>{title, m_explanation, m_problem, m_touch, m_form, m_done, m_next})
        column().addWidget(part);
    column().addStretch();
    addFoot({m_close, m_save, m_test, m_act});
}

void KeyWizard::chooseFile()
{
    m_files.choose(tr("Enrolment file"), [self = QPointer(this)](const QString& path, const QByteArray& content) {
        if (!self)
            return;
        if (self->m_purpose == Purpose::Test)
            self->m_others.clear();
        self->m_others.push_back(content.toStdString());
        self->m_chosen->setText(self->m_others.size() > 1 ? self->m_chosen->text() + u'\n' + path : path);
        self->showAll();
    });
}

void KeyWizard::findPlaces()
{
    for (const rfq::SessionId& session : m_keys.enrolsAt())
        m_place->addItem(tr("At %1, now").arg(text(session.text())), text(session.text()));
    if (!m_keys.relyingParty().empty())
        m_place->addItem(tr("In a file, for IT"));
}

std::optional<rfq::SessionId> KeyWizard::place() const
{
    const auto session = m_place->currentData().toString();
    return session.isEmpty() ? std::nullopt : std::optional(rfq::SessionId(session.toStdString()));
}

bool KeyWizard::canEnrol() const
{
    return m_place->count() > 0;
}

bool KeyWizard::isComplete() const
{
    if (m_pin->isEmpty() || (m_lastTryAsked && !m_lastTry->isChecked()))
        return false;
    return m_purpose == Purpose::Enrol ? !m_name->text().trimmed().isEmpty() : !m_others.empty();
}

rfq::LastTry KeyWizard::lastTry() const
{
    return m_lastTry->isChecked() ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
}

rfq::KeyManager::Touch KeyWizard::touch()
{
    return [this, alive = std::weak_ptr(m_alive)](const rfq::KeyTouch& touch) {
        if (!alive.expired())
            m_touch->wait(touch);
    };
}

void KeyWizard::submit()
{
    if (m_phase != Phase::Asking || !isComplete())
        return;
    m_phase = Phase::Working;
    m_problem->clear();
    m_touch->wait(std::nullopt);
    auto pin = m_pin->take();
    showAll();
    if (m_purpose == Purpose::Enrol && place())
        enrolThere(std::move(pin));
    else if (m_purpose == Purpose::Enrol)
        enrol(std::move(pin));
    else
        test(std::move(pin));
}

void KeyWizard::enrol(base::SecretBytes pin)
{
    const auto user = m_name->text().trimmed();
    m_touch->setPurpose(
        tr("Enrols this key for %1 at %2. It approves nothing else.").arg(user, text(m_keys.relyingParty())));
    m_keys.enrol(m_key.path, user.toStdString(), m_others, std::move(pin), lastTry(), touch(),
        [this, alive = std::weak_ptr(m_alive)](
            const rfq::KeyRegistration& made, const std::optional<rfq::KeyFailure>& failure) {
            if (alive.expired())
                return;
            m_made = made;
            finish(failure);
            if (!failure)
                save();
        });
}

void KeyWizard::enrolThere(base::SecretBytes pin)
{
    const auto name = m_name->text().trimmed();
    m_touch->setPurpose(
        tr("Enrols this key as \"%1\" at %2. It approves nothing else.").arg(name, text(place()->text())));
    rfq::NewKeyWish wish{*place(), m_key.path, name.toStdString(), lastTry()};
    m_keys.enrolAt(std::move(wish), std::move(pin), touch(),
        [this, alive = std::weak_ptr(m_alive)](
            const std::string& credential, const std::optional<rfq::KeyFailure>& failure) {
            if (alive.expired())
                return;
            m_made = {credential, {}};
            finish(failure);
        });
}

void KeyWizard::test(base::SecretBytes pin)
{
    m_touch->setPurpose(tr("Tests whether the key answers. It approves nothing."));
    m_keys.test(m_key.path, m_others.front(), std::move(pin), lastTry(), touch(),
        [this, alive = std::weak_ptr(m_alive)](const std::optional<rfq::KeyFailure>& failure) {
            if (!alive.expired())
                finish(failure);
        });
}

void KeyWizard::finish(const std::optional<rfq::KeyFailure>& failure)
{
    m_phase = failure ? Phase::Asking : Phase::Over;
    m_lastTry->setChecked(false);
    if (failure) {
        m_lastTryAsked = failure->needsLastTry || failure->pinTriesLeft == 1;
        m_tries->setText(failure->pinTriesLeft ? tr("%n tries left", nullptr, *failure->pinTriesLeft) : QString());
        m_problem->show(keyFailureText(*failure), failure->name + ": " + failure->detail);
    } else if (m_purpose == Purpose::Test) {
        m_done->setText(tr("✓ The key works: it has verified you and signed as the one that was enrolled."));
        m_next->setText(tr("Use it whenever the desk asks for a touch."));
    } else if (place()) {
        m_done->setText(tr("✓ The key is enrolled at %1 and can be used now.").arg(text(place()->text())));
        m_next->setText(tr("Keep a second key in the safe: plug it in and enrol it too. This one will approve that by "
                           "a touch.\n\nThe key's number there: %1")
                            .arg(text(m_made.credentialId)));
    } else {
        m_done->setText(tr("✓ The key is enrolled in the file."));
        m_next->setText(
            tr("Give the file to IT over a channel on which they know you, and compare this with them:\n%1\n\n"
               "Then enrol your second key, with this file as the one of your other key.")
                .arg(text(m_made.credentialId)));
    }
    showAll();
    if (failure)
        m_pin->setFocus(Qt::OtherFocusReason);
}

void KeyWizard::save()
{
    m_files.save(m_name->text().trimmed() + u"-key.json"_s, QByteArray::fromStdString(m_made.file));
}

void KeyWizard::showAll()
{
    const bool enrols = m_purpose == Purpose::Enrol;
    const bool over = m_phase == Phase::Over;
    const bool possible = !enrols || canEnrol();
    const bool there = enrols && place().has_value();
    m_explanation->setVisible(!over);
    m_explanation->setText(!possible ? tr("No key can be enrolled now: no session with an enforcement point is open, "
                                          "and IT has not set relying_party "
                                          "in the section [enrolment] of the configuration, for enrolment by file.")
            : there  ? tr("The key makes a new credential for this counterparty. It can be used with your PIN and your "
                           "touch only. If you have a key there already, that one is asked for a touch first.")
            : enrols ? tr("The key makes a new credential for %1. It can be used with your PIN and your touch only.")
                           .arg(text(m_keys.relyingParty()))
                     : tr("The key signs something random; that is checked against the file of its enrolment."));
    m_form->setVisible(m_phase == Phase::Asking && possible);
    m_placeCaption->setVisible(enrols);
    m_place->setVisible(enrols);
    m_nameCaption->setText(
        there ? tr("Name of this key, to tell it from your others") : tr("Whose key it is, as IT knows the person"));
    m_name->setPlaceholderText(there ? tr("blue key") : u"jane.doe"_s);
    m_name->setAccessibleName(m_nameCaption->text());
    m_nameCaption->setVisible(enrols);
    m_name->setVisible(enrols);
    m_choose->setText(enrols ? tr("File of your other key…") : tr("Choose the enrolment file…"));
    m_choose->setVisible(!there && (enrols || m_made.file.empty()));
    m_chosen->setVisible(!m_chosen->text().isEmpty());
    m_tries->setVisible(!m_tries->text().isEmpty());
    m_lastTry->setVisible(m_lastTryAsked);
    m_touch->setVisible(m_phase == Phase::Working);
    m_done->setVisible(over);
    m_next->setVisible(over);
    m_save->setVisible(over && !m_made.file.empty());
    m_test->setVisible(over && enrols && !there);
    m_act->setVisible(!over && possible);
    m_act->setEnabled(m_phase == Phase::Asking && isComplete());
    m_act->setText(m_phase == Phase::Working ? tr("Waiting for the key…") : enrols ? tr("Enrol") : tr("Test"));
}

}
