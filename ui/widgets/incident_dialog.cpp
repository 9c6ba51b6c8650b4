#include "ui/widgets/incident_dialog.h"

#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/recovery_words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/raw_text.h"
#include "ui/widgets/theme.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int RawLines = 4;

}

IncidentDialog::IncidentDialog(DeskModel& desk, const rfq::Incident& incident, Purpose purpose, QWidget* parent)
    : DeskDialog(u"incidentDialog"_s,
        purpose == Purpose::Acknowledge ? tr("Acknowledge an incident") : tr("Dispute an execution"), parent)
    , m_desk(desk)
    , m_incident(incident.id)
    , m_purpose(purpose)
    , m_note(purpose == Purpose::Acknowledge ? new QLineEdit(this) : nullptr)
    , m_problem(label(u"incidentProblem"_s, this))
    , m_act(pushButton(u"incidentAct"_s, purpose == Purpose::Acknowledge ? tr("Acknowledge") : tr("Send DontKnowTrade"),
          u"primary"_s, this))
{
    build(incident);
    connect(m_act, &QPushButton::clicked, this, &IncidentDialog::act);
    if (!m_note) { // a message to the counterparty is no stray key's doing
        findChild<QPushButton*>(u"incidentCancel"_s)->setFocus(Qt::OtherFocusReason);
        return;
    }
    const auto check = [this] { m_act->setEnabled(!m_note->text().trimmed().isEmpty()); };
    connect(m_note, &QLineEdit::textChanged, this, check);
    connect(m_note, &QLineEdit::returnPressed, m_act, &QPushButton::click);
    check();
    m_note->setFocus(Qt::OtherFocusReason);
}

void IncidentDialog::build(const rfq::Incident& incident)
{
    const auto row = incidentRow(incident, m_desk.service());
    const auto words = incidentWords(incident.kind);
    auto* title = label(u"incidentTitle"_s, this, words.title);
    setTone(*title, u"heading"_s);
    auto* deal = label(u"incidentDeal"_s, this, row.deal.isEmpty() ? row.dealer : row.deal);
    auto* meaning = label(u"incidentMeaning"_s, this,
        m_purpose == Purpose::Acknowledge
            ? words.action
            : tr("This tells the counterparty with a DontKnowTrade message that you do not recognise the execution. It "
                 "undoes nothing by itself: call them as well, and acknowledge the incident when it is settled."));
    auto* raw = new RawText(u"incidentRaw"_s, RawLines, this);
    raw->show(text(incident.text));
    setTone(*meaning, u"dim"_s);
    setTone(*m_problem, u"alarm"_s);
    for (auto* wrapped : {title, deal, meaning, m_problem})
        wrapped->setWordWrap(true);
    for (QWidget* part : std::initializer_list<QWidget*>{title, deal, meaning})
        column().addWidget(part);
    column().addSpacing(grid::Small);
    column().addWidget(caption(tr("Raw text"), raw, this));
    column().addWidget(raw);
    if (m_note) {
        m_note->setObjectName(u"incidentNote"_s);
        m_note->setPlaceholderText(tr("What was found out, and with whom"));
        column().addSpacing(grid::Small);
        column().addWidget(caption(tr("Note for the record"), m_note, this));
        column().addWidget(m_note);
    }
    m_problem->hide();
    column().addWidget(m_problem);
    column().addStretch();
    auto* cancel = pushButton(u"incidentCancel"_s, tr("Cancel"), {}, this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);
    addFoot({cancel, m_act});
}

void IncidentDialog::act()
{
    auto& service = m_desk.service();
    const auto done = m_purpose == Purpose::Acknowledge
        ? service.acknowledge(m_incident, m_note->text().trimmed().toStdString())
        : service.dispute(m_incident);
    m_desk.refresh();
    if (!done)
        return showProblem(done.error());
    close();
}

void IncidentDialog::showProblem(const base::Error& error)
{
    m_problem->setText(errorText(error.code).whole() + u'\n' + text(error.detail));
    m_problem->show();
}

}
