#pragma once

#include "app/venue/pep_settings.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stepup/device_trust.h"
#include "core/tls/file_watch.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace venue {

/// More is no list of certificate authorities.
inline constexpr std::size_t LargestRoots = 1U << 20U;

/// The files of the firm's device CA, as they are now. Errors: Io, Configuration, with the file.
[[nodiscard]] base::Result<std::shared_ptr<const stepup::DeviceTrust>> readDeviceTrust(
    const DeviceAuthority& authority);

/// Looks after them while a venue runs: a revocation list is replaced every few hours. A file that has become
/// unreadable or damaged leaves what was read before in force; a list ends by its own date. One thread.
class DeviceAuthorityWatch {
public:
    DeviceAuthorityWatch(DeviceAuthority authority, const base::Clock& clock);

    /// What was read, where a file has changed. Errors: as readDeviceTrust().
    [[nodiscard]] std::optional<base::Result<std::shared_ptr<const stepup::DeviceTrust>>> runDue();
    [[nodiscard]] base::SteadyTime nextDue() const { return m_due; }

private:
    const DeviceAuthority m_authority;
    const base::Clock& m_clock;
    base::SteadyTime m_due;
    tls::FileWatch m_roots;
    tls::FileWatch m_lists;
};

}
