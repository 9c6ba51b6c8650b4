#include "ui/widgets/details_dialog.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/raw_text.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int CharactersALine = 72;
constexpr int MaxLines = 12;

int linesOf(const QString& text)
{
    int lines = 0;
    for (const auto& line : text.split(u'\n'))
        lines += 1 + static_cast<int>(line.size()) / CharactersALine;
    return std::clamp(lines, 2, MaxLines);
}

}

DetailsDialog::DetailsDialog(const RawView& view, QWidget* parent)
    : DeskDialog(u"detailsDialog"_s, tr("Details"), parent)
{
    auto* title = label(u"detailsTitle"_s, this, view.title);
    setTone(*title, u"heading"_s);
    title->setWordWrap(true);
    column().addWidget(title);
    column().addSpacing(grid::Small);
    addFacts(view);
    const auto block = [this](const QString& name, const QString& heading, const QString& text) {
        if (text.isEmpty())
            return;
        auto* raw = new RawText(name, linesOf(text), this);
        raw->show(text);
        column().addSpacing(grid::Small);
        column().addWidget(caption(heading, raw, this));
        column().addWidget(raw);
    };
    block(u"detailsMessage"_s,
        view.evidence.isEmpty() && !view.message.contains(u'|') ? tr("Raw text") : tr("Message, with | between fields"),
        view.message);
    block(u"detailsEvidence"_s, tr("Evidence, times in UTC"), view.evidence.join(u'\n'));
    column().addStretch();
    auto* copy = pushButton(u"detailsCopy"_s, tr("Copy all"), {}, this);
    auto* close = pushButton(u"detailsClose"_s, tr("Close"), {}, this);
    connect(copy, &QPushButton::clicked, this, [all = view.asText()] { QApplication::clipboard()->setText(all); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    addFoot({copy, close});
    close->setFocus(Qt::OtherFocusReason);
}

void DetailsDialog::addFacts(const RawView& view)
{
    auto* table = new QGridLayout;
    table->setHorizontalSpacing(grid::Panel);
    table->setVerticalSpacing(grid::Small);
    table->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [name, value] : view.facts) {
        auto* what = label(u"detailsName"_s, this, name);
        setTone(*what, u"dim"_s);
        auto* shown = label(u"detailsValue"_s, this, value);
        shown->setWordWrap(true);
        shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
        table->addWidget(what, row, 0, Qt::AlignTop);
        table->addWidget(shown, row, 1);
        ++row;
    }
    column().addLayout(table);
}

}
