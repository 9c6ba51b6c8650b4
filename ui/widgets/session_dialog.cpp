#include "ui/widgets/session_dialog.h"

#include "ui/models/format.h"
#include "ui/models/words.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/raw_text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tick_box.h"

#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int FactLines = 7;

bool isDown(rfq::SessionPhase phase)
{
    return phase == rfq::SessionPhase::Waiting || phase == rfq::SessionPhase::Refused;
}

}

SessionDialog::SessionDialog(DeskModel& desk, rfq::SessionId session, QWidget* parent)
    : DeskDialog(u"sessionDialog"_s, tr("Session"), parent)
    , m_desk(desk)
    , m_session(std::move(session))
    , m_state(label(u"sessionState"_s, this))
    , m_facts(new RawText(u"sessionFacts"_s, FactLines, this))
    , m_warning(label(u"sessionWarning"_s, this))
    , m_agreed(new TickBox(tr("The counterparty has agreed to start again at 1"), this))
    , m_retry(pushButton(u"sessionRetry"_s, tr("Try again"), {}, this))
    , m_reset(pushButton(u"sessionReset"_s, tr("Reset sequence numbers"), u"primary"_s, this))
{
    build();
    connect(m_agreed, &QCheckBox::toggled, this, &SessionDialog::refresh);
    connect(m_retry, &QPushButton::clicked, this, [this] { Q_EMIT retryAsked(text(m_session.text())); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        Q_EMIT resetAsked(text(m_session.text()));
        m_agreed->setChecked(false);
    });
    connect(&m_desk.sessions(), &QAbstractItemModel::dataChanged, this, &SessionDialog::refresh);
    connect(&m_desk.sessions(), &QAbstractItemModel::modelReset, this, &SessionDialog::refresh);
    refresh();
}

void SessionDialog::build()
{
    setTone(*m_state, u"heading"_s);
    setTone(*m_warning, u"dim"_s);
    m_agreed->setObjectName(u"sessionAgreed"_s);
    for (auto* wrapped : {m_state, m_warning})
        wrapped->setWordWrap(true);
    column().addWidget(m_state);
    column().addSpacing(grid::Small);
    column().addWidget(caption(tr("Connection"), m_facts, this));
    column().addWidget(m_facts);
    column().addSpacing(grid::Small);
    auto* heading =
        label(u"sessionResetHeading"_s, this, tr("When the sequence numbers of both sides no longer match"));
    setTone(*heading, u"strong"_s);
    column().addWidget(heading);
    column().addWidget(m_warning);
    column().addWidget(m_agreed);
    column().addStretch();
    auto* close = pushButton(u"sessionClose"_s, tr("Close"), {}, this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    addFoot({close, m_retry, m_reset});
    close->setFocus(Qt::OtherFocusReason);
}

void SessionDialog::refresh()
{
    const auto& all = m_desk.service().sessions();
    const auto it = all.find(m_session);
    const auto phase = it == all.end() ? rfq::SessionPhase::Stopped : it->second.phase;
    m_state->setText(tr("%1: %2").arg(text(m_session.text()), stateText(phase)));
    if (it != all.end()) // its first line is the heading
        m_facts->show(connectionText(it->second, m_desk.service().clockOffset(m_session)).section(u'\n', 1));
    m_warning->setText(warning());
    m_retry->setEnabled(isDown(phase));
    m_agreed->setEnabled(isDown(phase));
    m_reset->setEnabled(isDown(phase) && m_agreed->isChecked());
}

QString SessionDialog::warning() const
{
    int unknown = 0;
    for (const auto* line : m_desk.service().unknownOutcomes())
        unknown += line->acceptance.session == m_session ? 1 : 0;
    auto words =
        tr("The next logon says that both sides start again at 1. Whatever the counterparty has sent and this "
           "desk has not received will then not be sent again. Agree it with them first: it is the remedy when "
           "one side has lost its numbers, and nothing else.");
    if (unknown > 0)
        words += u' '
            + tr("%n outcome(s) on this session are unknown: the counterparty is asked about them once the session is "
                 "up, and sequence numbers no longer prove anything about them.",
                nullptr, unknown);
    return words;
}

}
