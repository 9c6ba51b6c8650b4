#include "ui/widgets/certificate_wizard.h"

#include "ui/models/card_words.h"
#include "ui/models/format.h"
#include "ui/widgets/chevron.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/problem_view.h"
#include "ui/widgets/secure_line_edit.h"
#include "ui/widgets/tick_box.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

CertificateWizard::CertificateWizard(const Theme& theme, const base::Clock& clock, rfq::CardManager& cards,
    TokenFiles files, rfq::PluggedCard card, QWidget* parent)
    : DeskDialog(u"certificateWizard"_s, tr("Certificate for a card"), parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_cards(cards)
    , m_files(std::move(files))
    , m_card(std::move(card))
    , m_alive(std::make_shared<int>(0))
    , m_ways(new QButtonGroup(this))
    , m_wayBox(new QWidget(this))
    , m_explanation(label(u"wizardExplanation"_s, this))
    , m_form(new QWidget(this))
    , m_name(new QLineEdit(m_form))
    , m_kind(new WithChevron<QComboBox>(theme, m_form))
    , m_reference(new QLineEdit(m_form))
    , m_secret(new SecureLineEdit(theme, m_form))
    , m_choose(pushButton(u"wizardChoose"_s, tr("Choose the file…"), {}, m_form))
    , m_file(label(u"wizardFile"_s, m_form))
    , m_pin(new SecureLineEdit(theme, m_form))
    , m_tries(label(u"wizardTries"_s, m_form))
    , m_lastTry(new TickBox(tr("Use the last try. If it is wrong, the card blocks."), m_form))
    , m_present(label(u"wizardPresent"_s, m_form))
    , m_takePlace(new TickBox(tr("Put the new certificate in its place"), m_form))
    , m_otherKey(new TickBox(tr("Make another key: the one on the card is gone for good"), m_form))
    , m_factoryKey(new TickBox(tr("The card still has its factory's management key"), m_form))
    , m_managementKey(new SecureLineEdit(theme, m_form))
    , m_problem(new ProblemView(u"wizard"_s, this))
    , m_done(label(u"wizardDone"_s, this))
    , m_next(label(u"wizardNext"_s, this))
    , m_close(pushButton(u"wizardClose"_s, tr("Close"), {}, this))
    , m_again(pushButton(u"wizardAgain"_s, {}, {}, this))
    , m_act(pushButton(u"wizardAct"_s, {}, u"primary"_s, this))
{
    build();
    for (auto* one : {m_pin, m_secret, m_managementKey}) {
        connect(one, &SecureLineEdit::edited, this, &CertificateWizard::showAll);
        connect(one, &SecureLineEdit::submitted, this, &CertificateWizard::submit);
    }
    for (auto* one : {m_name, m_reference})
        connect(one, &QLineEdit::textChanged, this, &CertificateWizard::showAll);
    for (auto* one : {m_lastTry, m_takePlace, m_otherKey, m_factoryKey})
        connect(one, &QCheckBox::toggled, this, &CertificateWizard::showAll);
    connect(m_ways, &QButtonGroup::idToggled, this, [this] {
        m_problem->clear();
        showAll();
    });
    connect(m_choose, &QPushButton::clicked, this, [this] {
        m_files.choose(tr("Certificate"), [self = QPointer(this)](const QString& path, const QByteArray&) {
            if (!self)
                return;
            self->m_file->setText(path);
            self->showAll();
        });
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (way() == Way::Request)
            m_files.save(u"request.csr"_s, QByteArray::fromStdString(m_request));
        else
            Q_EMIT signInAsked();
    });
    connect(m_act, &QPushButton::clicked, this, &CertificateWizard::submit);
    showAll();
    // The first thing to decide, at the top: focus further down would scroll it out of sight where there is little
    // room.
    m_ways->checkedButton()->setFocus(Qt::OtherFocusReason);
}

void CertificateWizard::build()
{
    auto* title = label(u"wizardTitle"_s, this, cardTitle(m_card));
    setTone(*title, u"heading"_s);
    setTone(*m_explanation, u"dim"_s);
    setTone(*m_done, u"good"_s);
    for (auto* wrapped : {title, m_explanation, m_done, m_next, m_file, m_tries, m_present})
        wrapped->setWordWrap(true);
    m_next->setTextInteractionFlags(Qt::TextSelectableByMouse); // a fingerprint is copied
    buildWays();
    buildForm();
    for (QWidget* part :
        std::initializer_list<QWidget*>{title, m_wayBox, m_explanation, m_problem, m_form, m_done, m_next})
        column().addWidget(part);
    column().addStretch();
    addFoot({m_close, m_again, m_act});
}

void CertificateWizard::buildWays()
{
    auto* rows = new QVBoxLayout(m_wayBox);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    const auto add = [&](Way way, const QString& name, const QString& words) {
        auto* button = new RadioChoice(words, m_wayBox);
        button->setObjectName(name);
        m_ways->addButton(button, static_cast<int>(way));
        rows->addWidget(button);
    };
    const bool online = m_cards.reachesAuthority();
    if (online && !m_card.certificates.empty())
        add(Way::Renew, u"wayRenew"_s, tr("Renew the certificate at the authority"));
    if (online)
        add(Way::Enrol, u"wayEnrol"_s, tr("First certificate from the authority, with a reference and a secret"));
    add(Way::Request, u"wayRequest"_s, tr("Make a request for IT, as a file"));
    add(Way::Install, u"wayInstall"_s, tr("Put a certificate from IT on the card, from a file"));
    m_ways->buttons().constFirst()->setChecked(true);
}

void CertificateWizard::buildForm()
{
    auto* rows = new QVBoxLayout(m_form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(grid::Small);
    const auto add = [&](QWidget* field, const QString& name, const QString& words) {
        field->setObjectName(name);
        auto* above = caption(words, field, m_form);
        rows->addWidget(above);
        rows->addWidget(field);
        return above;
    };
    m_name->setPlaceholderText(u"CN=trader-7,O=Firm"_s);
    if (!m_card.certificates.empty())
        m_name->setText(text(m_card.certificates.front().identity.subject));
    m_kind->addItem(tr("EC P-256 (recommended)"), static_cast<int>(rfq::CardKeyKind::EcP256));
    m_kind->addItem(u"EC P-384"_s, static_cast<int>(rfq::CardKeyKind::EcP384));
    m_kind->addItem(u"RSA 2048"_s, static_cast<int>(rfq::CardKeyKind::Rsa2048));
    m_nameCaption = add(m_name, u"wizardName"_s, tr("Name, as IT has told you"));
    m_kindCaption = add(m_kind, u"wizardKind"_s, tr("Key, if one has to be made"));
    m_referenceCaption = add(m_reference, u"wizardReference"_s, tr("Reference from the authority"));
    m_secretCaption = add(m_secret, u"wizardSecret"_s, tr("Secret from the authority"));
    rows->addWidget(m_choose, 0, Qt::AlignLeft);
    rows->addWidget(m_file);
    for (QWidget* one : std::initializer_list<QWidget*>{m_present, m_takePlace, m_otherKey})
        rows->addWidget(one);
    m_pinCaption = add(m_pin, u"wizardPin"_s, tr("PIN of the card"));
    rows->addWidget(m_tries);
    rows->addWidget(m_lastTry);
    rows->addSpacing(grid::Small);
    rows->addWidget(m_factoryKey);
    m_managementCaption = add(m_managementKey, u"wizardManagementKey"_s, tr("Management key, in hexadecimal digits"));
    m_lastTry->setObjectName(u"wizardLastTry"_s);
    m_takePlace->setObjectName(u"wizardTakePlace"_s);
    m_otherKey->setObjectName(u"wizardOtherKey"_s);
    m_factoryKey->setObjectName(u"wizardFactoryKey"_s);
    m_factoryKey->setChecked(true);
    m_pinState = m_card.pin.value_or(rfq::PinState());
}

CertificateWizard::Way CertificateWizard::way() const
{
    return static_cast<Way>(m_ways->checkedId());
}

bool CertificateWizard::isComplete() const
{
    const bool named = !m_name->text().trimmed().isEmpty();
    const bool last = m_pinState.isLastTry();
    const bool proved = !m_pin->isEmpty() && !m_pinState.blocked && (!last || m_lastTry->isChecked())
        && (!m_card.isPiv || m_factoryKey->isChecked() || !m_managementKey->isEmpty())
        && (!asksForPlace() || m_takePlace->isChecked());
    switch (way()) {
    case Way::Request:
        return named && proved;
    case Way::Install:
        return proved && !m_file->text().isEmpty();
    case Way::Enrol:
        return named && proved && !m_reference->text().trimmed().isEmpty() && !m_secret->isEmpty();
    case Way::Renew:
        return proved;
    }
    return false;
}

rfq::CardProof CertificateWizard::proof()
{
    rfq::CardProof made;
    made.pin = m_pin->take();
    made.lastTry = m_lastTry->isChecked() ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    if (!m_factoryKey->isChecked())
        made.managementKey = m_managementKey->take();
    made.givesWay = givesWay();
    return made;
}

/// The one in the place where the new one goes.
const rfq::CardCertificate* CertificateWizard::present() const
{
    constexpr const char* signatureKeyId = "01"; // what PKCS#11 modules call slot 9a
    for (const auto& one : m_card.certificates)
        if (m_card.isPiv ? one.identity.keyId == signatureKeyId : one.configured)
            return &one;
    return nullptr;
}

bool CertificateWizard::asksForPlace() const
{
    const auto* const there = present();
    const bool isValid = there && there->identity.notAfter > m_clock.utc();
    const bool another = offersKey() && m_otherKey->isChecked(); // with the key its certificate goes anyhow
    return (way() == Way::Install && (isValid || m_somethingThere)) || (way() == Way::Enrol && isValid && !another);
}

bool CertificateWizard::offersKey() const
{
    return m_card.isPiv && (way() == Way::Request || way() == Way::Enrol) && (present() || m_somethingThere);
}

rfq::GivesWay CertificateWizard::givesWay() const
{
    if (offersKey() && m_otherKey->isChecked())
        return rfq::GivesWay::KeyAndCertificate;
    return asksForPlace() && m_takePlace->isChecked() ? rfq::GivesWay::Certificate : rfq::GivesWay::Nothing;
}

void CertificateWizard::showWhatGoes()
{
    const auto* const there = present();
    if (there)
        m_present->setText(tr("On the card now: %1").arg(certificateText(*there, m_clock.utc()).text));
    m_present->setVisible(there && (asksForPlace() || offersKey()));
    m_takePlace->setVisible(asksForPlace());
    m_otherKey->setVisible(offersKey());
}

rfq::CertificateWish CertificateWizard::wish() const
{
    return {m_name->text().trimmed().toStdString(), static_cast<rfq::CardKeyKind>(m_kind->currentData().toInt())};
}

void CertificateWizard::submit()
{
    if (m_phase != Phase::Asking || !isComplete())
        return;
    m_phase = Phase::Working;
    m_problem->clear();
    auto given = proof();
    showAll();
    const auto made = [this, alive = std::weak_ptr(m_alive)](
                          const base::Result<rfq::CardCertificate>& outcome, const rfq::PinState& pin) {
        if (!alive.expired())
            placed(outcome, pin);
    };
    switch (way()) {
    case Way::Request:
        return m_cards.request(m_card, wish(), std::move(given),
            [this, alive = std::weak_ptr(m_alive)](const base::Result<std::string>& outcome, const rfq::PinState& pin) {
                if (!alive.expired())
                    requested(outcome, pin);
            });
    case Way::Install:
        return m_cards.install(m_card, m_file->text().toStdString(), std::move(given), made);
    case Way::Enrol:
        return m_cards.enrol(
            m_card, wish(), m_reference->text().trimmed().toStdString(), m_secret->take(), std::move(given), made);
    case Way::Renew:
        return m_cards.renew(m_card, std::move(given), made);
    }
}

void CertificateWizard::requested(const base::Result<std::string>& outcome, const rfq::PinState& pin)
{
    if (!outcome)
        return refuse(outcome.error(), pin);
    m_phase = Phase::Over;
    m_request = *outcome;
    m_done->setText(tr("✓ The request is signed by the key on the card."));
    m_next->setText(
        tr("Send the file to IT. When they send the certificate back, open this window again and put it on the "
           "card. The key stays on the card until then."));
    showAll();
    m_files.save(u"request.csr"_s, QByteArray::fromStdString(m_request));
}

void CertificateWizard::placed(const base::Result<rfq::CardCertificate>& outcome, const rfq::PinState& pin)
{
    if (!outcome)
        return refuse(outcome.error(), pin);
    m_phase = Phase::Over;
    m_done->setText(tr("✓ The certificate is on the card."));
    m_next->setText(certificateText(*outcome, m_clock.utc()).text + u"\n\n"
        + tr("SHA-256 %1\nWhere the desk's configuration names a fingerprint, IT changes it to this one.")
              .arg(text(outcome->identity.fingerprint)));
    showAll();
}

void CertificateWizard::refuse(const base::Error& error, const rfq::PinState& pin)
{
    m_phase = Phase::Asking;
    m_pinState = pin;
    m_lastTry->setChecked(false);
    // A key that the card tells nothing of, another certificate, or one that cannot be read.
    m_somethingThere = m_somethingThere || error.code == base::Errc::Duplicate
        || (error.code == base::Errc::Unsupported && way() == Way::Install);
    m_problem->show(cardErrorText(error.code), error.detail);
    showAll();
    m_pin->setFocus(Qt::OtherFocusReason);
}

void CertificateWizard::showAll()
{
    const bool asking = m_phase != Phase::Over;
    const bool online = way() == Way::Enrol;
    const bool named = way() == Way::Request || online;
    const bool last = m_pinState.isLastTry();
    m_wayBox->setVisible(asking);
    m_wayBox->setEnabled(m_phase == Phase::Asking);
    m_form->setVisible(asking && !m_pinState.blocked);
    m_form->setEnabled(m_phase == Phase::Asking);
    m_explanation->setVisible(asking);
    m_explanation->setText(m_phase == Phase::Working
            ? tr("Working with the card. Leave it in, and touch it if it blinks. Making a key can take a minute.")
            : m_pinState.blocked ? tr("The PIN is blocked. Unblock it with the PUK first.")
            : m_card.signedIn
            ? tr("You are signed in with this card. This ends the sign-in; afterwards you sign in again.")
            : tr("The key is made on the card and never leaves it."));
    for (QWidget* part : std::initializer_list<QWidget*>{m_nameCaption, m_name, m_kindCaption, m_kind})
        part->setVisible(named);
    for (QWidget* part : std::initializer_list<QWidget*>{m_referenceCaption, m_reference, m_secretCaption, m_secret})
        part->setVisible(online);
    m_choose->setVisible(way() == Way::Install);
    m_file->setVisible(way() == Way::Install && !m_file->text().isEmpty());
    const auto tries = triesText(m_pinState);
    m_tries->setText(tries.text);
    m_tries->setVisible(!tries.text.isEmpty());
    setTone(*m_tries, tries.tone.isEmpty() ? u"small"_s : tries.tone);
    m_lastTry->setVisible(last);
    showWhatGoes();
    m_factoryKey->setVisible(m_card.isPiv);
    const bool asksKey = m_card.isPiv && !m_factoryKey->isChecked();
    m_managementCaption->setVisible(asksKey);
    m_managementKey->setVisible(asksKey);
    m_act->setEnabled(m_phase == Phase::Asking && isComplete());
    showOver();
}

void CertificateWizard::showOver()
{
    const bool over = m_phase == Phase::Over;
    m_done->setVisible(over);
    m_next->setVisible(over);
    m_act->setVisible(!over);
    m_again->setVisible(over);
    if (over) {
        const bool isRequest = way() == Way::Request;
        m_again->setText(isRequest ? tr("Save the request again…") : tr("Sign in with it"));
        setStyleProperty(*m_again, "kind", isRequest ? QString() : u"primary"_s);
        (isRequest ? m_close : m_again)->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (m_phase == Phase::Working)
        return m_act->setText(tr("Working…"));
    switch (way()) {
    case Way::Request:
        return m_act->setText(tr("Make the request"));
    case Way::Install:
        return m_act->setText(tr("Put it on the card"));
    case Way::Enrol:
        return m_act->setText(tr("Ask for the certificate"));
    case Way::Renew:
        return m_act->setText(tr("Renew"));
    }
}

}
