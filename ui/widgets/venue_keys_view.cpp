#include "ui/widgets/venue_keys_view.h"

#include "ui/models/card_words.h"
#include "ui/models/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/problem_view.h"
#include "ui/widgets/row_list.h"
#include "ui/widgets/theme.h"

#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int MaxNameLength = 60;
constexpr int MinuteOfStamp = 16; ///< "2026-11-24 08:00"

QString minuteText(base::UtcTime time)
{
    return stampText(time).left(MinuteOfStamp) + u" UTC"_s;
}

QString namedFor(const QString& action, const rfq::VenueKey& key)
{
    return u"%1: %2"_s.arg(action, text(key.name));
}

}

VenueKeysView::VenueKeysView(rfq::KeyManager& keys, QWidget* parent)
    : QWidget(parent)
    , m_keys(keys)
    , m_alive(std::make_shared<int>(0))
    , m_none(label(u"noVenueKeys"_s, this))
    , m_problem(new ProblemView(u"venueKeys"_s, this))
    , m_list(new QWidget(this))
{
    auto* heading = label(u"venueKeysHeading"_s, this, tr("Your security keys at counterparties"));
    setTone(*heading, u"heading"_s);
    setTone(*m_none, u"dim"_s);
    m_none->setWordWrap(true);
    m_none->setText(tr("No session is open. Sign in and connect: then the keys that you have enrolled at your "
                       "counterparties stand here."));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(grid::Step);
    for (QWidget* part : std::initializer_list<QWidget*>{heading, m_problem, m_none, m_list})
        rows->addWidget(part);
    m_problem->clear();
    showAll();
}

VenueKeysView::~VenueKeysView()
{
    if (m_doing == Doing::Renaming || m_doing == Doing::Removing)
        m_keys.cancel();
}

void VenueKeysView::look()
{
    std::vector<Place> places;
    for (const auto& session : m_keys.enrolsAt()) {
        const auto known = std::find_if(
            m_places.begin(), m_places.end(), [&](const Place& place) { return place.session == session; });
        places.push_back(known == m_places.end() ? Place{session} : *known);
    }
    const bool changed = places != m_places;
    m_places = std::move(places);
    if (changed)
        showAll();
    for (const auto& session : m_keys.enrolsAt())
        m_keys.listAt(session,
            [this, session, alive = std::weak_ptr(m_alive)](
                std::vector<rfq::VenueKey> keys, std::optional<rfq::KeyFailure> failure) {
                if (!alive.expired())
                    told(session, std::move(keys), std::move(failure));
            });
}

void VenueKeysView::told(
    const rfq::SessionId& session, std::vector<rfq::VenueKey> keys, std::optional<rfq::KeyFailure> failure)
{
    const auto found =
        std::find_if(m_places.begin(), m_places.end(), [&](const Place& place) { return place.session == session; });
    if (found == m_places.end())
        return;
    const Place before = *found;
    found->failure = std::move(failure);
    if (found->failure)
        found->keys.reset();
    else
        found->keys = std::move(keys);
    if (before != *found)
        showAll();
}

void VenueKeysView::showAll()
{
    const FocusKeeper keeper(*m_list);
    m_none->setVisible(m_places.empty());
    m_list->setVisible(!m_places.empty());
    auto* rows = freshRows(*m_list);
    int number = 0;
    for (const auto& place : m_places)
        showPlace(*rows, place, number++);
}

void VenueKeysView::showPlace(QVBoxLayout& rows, const Place& place, int number)
{
    const auto name = u"venue-%1"_s.arg(number);
    const auto where = text(place.session.text());
    if (m_places.size() > 1)
        addLine(rows, name + u"Title"_s, {where, u"strong"_s});
    if (place.failure) {
        auto* problem = new ProblemView(name, m_list);
        rows.addWidget(problem);
        problem->show(keyFailureText(*place.failure), place.failure->name + ": " + place.failure->detail);
        return;
    }
    if (!place.keys)
        return addLine(rows, name + u"Asking"_s, {tr("Asking %1…").arg(where), u"dim"_s});
    if (place.keys->empty())
        return addLine(rows, name + u"None"_s,
            {tr("You have no security key at %1. Enrol one of those above: two are better, one in use and one in the "
                "safe.")
                    .arg(where),
                u"dim"_s});
    int key = 0;
    for (const auto& one : *place.keys)
        showKey(rows, place, one, u"%1-%2"_s.arg(name).arg(key++));
}

void VenueKeysView::showKey(QVBoxLayout& rows, const Place& place, const rfq::VenueKey& key, const QString& name)
{
    auto* row = addRow(rows, name, text(key.name));
    addLine(*row, name + u"Use"_s,
        {key.lastUsedAt
                ? tr("At %1 since %2, last used %3")
                      .arg(text(place.session.text()), minuteText(key.enrolledAt), minuteText(*key.lastUsedAt))
                : tr("At %1 since %2, not used yet").arg(text(place.session.text()), minuteText(key.enrolledAt)),
            {}});
    if (!key.countsHere)
        addLine(*row, name + u"Elsewhere"_s,
            {tr("▲ It belongs to another certificate of yours and does not count with this card. After a renewal IT "
                "takes it over; otherwise remove it."),
                u"warning"_s});
    addLine(*row, name + u"Model"_s, {tr("Model (AAGUID) %1").arg(text(key.model)), u"small"_s});
    row->addSpacing(grid::Small);
    const bool isIt = m_doing != Doing::Nothing && m_session == place.session && m_id == key.id;
    if (isIt && m_doing == Doing::Naming)
        addNaming(*row, place, key, name);
    else if (isIt)
        addWaiting(*row, name);
    else
        addButtons(*row, place, key, name);
}

