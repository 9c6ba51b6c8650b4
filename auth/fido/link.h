#pragma once

#include "auth/fido/problem.h"

#include <fido.h>
#include <optional>
#include <string>

namespace fido {

/// What a keep-alive says while the person is waited for: STATUS_UPNEEDED of CTAP.
inline constexpr unsigned char TouchIsNeeded = 2;

/// How libfido2 reaches one key. libfido2 gives its functions no pointer of ours to carry but the path that it opens,
/// so the path names the link: it must outlive the device and stay where it is.
class Link {
public:
    Link() = default;
    virtual ~Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    /// Gives `device` our functions. Before it is opened.
    virtual void attach(fido_dev_t& device) = 0;

    /// What ended the conversation, where the link knows better than libfido2's code.
    [[nodiscard]] std::optional<Problem> problem() const { return m_problem; }
    /// The path to open.
    [[nodiscard]] std::string address() const;

protected:
    /// To be given to libfido2: finds the link again.
    static void* open(const char* address);
    static void close(void* link);

    std::optional<Problem> m_problem;
};

}
