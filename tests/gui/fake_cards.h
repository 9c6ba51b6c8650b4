#pragma once

#include "core/rfq/card_manager.h"
#include "core/rfq/key_manager.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// Answers at once, or when told: what a card or a key does in the test's hand.
class Answers {
public:
    enum class Mode { AtOnce, WhenTold };

    void give(std::function<void()> work)
    {
        if (mode == Mode::AtOnce)
            work();
        else
            m_waiting.push_back(std::move(work));
    }
    void settle()
    {
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto& work : waiting)
            work();
    }
    Mode mode = Mode::AtOnce;

private:
    std::vector<std::function<void()>> m_waiting;
};

/// One PIV card: the PIN is 123456, the PUK 12345678, the management key the factory's.
class FakeCardManager final : public rfq::CardManager {
public:
    FakeCardManager()
    {
        card.reader = "Yubico YubiKey OTP+FIDO+CCID 00 00";
        card.model = "YubiKey YK5";
        card.serial = "12345678";
        card.id = "guid";
        card.isPiv = true;
        card.pin = rfq::PinState{3, false, false};
    }

    /// As if the certificate had been made.
    void certify(base::UtcTime notAfter)
    {
        rfq::CardCertificate made;
        made.identity.keyId = "01";
        made.identity.subject = "CN=trader-7,O=Example Capital";
        made.identity.commonName = "trader-7";
        made.identity.fingerprint = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";
        made.identity.notAfter = notAfter;
        made.issuer = "CN=Example Capital Issuing CA,O=Example Capital";
        made.configured = true;
        card.certificates = {made};
    }

    void survey(std::function<void(rfq::CardsSeen)> done) override
    {
        ++surveys;
        answers.give([this, done = std::move(done)] {
            rfq::CardsSeen seen;
            if (isIn)
                seen.cards.push_back(card);
            if (second)
                seen.cards.push_back(*second);
            seen.problem = problem;
            done(seen);
        });
    }
    base::Subscription onChanged(std::function<void()> callback) override { return m_changed.add(std::move(callback)); }
    void tellChanged() { m_changed.tell(); }

    void changePin(rfq::PluggedCard, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry,
        std::function<void(rfq::PinOutcome)> done) override
    {
        if (card.pin->isLastTry() && lastTry == rfq::LastTry::NotConfirmed)
            return answers.give([this, done = std::move(done)] {
                done({base::Error{base::Errc::PinLastTry, "one try is left; nothing was tried"}, *card.pin, {}});
            });
        const bool right = old.reveal() == pin;
        if (right)
            pin = std::string(next.reveal());
        answers.give([this, right, done = std::move(done)] {
            done(setPin(right, base::Errc::PinWrong, base::Errc::PinBlocked));
        });
    }
    void unblockPin(rfq::PluggedCard, base::SecretBytes puk, base::SecretBytes next, rfq::LastTry lastTry,
        std::function<void(rfq::PinOutcome)> done) override
    {
        const bool allowed = pukTries > 1 || lastTry == rfq::LastTry::Confirmed;
        const bool right = allowed && puk.reveal() == "12345678";
        if (right) {
            pin = std::string(next.reveal());
            card.pin = rfq::PinState{3, false, false};
        } else if (allowed) {
            --pukTries;
        }
        answers.give([this, allowed, right, done = std::move(done)] {
            if (right)
                done({base::Ok{}, {}, {}});
            else if (!allowed)
                done({base::Error{base::Errc::PinLastTry, "one try is left; nothing was tried"}, {}, pukTries});
            else
                done({base::Error{base::Errc::PukWrong, "the card refuses it"}, {}, pukTries});
        });
    }

    void request(rfq::PluggedCard, rfq::CertificateWish wish, rfq::CardProof proof,
        std::function<void(base::Result<std::string>, rfq::PinState)> done) override
    {
        subject = wish.subject;
        auto refused = judge(proof);
        if (!refused && untoldKey && proof.givesWay != rfq::GivesWay::KeyAndCertificate)
            refused = base::Error{base::Errc::Duplicate, "a key that the card tells nothing of"};
        answers.give([this, refused, done = std::move(done)] {
            done(refused ? base::Result<std::string>(*refused)
                         : base::Result<std::string>("-----BEGIN CERTIFICATE REQUEST-----\n"),
                card.pin.value_or(rfq::PinState()));
        });
    }
    void install(rfq::PluggedCard, std::string file, rfq::CardProof proof, Made done) override
    {
        installed = file;
        finish(judgeWithPlace(proof), std::move(done));
    }
    [[nodiscard]] bool reachesAuthority() const override { return online; }
    void enrol(rfq::PluggedCard, rfq::CertificateWish wish, std::string reference, base::SecretBytes secret,
        rfq::CardProof proof, Made done) override
    {
        subject = wish.subject;
        auto refused = judgeWithPlace(proof);
        if (!refused && (reference != "REF-7" || secret.reveal() != "secret"))
            refused = base::Error{base::Errc::CertificateUntrusted, "the answer's protection is wrong"};
        finish(refused, std::move(done));
    }
    void renew(rfq::PluggedCard, rfq::CardProof proof, Made done) override { finish(judge(proof), std::move(done)); }

