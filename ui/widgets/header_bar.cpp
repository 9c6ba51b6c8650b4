#include "ui/widgets/header_bar.h"

#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/token_text.h"
#include "ui/widgets/access_badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/session_chip.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int Height = 48;

}

HeaderBar::HeaderBar(const Theme& theme, DeskModel& desk, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_chipRow(new QHBoxLayout)
    , m_name(label(u"brandName"_s, this, u"Countersign"_s))
    , m_access(new AccessBadge(theme, desk, this))
    , m_dealing(label(u"dealingState"_s, this))
    , m_token(toolButton(u"tokenChip"_s, {}, u"quiet"_s, this))
    , m_lock(toolButton(u"lock"_s, u' ' + tr("Lock"), u"quiet"_s, this))
    , m_menuButton(toolButton(u"menu"_s, {}, u"quiet"_s, this))
{
    setObjectName(u"header"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(Height);
    m_name->setFont(m_theme.font(TextSize::Large, QFont::DemiBold));
    for (auto* button : {m_token, m_lock})
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (auto* button : {m_token, m_lock, m_menuButton})
        button->setIconSize({16, 16});
    m_lock->setToolTip(tr("Hide prices and stop dealing (Ctrl+L)"));
    m_lock->setAccessibleName(tr("Lock the desk"));
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setToolTip(tr("Menu"));
    connect(m_access, &QToolButton::clicked, this, &HeaderBar::accessAsked);
    connect(m_token, &QToolButton::clicked, this, &HeaderBar::tokensAsked);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid::Panel + 28, 0, grid::Step, 0);
    row->setSpacing(grid::Step);
    row->addWidget(m_name);
    row->addSpacing(grid::Panel);
    m_chipRow->setSpacing(grid::Small);
    row->addLayout(m_chipRow);
    row->addStretch();
    row->addWidget(m_access);
    row->addWidget(m_dealing);
    row->addSpacing(grid::Step);
    row->addWidget(m_token);
    row->addWidget(m_lock);
    row->addWidget(m_menuButton);

    connect(m_lock, &QToolButton::clicked, this, &HeaderBar::lockAsked);
    connect(m_menuButton, &QToolButton::clicked, this, [this] {
        if (m_menu)
            m_menu->popup(m_menuButton->mapToGlobal(m_menuButton->rect().bottomLeft()));
    });
    connect(&desk, &DeskModel::sessionsChanged, this, &HeaderBar::refreshSessions);
    connect(&desk, &DeskModel::frame, this, &HeaderBar::refreshSessions);
    connect(&desk, &DeskModel::dealingChanged, this, &HeaderBar::refreshDealing);
    connect(&theme, &Theme::changed, this, &HeaderBar::refreshIcons);
    refreshIcons();
    refreshDealing();
    showIdentity(std::nullopt);
}

void HeaderBar::setMenu(QMenu& menu)
{
    m_menu = &menu;
}

void HeaderBar::showWork(rfq::CardWork work)
{
    m_work = work;
    showIdentity(m_identity);
}

void HeaderBar::showIdentity(const std::optional<rfq::TokenIdentity>& identity)
{
    m_identity = identity;
    m_token->setVisible(identity.has_value());
    if (!identity)
        return;
    const auto now = m_desk.clock().utc();
    const auto name = text(identity->commonName);
    m_expiry = expiryStage(identity->notAfter, now);
    const auto tone = expiryTone(m_expiry);
    const auto warning = expiryWarning(identity->notAfter, now);
    const auto work = workText(m_work);
    const auto certificate =
        tone.isEmpty() ? name : tr("%1 · certificate %2").arg(name, expiryText(identity->notAfter, now));
    m_token->setText(u' ' + (work.isEmpty() ? certificate : tr("%1 · touch the card").arg(name)));
    const bool warns = tone == u"warning"_s || !work.isEmpty();
    setStyleProperty(*m_token, "warning", warns ? u"true"_s : QString());
    setStyleProperty(*m_token, "alarm", tone == u"alarm"_s ? u"true"_s : QString());
    QString facts = warning.isEmpty() ? identityText(*identity) : QString(warning + u'\n' + identityText(*identity));
    if (!work.isEmpty())
        facts.prepend(work + u'\n');
    m_token->setToolTip(facts + u"\n\n" + tr("Click for cards and security keys (Ctrl+Shift+K)"));
    m_token->setAccessibleName(tr("Signed in as %1").arg(name));
    m_token->setAccessibleDescription(facts);
    refreshTokenIcon();
}

void HeaderBar::refreshTokenIcon()
{
    const auto& c = m_theme.colours();
    switch (m_expiry) {
    case ExpiryStage::Far:
        return m_token->setIcon(glyphIcon(Glyph::Key, c.accent));
    case ExpiryStage::Month:
    case ExpiryStage::Week:
        return m_token->setIcon(glyphIcon(Glyph::Warning, c.warning));
    case ExpiryStage::Day:
    case ExpiryStage::Ended:
        return m_token->setIcon(glyphIcon(Glyph::Warning, c.alarm));
    }
}

void HeaderBar::refreshSessions()
{
    for (const auto& [id, session] : m_desk.service().sessions()) {
        auto& chip = m_chips[id];
        if (!chip) {
            chip = new SessionChip(m_theme, m_desk, id, this);
            m_chipRow->addWidget(chip);
            connect(chip, &SessionChip::retryAsked, this, &HeaderBar::retryAsked);
            connect(chip, &SessionChip::opened, this, &HeaderBar::sessionOpened);
            connect(chip, &SessionChip::denialOpened, this, &HeaderBar::denialOpened);
        }
        chip->refresh();
    }
}

void HeaderBar::refreshDealing()
{
    const auto& off = m_desk.service().dealingSuspended();
    m_dealing->setText(off ? tr("✕ Dealing is off") : tr("✓ Dealing is on"));
    setTone(*m_dealing, off ? u"warning"_s : u"good"_s);
    m_dealing->setToolTip(off ? QString(errorText(off->code).whole() + u'\n' + text(off->detail)) : QString());
}

void HeaderBar::refreshIcons()
{
    const auto& c = m_theme.colours();
    refreshTokenIcon();
    m_lock->setIcon(glyphIcon(Glyph::Lock, c.text));
    m_menuButton->setIcon(glyphIcon(Glyph::Menu, c.text));
    refreshSessions();
    update();
}

void HeaderBar::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    paintGlyph(painter, QRectF(grid::Panel, height() / 2.0 - 11, 22, 22), Glyph::Brand, m_theme.colours().accent);
}

QString identityText(const rfq::TokenIdentity& identity)
{
    return HeaderBar::tr("Certificate of %1\n%2, valid until %3 UTC\nToken %4, %5, serial %6")
        .arg(text(identity.subject), text(identity.keyAlgorithm), stampText(identity.notAfter).left(10),
            text(identity.tokenLabel), text(identity.tokenModel), text(identity.tokenSerial));
}

}
