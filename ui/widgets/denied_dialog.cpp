#include "ui/widgets/denied_dialog.h"

#include "ui/models/format.h"
#include "ui/widgets/access_sheet.h"
#include "ui/widgets/controls.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

DeniedDialog::DeniedDialog(const Theme& theme, DeskModel& desk, rfq::SessionId session, QWidget* parent)
    : DeskDialog(u"deniedDialog"_s, tr("Access denied"), parent)
    , m_desk(desk)
    , m_session(std::move(session))
    , m_heading(label(u"deniedHeading"_s, this))
    , m_words(label(u"deniedText"_s, this))
    , m_sheet(new AccessSheet(theme, m_session, this))
    , m_advice(label(u"deniedAdvice"_s, this))
    , m_reference(label(u"deniedReference"_s, this))
    , m_next(label(u"deniedNext"_s, this))
    , m_copy(pushButton(u"deniedCopy"_s, tr("Copy reference"), {}, this))
    , m_retry(pushButton(u"deniedRetry"_s, tr("Try again now"), {}, this))
{
    build();
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_shown)
            QGuiApplication::clipboard()->setText(m_shown->reference);
    });
    connect(m_retry, &QPushButton::clicked, this, [this] { Q_EMIT retryAsked(text(m_session.text())); });
    connect(&m_desk, &DeskModel::sessionsChanged, this, &DeniedDialog::refresh);
    connect(&m_desk, &DeskModel::frame, this, &DeniedDialog::showNextTry); // it counts down
    refresh();
}

void DeniedDialog::build()
{
    setTone(*m_heading, u"title"_s);
    setTone(*m_reference, u"strong"_s);
    setTone(*m_next, u"dim"_s);
    for (auto* line : {m_heading, m_words, m_advice, m_reference, m_next}) {
        line->setTextFormat(Qt::PlainText);
        line->setWordWrap(true);
    }
    m_reference->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sheet->alignWithHeading();
    for (QWidget* part : std::initializer_list<QWidget*>{m_heading, m_words, m_sheet, m_advice, m_reference, m_next})
        column().addWidget(part);
    column().addStretch();
    auto* close = pushButton(u"deniedClose"_s, tr("Close"), u"primary"_s, this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    addFoot({m_copy, m_retry, close});
    close->setFocus(Qt::OtherFocusReason);
}

void DeniedDialog::refresh()
{
    if (const auto denial = denialOf(m_desk, m_session))
        show(*denial);
    else if (sessionOf(m_desk, m_session).phase == rfq::SessionPhase::LoggedOn)
        close();
    showNextTry();
}

void DeniedDialog::show(const Denial& denial)
{
    if (m_shown == denial)
        return;
    m_shown = denial;
    m_heading->setText(denial.heading);
    m_words->setText(denial.words);
    m_sheet->setVisible(denial.scored.has_value());
    if (denial.scored)
        m_sheet->show(*denial.scored);
    m_advice->setText(denial.advice);
    m_advice->setVisible(!denial.advice.isEmpty());
    // The sheet of a score names it with its time.
    m_reference->setVisible(!denial.scored && !denial.reference.isEmpty());
    m_reference->setText(tr("Reference for the help desk: %1").arg(denial.reference));
    m_copy->setEnabled(!denial.reference.isEmpty());
}

void DeniedDialog::showNextTry()
{
    const rfq::SessionChanged session = sessionOf(m_desk, m_session);
    const auto words = nextTryText(session, m_desk.clock().steady());
    m_next->setText(words.isEmpty() ? QString(QChar::Nbsp) : words); // its line stays: nothing moves
    m_retry->setEnabled(session.phase == rfq::SessionPhase::Waiting || session.phase == rfq::SessionPhase::Refused);
}

}
