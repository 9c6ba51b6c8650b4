#pragma once

#include "core/base/result.h"
#include "core/fix/private_file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fix {

/// What a FIX session must remember across connections and restarts: both sequence numbers, and the application
/// messages it may send again. Two files, `<name>.seqnums` (one record of fixed size, so that a killed process leaves
/// the old or the new numbers, never half of each) and `<name>.messages`. Session messages are never kept: a Logon
/// holds a password.
class MessageStore {
public:
    /// Errors: Io (naming the path); also where the files hold something else.
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

private:
    struct Place {
        std::uint64_t offset = 0;
        std::size_t length = 0;
    };
    [[nodiscard]] base::Status readNumbers();
    [[nodiscard]] base::Status readIndex();
    [[nodiscard]] base::Status writeNumbers();

    PrivateFile m_numbers;
    PrivateFile m_messages;
    std::map<int, Place> m_places;
    int m_nextSender = 1;
    int m_nextTarget = 1;
};

}
