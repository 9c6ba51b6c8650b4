#pragma once

#include "app/venue/access_recorder.h"
#include "app/venue/change_reporter.h"
#include "app/venue/device_authority.h"
#include "app/venue/event_log.h"
#include "app/venue/pep_settings.h"
#include "app/venue/whereabouts.h"
#include "core/pep/enforcement_point.h"
#include "core/pep/identity_database.h"
#include "core/place/country_watch.h"
#include "core/store/policy_store.h"

#include <memory>
#include <optional>

namespace venue {

/// What these settings say about security keys. Errors: Io, Configuration.
[[nodiscard]] base::Result<stepup::RegistrationPolicy> registrationPolicy(const PepSettings& settings);

/// A venue's policy enforcement point, with what it is built on. One thread.
class Guard {
public:
    /// The references outlive it. Errors: Io, Configuration, InvalidInput.
    [[nodiscard]] static base::Result<std::unique_ptr<Guard>> open(const PepSettings& settings,
        pep::SessionControl& sessions, EventLog& log, AccessRecorder& recorder, const base::Clock& clock);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    [[nodiscard]] pep::EnforcementPoint& point() { return *m_point; }
    /// Looks after everybody, so not for each message: every 100 ms at most, and a limit may be exceeded by as much.
    /// What commits is judged when it comes.
    void runDue();
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const;

private:
    /// Not closer: a thread that waits for less than what its system's clock ticks in has a timer set for each wait.
    static constexpr std::chrono::milliseconds LookEvery{100};

    Guard(EventLog& log, const base::Clock& clock);
    void tell(const store::PolicyReport& report);
    void runDevices();
    void runCountries();

    EventLog& m_log;
    const base::Clock& m_clock;
    stepup::SystemRandom m_random;
    stepup::RegistrationPolicy m_keys;
    std::unique_ptr<pep::IdentityDatabase> m_identities;
    std::optional<pep::ChangeBook> m_changes;
    std::optional<ChangeReporter> m_reporter;
    std::optional<place::CountryWatch> m_countries; ///< absent: only the policy's own places are known
    std::optional<Whereabouts> m_whereabouts;
    std::optional<store::PolicyStore> m_policies; ///< absent: the shipped one
    base::SteadyTime m_policyDue{};
    base::SteadyTime m_lookAt{}; ///< not earlier
    bool m_isEarly = false; ///< the last call came before that, and something may have become due meanwhile
    std::optional<DeviceAuthorityWatch> m_devices; ///< absent: no device certificate counts
    std::unique_ptr<pep::EnforcementPoint> m_point; ///< last: refers to the others
};

}
