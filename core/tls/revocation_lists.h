#pragma once

#include "core/base/result.h"
#include "core/tls/file_watch.h"
#include "core/tls/openssl_handles.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tls {

/// The revocation lists of one file, PEM or DER, as it is now. A file that has become unreadable or damaged, perhaps
/// because it is just being written, leaves the lists that were read before in force: they end by their own date.
/// Thread-safe.
class RevocationLists {
public:
    using Lists = std::vector<CrlPtr>;

    /// Errors: Configuration names the file and the reason.
    [[nodiscard]] static base::Result<std::shared_ptr<RevocationLists>> open(const std::string& file);

    /// Reads the file where it has changed.
    [[nodiscard]] std::shared_ptr<const Lists> current();

private:
    explicit RevocationLists(const std::string& file)
        : m_watch(file)
    {
    }
    base::Status refresh();

    std::mutex m_mutex;
    FileWatch m_watch;
    std::shared_ptr<const Lists> m_lists;
};

}
