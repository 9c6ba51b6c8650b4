#include "core/fix/access_gate.h"

#include "core/fix/dialect.h"

namespace fix {

using base::Errc;
using base::Error;
using stepup::AccessOutcome;

namespace {

bool commits(std::string_view type)
{
    return type == msg::NewOrderSingle || type == msg::QuoteResponse;
}

bool isOfTheDialect(std::string_view type)
{
    return type == msg::UserResponse || type == msg::BusinessMessageReject || type == msg::Reject;
}

}

void AccessGate::connected()
{
    m_passage = isEnforced() ? Passage::Closed : Passage::Open;
    m_asked.clear();
    m_left = false;
}

void AccessGate::asked(const UserRequest& request)
{
    if (!isEnforced())
        return;
    switch (request.type) {
    case UserRequestType::LogOn:
        m_asked.insert(request.id);
        return;
    case UserRequestType::LogOff:
        m_left = true;
        m_asked.clear();
        if (m_passage != Passage::Closed)
            m_passage = Passage::Paused;
        return;
    case UserRequestType::Status:
        return;
    }
}

bool AccessGate::isAnswer(const std::string& id) const
{
    // An unsolicited one may have been under way before the person left: it does not let anybody in again.
    return m_asked.contains(id) || (!m_asked.empty() && !m_left);
}

void AccessGate::answered(const UserResponse& response, const std::optional<stepup::Notice>& notice)
{
    if (!isEnforced() || !notice || notice->about != stepup::NoticeAbout::Session)
        return;
    const bool counts = isAnswer(response.id);
    const bool mayOpen = counts && response.status == UserStatus::Allowed;
    // Looking only while a touch is owed: what is allowed is said, and so is what is missing.
    const bool mayLook = mayOpen || (counts && response.status == UserStatus::StepUpNeeded);
    if (m_asked.contains(response.id))
        m_left = false;
    switch (notice->outcome) {
    case AccessOutcome::Allow:
        if (mayOpen)
            m_passage = Passage::Open;
        return;
    case AccessOutcome::ViewOnly:
        if (mayLook || m_passage == Passage::Open)
            m_passage = Passage::ViewOnly;
        return;
    case AccessOutcome::StepUp:
        if (m_passage == Passage::Open)
            m_passage = Passage::ViewOnly;
        return;
    case AccessOutcome::Deny:
        m_passage = Passage::Closed;
        return;
    }
}

std::string AccessGate::policy() const
{
    return isDesks() ? "this desk's access policy" : "the counterparty's access policy";
}

base::Status AccessGate::mayWrite(std::string_view type) const
{
    if (type == msg::UserRequest && !isDesks())
        return base::Ok{};
    switch (m_passage) {
    case Passage::Open:
        return base::Ok{};
    case Passage::ViewOnly:
        if (commits(type))
            return Error{Errc::Refused, policy() + " allows looking only at the moment; nothing was sent"};
        return base::Ok{};
    case Passage::Paused:
        return Error{Errc::NotConnected, "the person has left, and " + policy() + " has not let them in again"};
    case Passage::Closed:
        return Error{Errc::NotConnected, policy() + " has not let this session in"};
    }
    return base::Ok{};
}

bool AccessGate::mayRead(std::string_view type) const
{
    return isDesks() || m_passage != Passage::Closed || isOfTheDialect(type);
}

}
