#include "ui/widgets/token_manager.h"

#include "ui/models/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/problem_view.h"
#include "ui/widgets/row_list.h"
#include "ui/widgets/venue_keys_view.h"

#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

bool canBeWorkedOn(const rfq::PluggedCard& card)
{
    return (card.isPiv || card.reader.empty()) && !(card.pin && card.pin->blocked);
}

bool isNewCard(const rfq::PluggedCard& card)
{
    return canBeWorkedOn(card) && card.certificates.empty() && !card.unseenWhy;
}

QString accessibleFor(const QString& action, const QString& what)
{
    return u"%1: %2"_s.arg(action, what);
}

}

TokenManager::TokenManager(
    const Theme& theme, const base::Clock& clock, rfq::CardManager& cards, rfq::KeyManager& keys, QWidget* parent)
    : DeskDialog(u"tokenManager"_s, tr("Cards and security keys"), parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_cards(cards)
    , m_keys(keys)
    , m_alive(std::make_shared<int>(0))
    , m_cardList(new QWidget(this))
    , m_noCard(label(u"noCard"_s, this))
    , m_cardProblem(new ProblemView(u"cards"_s, this))
    , m_keyList(new QWidget(this))
    , m_noKey(label(u"noKey"_s, this))
    , m_keyProblem(new ProblemView(u"keys"_s, this))
    , m_venueKeys(new VenueKeysView(keys, this))
    , m_again(pushButton(u"tokensAgain"_s, {}, {}, this))
{
    build();
    connect(m_again, &QPushButton::clicked, this, &TokenManager::look);
    m_changes.push_back(m_cards.onChanged([this] { look(); }));
    m_changes.push_back(m_keys.onChanged([this] { look(); }));
    look();
    m_again->setFocus(Qt::OtherFocusReason);
}

void TokenManager::build()
{
    auto* cards = label(u"cardsHeading"_s, this, tr("Cards, which sign you in"));
    auto* keys = label(u"keysHeading"_s, this, tr("Security keys, which approve by a touch"));
    for (auto* heading : {cards, keys})
        setTone(*heading, u"heading"_s);
    for (auto* none : {m_noCard, m_noKey}) {
        none->setWordWrap(true);
        setTone(*none, u"dim"_s);
    }
    for (QWidget* part : std::initializer_list<QWidget*>{cards, m_cardProblem, m_noCard, m_cardList})
        column().addWidget(part);
    column().addSpacing(grid::Panel);
    for (QWidget* part : std::initializer_list<QWidget*>{keys, m_keyProblem, m_noKey, m_keyList})
        column().addWidget(part);
    column().addSpacing(grid::Panel);
    column().addWidget(m_venueKeys);
    column().addStretch();
    auto* close = pushButton(u"tokensClose"_s, tr("Close"), {}, this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    addFoot({m_again, close});
}

void TokenManager::look()
{
    // Whoever looks already sees what has just come, or is told of it again.
    if (!m_lookingForCards) {
        m_lookingForCards = true;
        m_cards.survey([this, alive = std::weak_ptr(m_alive)](const rfq::CardsSeen& seen) {
            if (alive.expired())
                return;
            m_lookingForCards = false;
            if (m_cardsSeen != seen) {
                m_cardsSeen = seen;
                showCards();
            }
            showLooking();
            askForNewCard();
        });
    }
    if (!m_lookingForKeys) {
        m_lookingForKeys = true;
        m_keys.list([this, alive = std::weak_ptr(m_alive)](
                        const std::vector<rfq::PluggedKey>& found, const std::optional<rfq::KeyFailure>& failure) {
            if (alive.expired())
                return;
            m_lookingForKeys = false;
            if (failure)
                m_keyProblem->show(keyFailureText(*failure), failure->name + ": " + failure->detail);
            else
                m_keyProblem->clear();
            if (m_keysSeen != found) {
                m_keysSeen = found;
                showKeys();
            }
            showLooking();
        });
    }
    m_venueKeys->look();
    showLooking();
}

void TokenManager::makeForNewCard()
{
    m_newCardWanted = true;
    look();
}

void TokenManager::askForNewCard()
{
    if (!std::exchange(m_newCardWanted, false))
        return;
    const auto& cards = m_cardsSeen->cards;
    const auto only = std::ranges::find_if(cards, isNewCard);
    if (only != cards.end() && std::find_if(std::next(only), cards.end(), isNewCard) == cards.end())
        Q_EMIT certificateAsked(*only);
}

void TokenManager::showLooking()
{
    const bool looking = m_lookingForCards || m_lookingForKeys;
    // Never disabled: that would throw the focus of whoever has pressed it upon another button. Who looks already is
    // not asked again.
    m_again->setText(looking ? tr("Looking…") : tr("Look again"));
    m_noCard->setVisible(!m_cardsSeen || m_cardsSeen->cards.empty());
    m_noCard->setText(!m_cardsSeen
            ? tr("Looking at the readers…")
            : tr("No card is plugged in. Put your card into the reader, or plug in your YubiKey: it "
                 "appears here by itself. A new one gets its own PIN first, then a certificate."));
    m_noKey->setVisible(!m_keysSeen || m_keysSeen->empty());
    m_noKey->setText(!m_keysSeen ? tr("Looking for security keys…")
                                 : tr("No security key is plugged in. Plug one in: it appears here by itself. A new "
                                      "one gets a PIN first, then "
                                      "it is enrolled. Have two: one in use, one in the safe."));
}

void TokenManager::showCards()
{
    const FocusKeeper keeper(*m_cardList);
    if (m_cardsSeen->problem)
        m_cardProblem->show(cardErrorText(m_cardsSeen->problem->code), m_cardsSeen->problem->detail);
    else
        m_cardProblem->clear();
    auto* rows = freshRows(*m_cardList);
    int number = 0;
    for (const auto& card : m_cardsSeen->cards) {
        const auto name = u"card-%1"_s.arg(number);
        auto* lines = addRow(*rows, name, cardTitle(card));
        if (!card.reader.empty())
            addLine(*lines, name + u"Reader"_s, {tr("in %1").arg(text(card.reader)), u"small"_s});
        addLine(*lines, name + u"State"_s, cardStateText(card, m_clock.utc()));
        addLine(*lines, name + u"Unseen"_s, {text(card.unseen), u"small"_s});
        addLine(*lines, name + u"Pin"_s, cardPinText(card));
        for (const auto& certificate : card.certificates) {
            lines->addSpacing(grid::Small);
            addLine(*lines, name + u"Certificate"_s, certificateText(certificate, m_clock.utc()));
        }
        lines->addSpacing(grid::Small);
        addCard(card, number);
        ++number;
    }
}

void TokenManager::addCard(const rfq::PluggedCard& card, int number)
{
    auto* panel = m_cardList->findChild<QFrame*>(u"card-%1"_s.arg(number));
    auto* buttons = new FlowLayout(grid::Step);
    const bool blocked = card.pin && card.pin->blocked;
    const auto add = [&](const QString& name, const QString& words, bool first, auto asked) {
        auto* button = pushButton(u"%1-%2"_s.arg(name).arg(number), words, first ? u"primary"_s : QString(), panel);
        button->setAccessibleName(accessibleFor(words, cardTitle(card)));
        connect(button, &QPushButton::clicked, this, [this, card, asked] { Q_EMIT(this->*asked)(card); });
        buttons->addWidget(button);
    };
    // What everybody knows is no PIN: first that, then the certificate.
    const bool pinFirst = card.factoryPin == true;
    if (card.isPiv && !blocked)
        add(u"cardPin"_s, tr("Change the PIN…"), pinFirst, &TokenManager::changePinAsked);
    else if (!card.isPiv && card.reader.empty())
        add(u"cardPin"_s, tr("Change the PIN…"), false, &TokenManager::changePinAsked);
    if (card.isPiv)
        add(u"cardUnblock"_s, tr("Unblock with the PUK…"), blocked, &TokenManager::unblockAsked);
    if (canBeWorkedOn(card))
        add(u"cardCertificate"_s, isNewCard(card) ? tr("Make a certificate…") : tr("Certificate…"),
            isNewCard(card) && !pinFirst, &TokenManager::certificateAsked);
    static_cast<QVBoxLayout*>(panel->layout())->addLayout(buttons);
}

void TokenManager::showKeys()
{
    const FocusKeeper keeper(*m_keyList);
    auto* rows = freshRows(*m_keyList);
    int number = 0;
    for (const auto& key : *m_keysSeen) {
        const auto name = u"key-%1"_s.arg(number);
        auto* lines = addRow(*rows, name, keyTitle(key));
        addLine(*lines, name + u"Pin"_s, keyPinText(key));
        if (key.problem.empty() && !key.canBeEnrolled)
            addLine(*lines, name + u"Unfit"_s,
                {tr("It cannot protect credentials by PIN (credProtect), so it cannot be enrolled."), u"warning"_s});
        addLine(*lines, name + u"Raw"_s, {text(key.problem), u"small"_s});
        lines->addSpacing(grid::Small);
        addKey(key, number);
        ++number;
    }
}

void TokenManager::addKey(const rfq::PluggedKey& key, int number)
{
    auto* panel = m_keyList->findChild<QFrame*>(u"key-%1"_s.arg(number));
    auto* buttons = new FlowLayout(grid::Step);
    const bool isNew = key.pin == rfq::PluggedKey::Pin::NotSet;
    const bool usable = key.pin == rfq::PluggedKey::Pin::Set && key.triesLeft != 0;
    const auto add = [&](const QString& name, const QString& words, bool first, auto asked) {
        auto* button = pushButton(u"%1-%2"_s.arg(name).arg(number), words, first ? u"primary"_s : QString(), panel);
        button->setAccessibleName(accessibleFor(words, keyTitle(key)));
        connect(button, &QPushButton::clicked, this, [this, key, asked] { Q_EMIT(this->*asked)(key); });
        buttons->addWidget(button);
    };
    if (isNew && key.problem.empty())
        add(u"keyPin"_s, tr("Set its PIN…"), true, &TokenManager::keyPinAsked);
    if (usable)
        add(u"keyPin"_s, tr("Change the PIN…"), false, &TokenManager::keyPinAsked);
    if (usable && key.canBeEnrolled)
        add(u"keyEnrol"_s, tr("Enrol…"), false, &TokenManager::keyEnrolmentAsked);
    if (usable)
        add(u"keyTest"_s, tr("Test…"), false, &TokenManager::keyTestAsked);
    static_cast<QVBoxLayout*>(panel->layout())->addLayout(buttons);
}

}
