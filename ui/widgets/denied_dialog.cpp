#include "ui/widgets/denied_dialog.h"

#include "ui/models/format.h"
#include "ui/models/policy_words.h"
#include "ui/widgets/access_sheet.h"
#include "ui/widgets/controls.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

DeniedDialog::DeniedDialog(
    const Theme& theme, const rfq::SessionId& session, const rfq::AccessState& state, QWidget* parent)
    : DeskDialog(u"deniedDialog"_s, tr("Access denied"), parent)
{
    auto* heading = label(u"deniedHeading"_s, this, tr("%1 does not let you in").arg(text(session.text())));
    setTone(*heading, u"title"_s);
    heading->setWordWrap(true);
    auto* words = label(u"deniedText"_s, this, policyWords(state.notice->text));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    auto* sheet = new AccessSheet(theme, session, this);
    sheet->show(state);
    sheet->alignWithHeading();
    column().addWidget(heading);
    column().addWidget(words);
    column().addWidget(sheet);
    column().addStretch();
    auto* copy = pushButton(u"deniedCopy"_s, tr("Copy reference"), {}, this);
    copy->setEnabled(!state.notice->reference.empty());
    connect(copy, &QPushButton::clicked, this,
        [reference = text(state.notice->reference)] { QGuiApplication::clipboard()->setText(reference); });
    auto* retry = pushButton(u"deniedRetry"_s, tr("Try again"), {}, this);
    connect(retry, &QPushButton::clicked, this, [this, name = text(session.text())] {
        Q_EMIT retryAsked(name);
        close();
    });
    auto* close = pushButton(u"deniedClose"_s, tr("Close"), u"primary"_s, this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    addFoot({copy, retry, close});
    close->setFocus(Qt::OtherFocusReason);
}

}
