#include "ui/widgets/touch_view.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/key_picture.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

TouchView::TouchView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_picture(new KeyPicture(theme, this))
    , m_title(label(u"touchTitle"_s, this))
    , m_purpose(label(u"touchPurpose"_s, this))
    , m_left(label(u"touchLeft"_s, this))
    , m_cancel(pushButton(u"touchCancel"_s, tr("Cancel"), {}, this))
{
    setObjectName(u"touchView"_s);
    setAccessibleName(tr("Touch your security key"));
    setTone(*m_title, u"title"_s);
    setTone(*m_left, u"dim"_s);
    for (auto* wrapped : {m_title, m_purpose, m_left})
        wrapped->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(grid::Panel);
    row->addWidget(m_picture, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    row->addLayout(column, 1);
    column->setSpacing(grid::Small);
    column->addWidget(m_title);
    column->addWidget(m_purpose);
    column->addWidget(m_left);
    column->addWidget(m_cancel, 0, Qt::AlignLeft);
    column->addStretch();
    connect(m_cancel, &QPushButton::clicked, this, &TouchView::cancelled);
    wait(std::nullopt);
}

void TouchView::setPurpose(const QString& words)
{
    m_purpose->setText(words);
}

void TouchView::wait(const std::optional<rfq::KeyTouch>& touch)
{
    m_picture->showTouch(touch.has_value());
    if (!touch)
        m_title->setText(tr("Asking the key…"));
    else if (touch->choosesKey)
        m_title->setText(tr("Touch the key that you mean"));
    else
        m_title->setText(tr("Touch your key now"));
    m_left->setText(touch ? tr("It blinks. %n seconds left.", nullptr, static_cast<int>(touch->left.count()))
                          : tr("Leave it plugged in."));
}

}