    Answers answers;
    rfq::PluggedCard card;
    std::optional<rfq::PluggedCard> second; ///< is only looked at
    bool isIn = true;
    std::optional<base::Error> problem;
    bool online = false;
    std::string pin = "123456";
    int pukTries = 3;
    bool untoldKey = false; ///< it holds one and does not tell which
    rfq::GivesWay gaveWay = rfq::GivesWay::Nothing;
    bool factoryKey = true;
    int surveys = 0;
    std::string subject;
    std::string installed;
    base::UtcTime issuedUntil = std::chrono::sys_days(std::chrono::year(2027) / 11 / 24);

private:
    rfq::PinOutcome setPin(bool right, base::Errc wrong, base::Errc blocked)
    {
        if (right) {
            card.pin = rfq::PinState{3, false, false};
            return {base::Ok{}, {}, {}};
        }
        spend();
        return {base::Error{card.pin->blocked ? blocked : wrong, "the card refuses it"}, *card.pin, {}};
    }
    void spend()
    {
        auto& state = *card.pin;
        state.triesLeft = state.triesLeft.value_or(3) - 1;
        state.finalTry = *state.triesLeft == 1;
        state.blocked = *state.triesLeft <= 0;
    }
    std::optional<base::Error> judge(const rfq::CardProof& proof)
    {
        gaveWay = proof.givesWay;
        if (proof.pin.reveal() != pin) {
            spend();
            return base::Error{
                card.pin->blocked ? base::Errc::PinBlocked : base::Errc::PinWrong, "the card refuses the PIN"};
        }
        if (factoryKey != proof.managementKey.empty())
            return base::Error{base::Errc::Refused, "the card does not accept this management key"};
        return std::nullopt;
    }
    std::optional<base::Error> judgeWithPlace(const rfq::CardProof& proof)
    {
        auto refused = judge(proof);
        if (!refused && !card.certificates.empty() && proof.givesWay == rfq::GivesWay::Nothing)
            refused = base::Error{base::Errc::Duplicate, "a valid certificate"};
        return refused;
    }
    void finish(std::optional<base::Error> refused, Made done)
    {
        answers.give([this, refused = std::move(refused), done = std::move(done)] {
            if (!refused)
                certify(issuedUntil);
            done(refused ? base::Result<rfq::CardCertificate>(*refused)
                         : base::Result<rfq::CardCertificate>(card.certificates.front()),
                card.pin.value_or(rfq::PinState()));
        });
    }

    base::Listeners<> m_changed;
};

/// One security key: without a PIN at first.
class FakeKeyManager final : public rfq::KeyManager {
public:
    FakeKeyManager()
    {
        key.path = "/dev/hidraw0";
        key.name = "Yubico YubiKey OTP+FIDO+CCID";
        key.firmware = "5.7.0";
        key.pin = rfq::PluggedKey::Pin::NotSet;
        key.canBeEnrolled = true;
    }

    void list(std::function<void(std::vector<rfq::PluggedKey>, std::optional<rfq::KeyFailure>)> done) override
    {
        answers.give([this, done = std::move(done)] {
            done(isIn ? std::vector{key} : std::vector<rfq::PluggedKey>(), std::nullopt);
        });
    }
    base::Subscription onChanged(std::function<void()> callback) override { return m_changed.add(std::move(callback)); }
    void tellChanged() { m_changed.tell(); }

