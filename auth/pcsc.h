#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace auth {

/// What a PC/SC call came to, as far as anybody acts on it.
enum class PcscOutcome {
    Ok,
    TimedOut, ///< nothing has changed
    Cancelled,
    NoReader,
    UnknownReader, ///< one of those asked about has been unplugged
    NoService, ///< the service is not running, has stopped or does not answer
    Failed,
};

struct PcscAnswer {
    PcscOutcome outcome = PcscOutcome::Ok;
    std::string text; ///< what PC/SC says of it; empty for Ok
};

/// A reader, with its state as SCardGetStatusChange has it: SCARD_STATE_ bits, and in the high word the number of
/// insertions and removals so far.
struct ReaderState {
    std::string reader;
    std::uint32_t known = 0; ///< what the caller knows; 0: nothing
    std::uint32_t seen = 0; ///< what is so
};

/// A card that one may talk to. Dies without resetting the card: other programs' sessions with it go on.
class CardChannel {
public:
    virtual ~CardChannel() = default;
    /// Nobody else may talk to the card from here on, for as long as the channel lives. Blocks while somebody else has
    /// done the same. Errors: TokenAbsent, TokenFailure.
    [[nodiscard]] virtual base::Status claim() = 0;
    /// The card's response with its status word. Errors: TokenAbsent, TokenFailure, also while somebody else has
    /// claimed the card.
    [[nodiscard]] virtual base::Result<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) = 0;
};

/// PC/SC with a context of its own, for one thread. Only cancel() may be called by others.
class Pcsc {
public:
    virtual ~Pcsc() = default;
    [[nodiscard]] virtual PcscAnswer establish() = 0;
    virtual void release() = 0;
    [[nodiscard]] virtual PcscAnswer listReaders(std::vector<std::string>& readers) = 0;
    /// Returns when a reader is no longer in the state that is known of it, when a reader was plugged in, or when the
    /// time is up.
    [[nodiscard]] virtual PcscAnswer waitForChange(
        std::chrono::milliseconds atMost, std::vector<ReaderState>& readers) = 0;
    /// Ends a wait that is under way; one that begins later is not ended.
    virtual void cancel() = 0;
    /// Shared with other programs. Errors: TokenAbsent, TokenFailure.
    [[nodiscard]] virtual base::Result<std::unique_ptr<CardChannel>> connect(const std::string& reader) = 0;
};

using PcscFactory = std::function<std::unique_ptr<Pcsc>()>;

/// The PC/SC of this machine.
[[nodiscard]] std::unique_ptr<Pcsc> systemPcsc();

}
