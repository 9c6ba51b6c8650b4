#pragma once

#include "core/access/ip_address.h"
#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace zerotrust {

/// Who tries to sign in, as far as it is known.
struct Origin {
    std::string user; ///< as claimed
    /// Fingerprint of the certificate whose private key was proven in this handshake. Empty: none was. Never a
    /// certificate that was only shown: anybody can show one.
    std::string certificate;
    IpAddress address;
};

struct LockoutRules {
    int freeFailures = 3; ///< that cost nothing: everybody mistypes
    std::chrono::seconds firstDelay{1}; ///< after the next; doubles with each further one
    std::chrono::seconds longestDelay{900};
    int lockAfter = 10; ///< failures of one certificate, which is then locked until a person unlocks it
    std::chrono::seconds forgetAfter{3'600}; ///< without a failure
    std::size_t most = 4'096; ///< kept counts; the least telling go first
};

enum class Verdict {
    Proceed,
    Wait, ///< try again later; nothing was looked at
    Locked, ///< until a privileged person unlocks it
};

struct LockoutAnswer {
    Verdict verdict = Verdict::Locked;
    std::chrono::seconds wait{0}; ///< rounded up

    friend bool operator==(const LockoutAnswer&, const LockoutAnswer&) = default;
};

/// What a failure brought about, for the alert.
struct FailureNews {
    int failures = 0; ///< in a row, of whatever has most
    std::chrono::seconds delay{0}; ///< that stands now
    bool locked = false; ///< by this failure
};

/// As what an address counts: itself, and of IPv6 its /64, which is one customer's: "192.0.2.1", "2001:db8::/64".
[[nodiscard]] std::string customerOf(const IpAddress& address);

/// Slows down those who fail to sign in, and locks certificates that fail too often. Nobody can lock out somebody else:
/// whoever proves a certificate is judged by the failures of that certificate alone, wherever they come from and
/// whatever user name others abuse; whoever proves none is judged by their address (IPv6: its /64, which is one
/// customer's) and by the user name that they claim, and is never more than delayed. An attempt that is told to wait
/// counts as nothing. One thread.
class Lockout {
public:
    explicit Lockout(const base::Clock& clock, LockoutRules rules = {});

    /// Before anything else is looked at.
    [[nodiscard]] LockoutAnswer ask(const Origin& origin) const;
    FailureNews failed(const Origin& origin);
    void succeeded(const Origin& origin);

    /// By a rule, by a person, or because it was locked before a restart.
    void lock(const std::string& certificate);
    /// False where it was not locked. Whoever calls this has proven themselves.
    bool unlock(const std::string& certificate);
    [[nodiscard]] std::vector<std::string> lockedCertificates() const;

    /// Counts that are kept, for the test of the bound.
    [[nodiscard]] std::size_t size() const { return m_counts.size() + m_certificates.size(); }

private:
    struct Count {
        int failures = 0;
        base::SteadyTime last{};
        bool locked = false;
    };
    using Counts = std::map<std::string, Count>;

    [[nodiscard]] Counts& countsFor(const Origin& origin);
    [[nodiscard]] const Counts& countsFor(const Origin& origin) const;
    [[nodiscard]] std::chrono::seconds delayAfter(int failures) const;
    [[nodiscard]] bool isForgotten(const Count& count) const;
    void makeRoom(Counts& counts);

    const base::Clock& m_clock;
    LockoutRules m_rules;
    Counts m_certificates; ///< by fingerprint
    Counts m_counts; ///< by address and by user, of those who proved no certificate
};

}
