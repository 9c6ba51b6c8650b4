#pragma once

#include "core/base/clock.h"
#include "core/rfq/sign_in.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

class QButtonGroup;
class QLabel;
class QRadioButton;
class QVBoxLayout;

namespace ui {

/// Which of several cards or certificates that fit is meant. GUI thread.
class TokenChooser final : public QWidget {
    Q_OBJECT

public:
    explicit TokenChooser(const Theme& theme, const base::Clock& clock, QWidget* parent = nullptr);

    /// `chosen` is one of them, or absent.
    void showCandidates(
        const std::vector<rfq::TokenCandidate>& candidates, const std::optional<rfq::TokenIdentity>& chosen);
    /// On the one that is chosen, or on the first.
    void takeFocus();

Q_SIGNALS:
    /// By a person.
    void chosen(const rfq::TokenIdentity& identity);

private:
    void build();

    const Theme& m_theme;
    const base::Clock& m_clock;
    std::vector<rfq::TokenCandidate> m_candidates;
    QLabel* m_caption;
    QVBoxLayout* m_column;
    QWidget* m_list = nullptr; ///< of the candidates that are shown
    QButtonGroup* m_group = nullptr; ///< the list's
    std::vector<QRadioButton*> m_choices;
};

}
