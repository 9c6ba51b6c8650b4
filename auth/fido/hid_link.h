#pragma once

#include "auth/fido/frame_io.h"
#include "auth/fido/link.h"
#include "auth/fido/operation.h"

#include <optional>

namespace fido {

/// CTAPHID by libfido2, with our own clock in it: every wait ends when the operation is called off or late, by
/// CTAPHID_CANCEL first and, where the key ignores that, by giving the conversation up. libfido2's own timeout is not
/// used: it leaves half an answer behind, which the next call takes for its own.
class HidLink final : public Link {
public:
    HidLink(FrameIo& io, Operation& operation)
        : m_io(io)
        , m_operation(operation)
    {
    }

    void attach(fido_dev_t& device) override;

private:
    static int read(void* link, unsigned char* buffer, size_t size, int milliseconds);
    static int write(void* link, const unsigned char* buffer, size_t size);

    [[nodiscard]] bool readReport(Report& report, std::optional<std::chrono::milliseconds> most);
    /// False when the key was given time enough to end what is over.
    [[nodiscard]] bool mayGoOn();
    bool giveUp(Problem problem);
    /// Everybody who has the key open reads every report.
    [[nodiscard]] bool isForUs(const Report& report) const;

    FrameIo& m_io;
    Operation& m_operation;
    fido_dev_t* m_device = nullptr;
    Report m_written{}; ///< the report that began our last message: its channel, its command, and the nonce of an INIT
    std::optional<base::SteadyTime> m_overSince;
    std::optional<base::SteadyTime> m_cancelSent;
};

}
