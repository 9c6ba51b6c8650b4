#pragma once

#include "app/desk_core/venue_enrolment.h"
#include "app/desk_core/venue_keys.h"
#include "auth/fido/security_keys.h"
#include "core/rfq/key_manager.h"

#include <memory>
#include <optional>

namespace app {

/// The desk's security keys, over fido::SecurityKeys, and counterparties that take them. Desk's thread; all must
/// outlive it.
class DeskKeys final : public rfq::KeyManager {
public:
    DeskKeys(fido::SecurityKeys& keys, VenueEnrolment& venues, VenueKeys& venueKeys, std::string relyingParty);
    ~DeskKeys() override;

    void list(std::function<void(std::vector<rfq::PluggedKey>, std::optional<rfq::KeyFailure>)> done) override;
    [[nodiscard]] base::Subscription onChanged(std::function<void()> callback) override;
    void setPin(std::string path, base::SecretBytes pin, Touch touch, Done done) override;
    void changePin(std::string path, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry, Touch touch,
        Done done) override;
    [[nodiscard]] std::string relyingParty() const override { return m_relyingParty; }
    void enrol(std::string path, std::string user, std::vector<std::string> others, base::SecretBytes pin,
        rfq::LastTry lastTry, Touch touch,
        std::function<void(rfq::KeyRegistration, std::optional<rfq::KeyFailure>)> done) override;
    [[nodiscard]] std::vector<rfq::SessionId> enrolsAt() const override { return m_venues.sessions(); }
    void enrolAt(rfq::NewKeyWish wish, base::SecretBytes pin, Touch touch, EnrolledAt done) override;
    void listAt(rfq::SessionId session, ListedAt done) override;
    void renameAt(rfq::SessionId session, rfq::VenueKey key, std::string name, Done done) override;
    void removeAt(rfq::SessionId session, rfq::VenueKey key, Done done) override;
    void test(std::string path, std::string enrolmentFile, base::SecretBytes pin, rfq::LastTry lastTry, Touch touch,
        Done done) override;
    void cancel() override;

private:
    fido::SecurityKeys& m_keys;
    VenueEnrolment& m_venues;
    VenueKeys& m_venueKeys;
    const std::string m_relyingParty;
    std::optional<fido::OperationNumber> m_operation; ///< the last one begun; it may be over
};

}