void VenueKeysView::addNaming(QVBoxLayout& row, const Place& place, const rfq::VenueKey& key, const QString& name)
{
    auto* edit = new QLineEdit(text(key.name), row.parentWidget());
    edit->setObjectName(name + u"Name"_s);
    edit->setMaxLength(MaxNameLength);
    auto* above = caption(tr("What this key is called from now on"), edit, row.parentWidget());
    row.addWidget(above);
    row.addWidget(edit);
    auto* buttons = new FlowLayout(grid::Step);
    auto* act = pushButton(name + u"RenameNow"_s, tr("Rename"), u"primary"_s, row.parentWidget());
    auto* back = pushButton(name + u"Back"_s, tr("Leave it"), {}, row.parentWidget());
    buttons->addWidget(act);
    buttons->addWidget(back);
    row.addLayout(buttons);
    const auto usable = [edit, before = text(key.name)] {
        const auto now = edit->text().trimmed();
        return !now.isEmpty() && now != before;
    };
    act->setEnabled(false);
    connect(edit, &QLineEdit::textChanged, act, [act, usable] { act->setEnabled(usable()); });
    const auto submit = [this, session = place.session, key, edit, usable] {
        if (usable())
            rename(session, key, edit->text().trimmed());
    };
    connect(edit, &QLineEdit::returnPressed, this, submit);
    connect(act, &QPushButton::clicked, this, submit);
    connect(back, &QPushButton::clicked, this, [this] { finish(std::nullopt); });
    // It ends the renaming and not the window with all that is in it.
    auto* escape = new QShortcut(
        QKeySequence(Qt::Key_Escape), row.parentWidget(), nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, [this] { finish(std::nullopt); });
    edit->selectAll();
    edit->setFocus(Qt::OtherFocusReason);
}

void VenueKeysView::addWaiting(QVBoxLayout& row, const QString& name)
{
    addLine(row, name + u"Waiting"_s,
        {m_doing == Doing::Removing
                ? tr("Waiting for your approval: touch another one of your keys, as the window that asks for it says.")
                : tr("Waiting for your approval: touch one of your keys, as the window that asks for it says."),
            u"dim"_s});
    auto* buttons = new FlowLayout(grid::Step);
    auto* cancel = pushButton(name + u"Cancel"_s, tr("Cancel"), {}, row.parentWidget());
    buttons->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, [this] { m_keys.cancel(); });
    row.addLayout(buttons);
}

void VenueKeysView::addButtons(QVBoxLayout& row, const Place& place, const rfq::VenueKey& key, const QString& name)
{
    auto* buttons = new FlowLayout(grid::Step);
    const bool isFree = m_doing == Doing::Nothing;
    const auto add = [&](const QString& suffix, const QString& words) {
        auto* button = pushButton(name + suffix, words, {}, row.parentWidget());
        button->setAccessibleName(namedFor(words, key));
        button->setEnabled(isFree);
        buttons->addWidget(button);
        return button;
    };
    connect(add(u"Rename"_s, tr("Rename…")), &QPushButton::clicked, this,
        [this, session = place.session, key] { begin(Doing::Naming, session, key); });
    const bool isLast = std::none_of(place.keys->begin(), place.keys->end(),
        [&](const rfq::VenueKey& other) { return other.countsHere && other.id != key.id; });
    auto* removal = add(u"Remove"_s, tr("Remove for good…"));
    connect(removal, &QPushButton::clicked, this, [this, session = place.session, key] { remove(session, key); });
    row.addLayout(buttons);
    if (!isLast)
        return;
    removal->setEnabled(false);
    addLine(row, name + u"Last"_s,
        {tr("Your last key there cannot be removed: another one has to approve that. Enrol a second one first."),
            u"small"_s});
}

void VenueKeysView::begin(Doing doing, const rfq::SessionId& session, const rfq::VenueKey& key)
{
    m_problem->clear();
    m_doing = doing;
    m_session = session;
    m_id = key.id;
    showAll();
}

void VenueKeysView::rename(const rfq::SessionId& session, const rfq::VenueKey& key, const QString& name)
{
    begin(Doing::Renaming, session, key);
    m_keys.renameAt(session, key, name.toStdString(),
        [this, alive = std::weak_ptr(m_alive)](const std::optional<rfq::KeyFailure>& failure) {
            if (!alive.expired())
                finish(failure);
        });
}

void VenueKeysView::remove(const rfq::SessionId& session, const rfq::VenueKey& key)
{
    begin(Doing::Removing, session, key);
    m_keys.removeAt(
        session, key, [this, alive = std::weak_ptr(m_alive)](const std::optional<rfq::KeyFailure>& failure) {
            if (!alive.expired())
                finish(failure);
        });
}

void VenueKeysView::finish(const std::optional<rfq::KeyFailure>& failure)
{
    m_doing = Doing::Nothing;
    if (failure)
        m_problem->show(keyFailureText(*failure), failure->name + ": " + failure->detail);
    showAll();
    look();
}

}
