#pragma once

#include "core/rfq/key_manager.h"

#include <string>
#include <utility>
#include <vector>

namespace test {

/// A key manager that does only what is asked of it here.
class FakeVenueKeys final : public rfq::KeyManager {
public:
    void list(std::function<void(std::vector<rfq::PluggedKey>, std::optional<rfq::KeyFailure>)>) override { }
    base::Subscription onChanged(std::function<void()>) override { return {}; }
    void setPin(std::string, base::SecretBytes, Touch, Done) override { }
    void changePin(std::string, base::SecretBytes, base::SecretBytes, rfq::LastTry, Touch, Done) override { }
    [[nodiscard]] std::string relyingParty() const override { return {}; }
    void enrol(std::string, std::string, std::vector<std::string>, base::SecretBytes, rfq::LastTry, Touch,
        std::function<void(rfq::KeyRegistration, std::optional<rfq::KeyFailure>)>) override
    {
    }
    [[nodiscard]] std::vector<rfq::SessionId> enrolsAt() const override { return open; }
    void enrolAt(rfq::NewKeyWish wanted, base::SecretBytes given, Touch touch, EnrolledAt then) override
    {
        wish = std::move(wanted);
        pin = std::string(given.reveal());
        tell = std::move(touch);
        done = std::move(then);
    }
    void listAt(rfq::SessionId session, ListedAt then) override
    {
        askedAt = session;
        listed = std::move(then);
    }
    void renameAt(rfq::SessionId, rfq::VenueKey key, std::string name, Done then) override
    {
        changedKey = std::move(key);
        newName = std::move(name);
        changed = std::move(then);
    }
    void removeAt(rfq::SessionId, rfq::VenueKey key, Done then) override
    {
        changedKey = std::move(key);
        changed = std::move(then);
    }
    void test(std::string, std::string, base::SecretBytes, rfq::LastTry, Touch, Done) override { }
    void cancel() override { ++cancels; }

    std::vector<rfq::SessionId> open;
    rfq::NewKeyWish wish;
    std::string pin;
    Touch tell;
    EnrolledAt done;
    int cancels = 0;
    rfq::SessionId askedAt;
    ListedAt listed;
    rfq::VenueKey changedKey;
    std::string newName;
    Done changed;
};

}
