#include "tests/support/virtual_fido/window/key_window.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QVBoxLayout>

namespace virtual_key {

namespace {

constexpr int LookEvery = 100; ///< ms; a person sees no difference

QJsonObject touch(const QString& how)
{
    return {{QStringLiteral("do"), QStringLiteral("touch")}, {QStringLiteral("mode"), how}};
}

}

KeyWindow::KeyWindow(const QString& controlSocket)
    : m_control(controlSocket)
    , m_picture(new KeyPicture)
    , m_words(new QLabel)
    , m_refuse(new QPushButton(tr("&Refuse")))
    , m_plug(new QPushButton)
{
    setWindowTitle(tr("Virtual security key"));
    setWindowFlag(Qt::WindowStaysOnTopHint);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    m_words->setMinimumHeight(m_words->fontMetrics().lineSpacing() * 2);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_plug);
    buttons->addStretch();
    buttons->addWidget(m_refuse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 14);
    column->addWidget(m_picture, 0, Qt::AlignCenter);
    column->addWidget(m_words);
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);

    connect(m_picture, &QAbstractButton::clicked, this, [this] { m_control.ask(touch(QStringLiteral("press"))); });
    connect(m_refuse, &QAbstractButton::clicked, this, [this] { m_control.ask(touch(QStringLiteral("deny"))); });
    connect(m_plug, &QAbstractButton::clicked, this, [this] {
        m_control.ask({{QStringLiteral("do"), m_plugged ? QStringLiteral("unplug") : QStringLiteral("plug")}});
    });
    connect(&m_control, &Control::lost, qApp, &QCoreApplication::quit);
    connect(&m_looking, &QTimer::timeout, this, &KeyWindow::look);
    m_looking.start(LookEvery);
    show(QJsonObject());
}

void KeyWindow::look()
{
    if (!m_control.isBusy())
        m_control.ask(
            {{QStringLiteral("do"), QStringLiteral("status")}}, [this](const QJsonObject& status) { show(status); });
}

void KeyWindow::show(const QJsonObject& status)
{
    m_plugged = !status.value(QStringLiteral("path")).isNull() && status.contains(QStringLiteral("path"));
    const bool waiting = status.value(QStringLiteral("waiting")).toBool();
    m_picture->setPlugged(m_plugged);
    m_picture->setWaiting(waiting);
    m_refuse->setEnabled(waiting);
    m_plug->setText(m_plugged ? tr("&Unplug") : tr("&Plug in"));
    if (waiting)
        m_words->setText(tr("The key blinks: click the disc to touch it."));
    else if (m_plugged)
        m_words->setText(tr("Plugged in. Nobody is asking for a touch."));
    else
        m_words->setText(tr("Not plugged in."));
}

}
