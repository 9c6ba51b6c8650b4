#pragma once

#include "core/fix/session.h"
#include "core/fix/wire_message.h"
#include "core/rfq/messages.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fix {

/// The questions about acceptances that are open on one session: whom an answer is about, where only the question's id
/// tells, and what it means that a list came to its end without naming the acceptance. The FIX thread's.
class InquiryLedger {
public:
    /// `id` is the question's own (taker::inquiryId), empty for a replay. The same question asked again replaces the
    /// former.
    void open(const rfq::AskOutcome& ask, std::string id);
    /// Takes note of a message and of the event it means, if any, and completes the event. Returns what follows for
    /// acceptances that the event itself says nothing about.
    [[nodiscard]] std::vector<rfq::InquiryAnswered> note(
        const WireMessage& message, std::optional<rfq::VenueEvent>& event);
    /// A message that could not be read: the list it belongs to proves nothing any more.
    void noteUnreadable(const WireMessage& message);
    /// Where a replay must begin to serve all that wait for one.
    [[nodiscard]] std::optional<std::uint64_t> replayFrom() const;
    [[nodiscard]] std::vector<rfq::InquiryAnswered> replayOver(ReplayEnd how);
    /// The connection is gone, and with it every answer.
    void clear() { m_open.clear(); }

private:
    struct Question {
        rfq::AskOutcome ask;
        std::string id;
        std::size_t reports = 0; ///< of the list, or replayed
        std::optional<std::size_t> total{}; ///< so many reports are to come
        bool named = false; ///< some report was about the acceptance
        bool listsDecided = false; ///< the list also holds orders whose life is over, not only open ones
        bool unreadable = false; ///< some of it could not be read
    };

    void complete(const WireMessage& message, rfq::VenueEvent& event);
    void count(const WireMessage& message, rfq::Inquiry list, const rfq::ExecutionReport* report);
    /// Closes the questions whose list is at its end.
    [[nodiscard]] std::vector<rfq::InquiryAnswered> takeEnded(const WireMessage& message, rfq::Inquiry list);
    [[nodiscard]] static rfq::InquiryAnswered meaningOfList(const Question& question);
    [[nodiscard]] const Question* find(const WireMessage& message, rfq::Inquiry inquiry) const;

    std::vector<Question> m_open;
};

}
