#pragma once

#include "core/rfq/access.h"
#include "core/rfq/messages.h"

#include <QString>

#include <optional>
#include <string>

namespace ui {

class DeskModel;

/// A session that an enforcement point does not let in: by the score, line by line, or before anything was scored, as
/// the answer to the Logon. One thing to the person, who is told in one place.
struct Denial {
    std::optional<rfq::AccessState> scored; ///< with a notice; absent: turned away before anything was scored
    QString heading; ///< who refuses
    QString words; ///< what was refused, and why as far as it was told
    QString advice; ///< what the person can do; empty where the score says it
    QString reference; ///< for the help desk; empty where none was told
    /// Equal for one that says the same again: of a refusal that only repeats, reference and wait differ each time.
    std::string kind;

    friend bool operator==(const Denial&, const Denial&) = default;
};

/// Absent where nobody denies anything. `state` is null where no access policy is about the session.
[[nodiscard]] std::optional<Denial> denialOf(const rfq::SessionChanged& session, const rfq::AccessState* state);
/// The same for a session of the desk.
[[nodiscard]] std::optional<Denial> denialOf(DeskModel& desk, const rfq::SessionId& session);

/// As it stands now; stopped where nothing was heard of it yet.
[[nodiscard]] rfq::SessionChanged sessionOf(DeskModel& desk, const rfq::SessionId& session);

/// "The desk tries again by itself in 0:25."; empty where nothing can be said.
[[nodiscard]] QString nextTryText(const rfq::SessionChanged& session, rfq::SteadyTime now);

}
