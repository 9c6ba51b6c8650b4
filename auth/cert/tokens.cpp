#include "auth/cert/tokens.h"

#include "auth/cert/unlocked_token.h"
#include "auth/token_survey.h"

#include <utility>

namespace cert {

struct Tokens::Module {
    std::unique_ptr<auth::Pkcs11Module> loaded;
    auth::CardTimer timer;
};

base::Result<Tokens> Tokens::load(const auth::TokenSettings& settings, auth::CardTimer timer)
{
    auto module = auth::Pkcs11Module::load(settings.module, settings.allowedModules);
    if (!module)
        return module.error();
    return Tokens(std::make_unique<Module>(Module{*std::move(module), std::move(timer)}));
}

Tokens::Tokens(std::unique_ptr<Module> module)
    : m_module(std::move(module))
{
}

Tokens::~Tokens() = default;
Tokens::Tokens(Tokens&& other) noexcept = default;
Tokens& Tokens::operator=(Tokens&& other) noexcept = default;

base::Result<std::vector<rfq::TokenIdentity>> Tokens::certificates() const
{
    const auto seen = auth::surveyTokens(*m_module->loaded);
    if (!seen)
        return seen.error();
    std::vector<rfq::TokenIdentity> found;
    for (const auto& one : *seen)
        found.push_back(one.identity);
    return found;
}

base::Result<std::shared_ptr<const UnlockedToken>> Tokens::unlock(
    const std::string& serial, base::SecretBytes pin, rfq::LastTry lastTry) const
{
    auto token = UnlockedToken::open(*m_module->loaded, serial, std::move(pin), lastTry, m_module->timer);
    if (!token)
        return token.error();
    return std::shared_ptr<const UnlockedToken>(*std::move(token));
}

}
