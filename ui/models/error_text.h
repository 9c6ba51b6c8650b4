#pragma once

#include "core/base/result.h"

#include <QString>

namespace ui {

/// An error in the trader's language: what happened, what it means for them, what to do.
struct ErrorText {
    QString title;
    QString meaning;
    QString action;

    /// The three as one paragraph.
    [[nodiscard]] QString whole() const;
};
[[nodiscard]] ErrorText errorText(base::Errc code);

}
