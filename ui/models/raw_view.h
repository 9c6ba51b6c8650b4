#pragma once

#include "core/rfq/desk.h"
#include "core/rfq/settings.h"

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

/// What stands behind the words: for who calls the dealer's desk, and for the help desk.
namespace ui {

struct RawView {
    QString title;
    std::vector<std::pair<QString, QString>> facts; ///< what it is called, and the value as it came
    QString message; ///< a FIX message with | for SOH, or other untranslated text; empty where there is none
    QStringList evidence; ///< oldest first

    /// All of it as plain text, for the clipboard.
    [[nodiscard]] QString asText() const;
    friend bool operator==(const RawView&, const RawView&) = default;
};

/// The newest acceptance of this request: codes, ids, the message as sent, and every piece of evidence.
[[nodiscard]] RawView rawViewOf(const rfq::AcceptanceLine& line, const rfq::DeskSettings& settings);
[[nodiscard]] RawView rawViewOf(const rfq::Incident& incident, const rfq::DeskSettings& settings);

}
