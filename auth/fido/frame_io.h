#pragma once

#include "auth/fido/operation.h"
#include "auth/fido/problem.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace fido {

/// A CTAPHID report without its report number.
constexpr std::size_t ReportSize = 64;
using Report = std::array<unsigned char, ReportSize>;

/// Reports to and from one key: the system's device, or a test's script.
class FrameIo {
public:
    enum class Read {
        Whole, ///< a report
        Nothing, ///< in that time
        Short, ///< something that is no whole report
        Gone, ///< the key was removed
    };

    virtual ~FrameIo() = default;
    /// Waits for at most `most`.
    [[nodiscard]] virtual Read read(Report& report, std::chrono::milliseconds most) = 0;
    /// `bytes` are the report number and a report. False where the key is gone.
    [[nodiscard]] virtual bool write(std::span<const unsigned char> bytes) = 0;
};

/// Opens the device of a key on this system, for us alone among those who ask for that as libfido2 does: an advisory
/// lock on the device, waited for a little. Failures: Removed, NotPermitted, Busy; those of an operation that is over.
[[nodiscard]] Outcome<std::unique_ptr<FrameIo>> openFrames(const std::string& path, Operation& operation);

}
