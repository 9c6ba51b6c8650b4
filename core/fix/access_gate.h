#pragma once

#include "core/base/result.h"
#include "core/fix/user_request.h"
#include "core/stepup/dialect.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace fix {

/// Whether application messages may pass on one of the desk's connections (invariant 8). Opens only to an Allow or a
/// ViewOnly of the policy enforcement point, the counterparty's or the desk's own, that answers what this desk has said
/// for this connection. What cannot be read opens nothing. The FIX thread's.
class AccessGate {
public:
    enum class Passage {
        Open,
        ViewOnly, ///< nothing that commits goes out: looking only, or open before and a touch is owed
        Paused, ///< open before, and the person has left: nothing goes out; what the counterparty still sends is read
        Closed, ///< nothing goes out or comes in
    };
    enum class Rule {
        Open,
        Enforced, ///< by the counterparty: it decides once the session stands
        Desk, ///< by this desk: it decides before it connects, and what comes in afterwards is evidence in any case
    };

    explicit AccessGate(Rule rule)
        : m_rule(rule)
    {
    }

    [[nodiscard]] bool isEnforced() const { return m_rule != Rule::Open; }
    [[nodiscard]] bool isDesks() const { return m_rule == Rule::Desk; }
    [[nodiscard]] Passage passage() const { return m_passage; }

    /// A new connection, or where the desk itself judges an attempt at one: what was decided on another one counts for
    /// nothing.
    void connected();
    /// The desk says this. The person leaving closes what was open.
    void asked(const UserRequest& request);
    /// The enforcement point says this; `notice` where it could be read.
    void answered(const UserResponse& response, const std::optional<stepup::Notice>& notice);

    /// Whether an application message of this type may go out. Errors: NotConnected (not let in), Refused.
    [[nodiscard]] base::Status mayWrite(std::string_view type) const;
    /// Whether one that came in may be looked at.
    [[nodiscard]] bool mayRead(std::string_view type) const;

private:
    [[nodiscard]] bool isAnswer(const std::string& id) const;
    [[nodiscard]] std::string policy() const;

    const Rule m_rule;
    Passage m_passage = Passage::Open;
    std::set<std::string> m_asked; ///< ids of what was said since the connection began, or since the person came back
    bool m_left = false; ///< and nothing was answered since
};

}
