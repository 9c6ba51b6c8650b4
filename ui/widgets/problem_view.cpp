#include "ui/widgets/problem_view.h"

#include "ui/models/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

ProblemView::ProblemView(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_title(label(name + u"Problem"_s, this))
    , m_text(label(name + u"ProblemText"_s, this))
    , m_toggle(pushButton(name + u"RawToggle"_s, tr("Technical details"), u"link"_s, this))
    , m_raw(label(name + u"Raw"_s, this))
{
    setObjectName(name + u"ProblemView"_s);
    setTone(*m_title, u"alarmHeading"_s);
    setTone(*m_raw, u"small"_s);
    for (auto* wrapped : {m_title, m_text, m_raw})
        wrapped->setWordWrap(true);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(m_toggle, &QPushButton::clicked, this, [this] { m_raw->setVisible(!m_raw->isVisible()); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Small);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_toggle, 0, Qt::AlignLeft);
    column->addWidget(m_raw);
    hide();
}

void ProblemView::show(const ErrorText& words, const std::string& detail)
{
    m_title->setText(words.title);
    m_text->setText(words.meaning.isEmpty() ? words.action : QString(words.meaning + u' ' + words.action));
    m_raw->setText(text(detail));
    m_raw->hide();
    m_toggle->setVisible(!detail.empty());
    setVisible(true);
}

}
