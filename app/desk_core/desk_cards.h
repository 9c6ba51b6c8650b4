#pragma once

#include "app/config/desk_config.h"
#include "auth/token_service.h"
#include "core/rfq/card_manager.h"

#include <filesystem>

namespace app {

/// The desk's cards, over the token service: PIV cards by their own commands, other tokens through their PKCS#11
/// module. Desk's thread; the service must outlive it.
class DeskCards final : public rfq::CardManager {
public:
    /// What an authority issues is kept in `directory`, too, in case the card does not take it.
    DeskCards(auth::TokenService& token, EnrolmentConfig settings, std::filesystem::path directory);

    void survey(std::function<void(rfq::CardsSeen)> done) override;
    [[nodiscard]] base::Subscription onChanged(std::function<void()> callback) override;
    void changePin(rfq::PluggedCard card, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry,
        std::function<void(rfq::PinOutcome)> done) override;
    void unblockPin(rfq::PluggedCard card, base::SecretBytes puk, base::SecretBytes next, rfq::LastTry lastTry,
        std::function<void(rfq::PinOutcome)> done) override;
    void request(rfq::PluggedCard card, rfq::CertificateWish wish, rfq::CardProof proof,
        std::function<void(base::Result<std::string>, rfq::PinState)> done) override;
    void install(rfq::PluggedCard card, std::string file, rfq::CardProof proof, Made done) override;
    [[nodiscard]] bool reachesAuthority() const override { return !m_settings.cmpServer.empty(); }
    void enrol(rfq::PluggedCard card, rfq::CertificateWish wish, std::string reference, base::SecretBytes secret,
        rfq::CardProof proof, Made done) override;
    void renew(rfq::PluggedCard card, rfq::CardProof proof, Made done) override;

private:
    auth::TokenService& m_token;
    const EnrolmentConfig m_settings;
    const std::filesystem::path m_directory;
};

}
