#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fix/private_file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fix {

/// What a FIX session must remember across connections and restarts: both sequence numbers, and the application
/// messages it may send again. Two files, `<name>.seqnums` (one record of fixed size, so that a killed process leaves
/// the old or the new numbers, never half of each) and `<name>.messages`. Session messages are never kept: a Logon
/// holds a password.
///
/// A message is kept before its number is counted, and counted before it is sent. A process killed in between leaves a
/// message that never went out; it is dropped when the store is opened, for its number will be another's. Nothing is
/// forced to the disk: what a power failure takes away are the newest numbers, and then the counterparty refuses the
/// next Logon for a number too low, rather than anything being sent or counted twice.
class MessageStore {
public:
    /// Errors: Io, naming the path. What is not ours is left as it is: a file is cut back only where it ends in the
    /// middle of an entry that begins like one.
    [[nodiscard]] static base::Result<MessageStore> open(
        const std::filesystem::path& directory, const std::string& name);

    [[nodiscard]] int nextSender() const { return m_nextSender; } ///< MsgSeqNum(34) of our next message
    [[nodiscard]] int nextTarget() const { return m_nextTarget; } ///< MsgSeqNum(34) expected of the peer
    [[nodiscard]] base::Status setNextSender(int number);
    [[nodiscard]] base::Status setNextTarget(int number);

    /// Keeps an application message for a resend.
    [[nodiscard]] base::Status keep(int seqNum, std::string_view message);
    /// The kept messages of [first, last], in order.
    [[nodiscard]] base::Result<std::vector<std::string>> kept(int first, int last) const;
    /// Both numbers to 1, messages forgotten.
    [[nodiscard]] base::Status reset();

    /// Since when the numbers run, where that was ever said; for sessions whose numbers start again with a schedule.
    [[nodiscard]] std::optional<base::UtcTime> created() const { return m_created; }
    /// reset(), and the numbers run since then (whole seconds).
    [[nodiscard]] base::Status resetAt(base::UtcTime time);

private:
    struct Place {
        std::uint64_t offset = 0;
        std::size_t length = 0;
    };
    [[nodiscard]] base::Status readNumbers();
    [[nodiscard]] base::Status readIndex();
    [[nodiscard]] base::Status writeNumbers();
    /// Forgets what was kept under this number and above.
    [[nodiscard]] base::Status dropFrom(int seqNum);

    PrivateFile m_numbers;
    PrivateFile m_messages;
    std::map<int, Place> m_places;
    int m_nextSender = 1;
    int m_nextTarget = 1;
    std::optional<base::UtcTime> m_created;
};

}