    void setPin(std::string, base::SecretBytes next, Touch touch, Done done) override
    {
        pin = std::string(next.reveal());
        key.pin = rfq::PluggedKey::Pin::Set;
        key.triesLeft = 8;
        begin(std::move(touch), [done = std::move(done)] { done(std::nullopt); });
    }
    void changePin(
        std::string, base::SecretBytes old, base::SecretBytes next, rfq::LastTry, Touch touch, Done done) override
    {
        const auto refused = judge(old);
        if (!refused)
            pin = std::string(next.reveal());
        begin(std::move(touch), [refused, done = std::move(done)] { done(refused); });
    }
    [[nodiscard]] std::string relyingParty() const override { return domain; }
    void enrol(std::string, std::string user, std::vector<std::string> others, base::SecretBytes given, rfq::LastTry,
        Touch touch, std::function<void(rfq::KeyRegistration, std::optional<rfq::KeyFailure>)> done) override
    {
        enrolledFor = user;
        otherKeys = std::move(others);
        begin(std::move(touch), [refused = judge(given), done = std::move(done)] {
            done(refused ? rfq::KeyRegistration()
                         : rfq::KeyRegistration{"dGhlIGNyZWRlbnRpYWw", "{\"kind\":\"countersign.key-enrolment\"}"},
                refused);
        });
    }
    [[nodiscard]] std::vector<rfq::SessionId> enrolsAt() const override { return venues; }
    void enrolAt(rfq::NewKeyWish wish, base::SecretBytes given, Touch touch, EnrolledAt done) override
    {
        wished = std::move(wish);
        auto refused = judge(given);
        if (!refused)
            refused = venueRefuses;
        begin(std::move(touch), [refused, done = std::move(done)] {
            done(refused ? std::string() : std::string("dGhlIGNyZWRlbnRpYWw"), refused);
        });
    }
    void listAt(rfq::SessionId, ListedAt done) override
    {
        answers.give([this, done = std::move(done)] {
            done(venueRefuses ? std::vector<rfq::VenueKey>() : venueKeys, venueRefuses);
        });
    }
    void renameAt(rfq::SessionId session, rfq::VenueKey one, std::string name, Done done) override
    {
        changedAt = session;
        answers.give([this, one, name, done = std::move(done)] {
            for (auto& kept : venueKeys)
                if (kept.id == one.id && !changeRefused)
                    kept.name = name;
            done(changeRefused);
        });
    }
    void removeAt(rfq::SessionId session, rfq::VenueKey one, Done done) override
    {
        changedAt = session;
        answers.give([this, one, done = std::move(done)] {
            if (!changeRefused)
                std::erase_if(venueKeys, [&](const rfq::VenueKey& kept) { return kept.id == one.id; });
            done(changeRefused);
        });
    }
    /// Two keys at the counterparty, one of which was used.
    void enrolTwo(base::UtcTime now)
    {
        const std::string model = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
        venueKeys = {{"AAAA", "blue key", model, now - std::chrono::days(40), now - std::chrono::hours(3), true},
            {"BBBB", "red key, in the safe", model, now - std::chrono::days(39), std::nullopt, true}};
    }
    void test(std::string, std::string file, base::SecretBytes given, rfq::LastTry, Touch touch, Done done) override
    {
        tested = std::move(file);
        begin(std::move(touch), [refused = judge(given), done = std::move(done)] { done(refused); });
    }
    void cancel() override { ++cancels; }

    /// The key blinks for so long.
    void blink(std::chrono::seconds left) { m_touch({false, left}); }

    Answers answers;
    rfq::PluggedKey key;
    bool isIn = true;
    std::string domain = "stepup.example.com";
    std::string pin;
    std::vector<rfq::SessionId> venues; ///< where a key can be enrolled now
    std::optional<rfq::KeyFailure> venueRefuses;
    std::optional<rfq::KeyFailure> refuses; ///< the key itself, whatever it is asked
    std::vector<rfq::VenueKey> venueKeys; ///< the person's, at each of them
    std::optional<rfq::KeyFailure> changeRefused;
    rfq::SessionId changedAt;
    rfq::NewKeyWish wished;
    std::string enrolledFor;
    std::vector<std::string> otherKeys;
    std::string tested;
    int cancels = 0;

private:
    std::optional<rfq::KeyFailure> judge(const base::SecretBytes& given)
    {
        if (given.reveal() == pin)
            return refuses;
        key.triesLeft = key.triesLeft.value_or(8) - 1;
        return rfq::KeyFailure{"pin-wrong", "That is not the PIN of this security key.",
            "Try again with care: after eight wrong tries the key must be reset.", key.triesLeft, false, "CTAP 0x31"};
    }
    void begin(Touch touch, std::function<void()> end)
    {
        m_touch = std::move(touch);
        answers.give(std::move(end));
    }

    base::Listeners<> m_changed;
    Touch m_touch;
};

}
