#pragma once

#include "core/base/result.h"
#include "core/rfq/values.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace store {
class SqliteDatabase;
class SqliteStatement;
}

namespace venue {

enum class ForwardState {
    Intended, ///< may have been written: nobody can say yet, or any more
    Written, ///< handed to the connection
    NotSent, ///< nothing left this gateway, and nothing will
};

/// A client's acceptance as it goes to a counterparty.
struct Forward {
    rfq::SessionId client;
    rfq::ClOrdId clOrdId; ///< the client's
    rfq::SessionId upstream;
    rfq::ClOrdId upstreamId; ///< ours: ClOrdID(11) there
    rfq::RfqId upstreamRfq; ///< ours: QuoteReqID(131) there
    std::string message; ///< the application message, byte for byte as it is written
    ForwardState state = ForwardState::Intended;
    std::uint64_t seqNum = 0; ///< MsgSeqNum(34) it went out with; 0: not known, or proves nothing any more
    std::uint64_t theirNext = 0; ///< the MsgSeqNum(34) expected of them then; 0: as above

    friend bool operator==(const Forward&, const Forward&) = default;
};

/// Which acceptance of which client went where, under which id. Every change is on disk when the call returns; it
/// stands beside the order book and under its lock. One thread. Errors of all calls: Io.
class ForwardBook {
public:
    /// Opens `forwards.sqlite` in that directory, or begins it there. Errors: also InvalidInput (the file is something
    /// else), Unsupported (of another version).
    [[nodiscard]] static base::Result<std::unique_ptr<ForwardBook>> open(const std::filesystem::path& directory);
    ~ForwardBook();
    ForwardBook(const ForwardBook&) = delete;
    ForwardBook& operator=(const ForwardBook&) = delete;

    /// Before a byte of it is written.
    [[nodiscard]] base::Status intend(const Forward& forward);
    [[nodiscard]] base::Status written(const rfq::ClOrdId& upstreamId, std::uint64_t seqNum, std::uint64_t theirNext);
    [[nodiscard]] base::Status notSent(const rfq::ClOrdId& upstreamId);
    /// The numbers with that counterparty begin again: those of the past prove nothing.
    [[nodiscard]] base::Status voidNumbers(const rfq::SessionId& upstream);

    [[nodiscard]] base::Result<std::optional<Forward>> find(const rfq::SessionId& client, const rfq::ClOrdId& clOrdId);
    [[nodiscard]] base::Result<std::optional<Forward>> findUpstream(
        const rfq::SessionId& upstream, const rfq::ClOrdId& upstreamId);
    /// Where reading again begins: the newest one that was written there and whose numbers still hold; what they sent
    /// before its theirNext is in the order book. Where there is none, the newest one that may have been written, with
    /// a theirNext of 0: how much of what they sent is in the order book, nobody knows.
    [[nodiscard]] base::Result<std::optional<Forward>> replayMark(const rfq::SessionId& upstream);

private:
    explicit ForwardBook(std::unique_ptr<store::SqliteDatabase> database);
    [[nodiscard]] base::Status begin();
    [[nodiscard]] static base::Result<std::optional<Forward>> first(store::SqliteStatement& query);

    std::unique_ptr<store::SqliteDatabase> m_database;
};

}
