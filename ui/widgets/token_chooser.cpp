#include "ui/widgets/token_chooser.h"

#include "ui/models/format.h"
#include "ui/models/token_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/tick_box.h"

#include <QButtonGroup>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int FactsIndent = 24; ///< below the words of a radio button
constexpr int CandidateWidth = 300;

}

TokenChooser::TokenChooser(const Theme& theme, const base::Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_caption(label(u"tokenChooserCaption"_s, this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"tokenChooser"_s);
    m_caption->setWordWrap(true);
    m_caption->setFont(theme.font(TextSize::Large, QFont::DemiBold));
    m_column->setContentsMargins(0, grid::Step, 0, 0);
    m_column->setSpacing(grid::Step);
    m_column->addWidget(m_caption);
}

void TokenChooser::showCandidates(
    const std::vector<rfq::TokenCandidate>& candidates, const std::optional<rfq::TokenIdentity>& chosen)
{
    if (candidates != m_candidates) {
        m_candidates = candidates;
        build();
    }
    if (!m_group)
        return;
    // None at all is possible only while they do not exclude each other.
    m_group->setExclusive(false);
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        const QSignalBlocker quiet(m_choices[i]);
        m_choices[i]->setChecked(chosen && isSameToken(*chosen, m_candidates[i].identity));
    }
    m_group->setExclusive(true);
}

void TokenChooser::build()
{
    const bool hadFocus = m_list && m_list->isAncestorOf(focusWidget());
    if (m_list) {
        m_list->hide();
        m_column->removeWidget(m_list);
        m_list->deleteLater();
    }
    m_choices.clear();
    m_caption->setText(chooseText(m_candidates.size()));
    m_list = new QWidget(this);
    m_group = new QButtonGroup(m_list);
    auto* rows = new QVBoxLayout(m_list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (std::size_t i = 0; i < m_candidates.size(); ++i) {
        const auto& candidate = m_candidates[i];
        const auto number = QString::number(i);
        const auto name = text(candidate.identity.commonName);
        auto* choice = new RadioChoice(m_list);
        choice->setObjectName(u"token-"_s + number);
        choice->setFont(m_theme.font(TextSize::Large, QFont::DemiBold));
        choice->setText(choice->fontMetrics().elidedText(name, Qt::ElideRight, CandidateWidth).replace(u'&', u"&&"_s));
        const auto words = candidateText(candidate, m_clock.utc());
        choice->setAccessibleName(name);
        choice->setAccessibleDescription(words.text);
        auto* facts = label(u"tokenFacts-"_s + number, m_list, words.text);
        facts->setTextFormat(Qt::PlainText);
        facts->setWordWrap(true);
        facts->setIndent(FactsIndent);
        setTone(*facts, words.tone.isEmpty() ? u"dim"_s : words.tone);
        connect(choice, &QRadioButton::toggled, this, [this, identity = candidate.identity](bool on) {
            if (on)
                Q_EMIT chosen(identity);
        });
        m_group->addButton(choice);
        rows->addWidget(choice);
        rows->addWidget(facts);
        rows->addSpacing(grid::Step);
        m_choices.push_back(choice);
    }
    m_column->addWidget(m_list);
    m_list->show(); // at once: the layout would do it later
    if (hadFocus)
        takeFocus();
}

void TokenChooser::takeFocus()
{
    if (m_choices.empty())
        return;
    auto* focused = m_choices.front();
    for (auto* choice : m_choices) {
        if (choice->isChecked())
            focused = choice;
    }
    focused->setFocus(Qt::OtherFocusReason);
}

}
