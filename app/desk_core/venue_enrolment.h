#pragma once

#include "app/desk_core/venue_talk.h"
#include "auth/fido/security_keys.h"
#include "core/rfq/key_manager.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// Enrols a security key at a counterparty, over the session that is open there (docs/step-up-dialect.md): asks its
/// enforcement point, has an enrolled key approve it where the person has one, has the new key register, and sends
/// that. One at a time. Desk's thread.
class VenueEnrolment {
public:
    using Touch = rfq::KeyManager::Touch;
    using Done = rfq::KeyManager::EnrolledAt;

    /// All must outlive it.
    VenueEnrolment(
        AccessDesk& access, auth::StepUpService& approvals, fido::SecurityKeys& keys, const base::Clock& clock);
    ~VenueEnrolment();
    VenueEnrolment(const VenueEnrolment&) = delete;
    VenueEnrolment& operator=(const VenueEnrolment&) = delete;

    /// Where it can be tried now: sessions whose enforcement point knows who asks and has not denied.
    [[nodiscard]] std::vector<rfq::SessionId> sessions() const;
    /// `touch` tells of the new key's; that of an enrolled one is a step-up like any other. `done` comes exactly once,
    /// unless this dies before.
    void enrol(rfq::NewKeyWish wish, base::SecretBytes pin, Touch touch, Done done);
    void cancel();

private:
    struct Work {
        rfq::NewKeyWish wish;
        base::SecretBytes pin;
        Touch touch;
        Done done;
        stepup::EnrolKey key;
        std::vector<stepup::CredentialId> enrolled; ///< those of the person that the counterparty named
        std::optional<fido::OperationNumber> operation;
    };
    /// A registration that was asked for and not given: a wrong PIN need not begin all over.
    struct Asked {
        rfq::SessionId session;
        std::uint64_t connection = 0;
        stepup::EnrolKey key;
        stepup::Challenge challenge;
        base::SteadyTime ends{};
        std::vector<stepup::CredentialId> enrolled;
    };

    void say(fix::UserRequestType type, const stepup::DeskPayload& payload);
    void answered(const fix::AccessAnswered* answer);
    void askForApproval(const stepup::Challenge& challenge, base::SteadyTime ends);
    void approved(const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome);
    void registerKey();
    void registered(const stepup::Digest& hash, const fido::Outcome<fido::Registration>& outcome);
    void finish(std::string credential, std::optional<rfq::KeyFailure> failure);

    AccessDesk& m_access;
    fido::SecurityKeys& m_keys;
    const base::Clock& m_clock;
    VenueTalk m_talk; ///< about m_work
    std::optional<Work> m_work;
    std::optional<Asked> m_asked;
    std::string m_made; ///< credential id of the key that has registered, base64url; empty: none yet
};

}
