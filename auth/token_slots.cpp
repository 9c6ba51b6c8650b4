#include "auth/token_slots.h"

#include "auth/token_errors.h"
#include "core/tls/hex.h"

#include <openssl/x509v3.h>

#include <array>
#include <cstddef>
#include <utility>

namespace auth {

namespace {

constexpr int SmallestRsaKey = 2048;

base::Error slotError(const std::string& doing)
{
    const auto code = takeModuleError();
    return code ? tokenError(*code, doing) : base::Error{base::Errc::TokenFailure, doing + ": no reason given"};
}

std::string orEmpty(const char* text)
{
    return text ? text : "";
}

rfq::TokenIdentity describe(const PKCS11_TOKEN& token, const PKCS11_CERT& entry)
{
    rfq::TokenIdentity identity = identityOf(*entry.x509);
    identity.tokenLabel = orEmpty(token.label);
    identity.tokenSerial = orEmpty(token.serialnr);
    identity.tokenModel = orEmpty(token.model);
    identity.keyId = tls::hexOf({entry.id, entry.id_len});
    return identity;
}

/// Yubico's extension with the firmware's version is in every attestation and in nothing else.
bool isAttestation(X509& certificate)
{
    using ObjectPtr = std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)>;
    const ObjectPtr firmware(OBJ_txt2obj("1.3.6.1.4.1.41482.3.3", 1), ASN1_OBJECT_free);
    return firmware && X509_get_ext_by_OBJ(&certificate, firmware.get(), -1) >= 0;
}

std::string groupOf(const EVP_PKEY& key)
{
    std::array<char, 80> group{};
    if (EVP_PKEY_get_group_name(&key, group.data(), group.size(), nullptr) != 1) {
        ERR_clear_error();
        return {};
    }
    return group.data();
}

}

base::Result<TokenSlots> TokenSlots::enumerate(const Pkcs11Module& module)
{
    ERR_clear_error();
    PKCS11_SLOT* slots = nullptr;
    unsigned int count = 0;
    // To libp11 a module without any reader is an error without a reason.
    CK_ULONG available = 0;
    if (const CK_RV code = module.functions().C_GetSlotList(CK_FALSE, nullptr, &available); code != CKR_OK)
        return tokenError(code, "listing the slots");
    if (available == 0)
        return TokenSlots(module.context(), slots, count);
    if (PKCS11_enumerate_slots(module.context(), &slots, &count) != 0)
        return slotError("listing the slots");
    return TokenSlots(module.context(), slots, count);
}

TokenSlots::~TokenSlots()
{
    if (m_slots)
        PKCS11_release_all_slots(m_context, m_slots, m_count);
    ERR_clear_error();
}

TokenSlots::TokenSlots(TokenSlots&& other) noexcept
    : m_context(other.m_context)
    , m_slots(std::exchange(other.m_slots, nullptr))
    , m_count(std::exchange(other.m_count, 0))
{
}

TokenSlots& TokenSlots::operator=(TokenSlots&& other) noexcept
{
    std::swap(m_context, other.m_context);
    std::swap(m_slots, other.m_slots);
    std::swap(m_count, other.m_count);
    return *this;
}

std::vector<PKCS11_SLOT*> TokenSlots::tokens() const
{
    std::vector<PKCS11_SLOT*> found;
    for (PKCS11_SLOT& slot : std::span(m_slots, m_count)) {
        if (slot.token && slot.token->initialized)
            found.push_back(&slot);
    }
    return found;
}

Candidates TokenSlots::candidates() const
{
    Candidates seen;
    for (PKCS11_SLOT* slot : tokens()) {
        ERR_clear_error();
        PKCS11_CERT* certificates = nullptr;
        unsigned int count = 0;
        if (PKCS11_enumerate_certs(slot->token, &certificates, &count) != 0) {
            // A card that is damaged or somebody else's must not stand in the way of the one that is meant.
            const auto error = slotError("reading the certificates of " + orEmpty(slot->token->label));
            seen.unread = seen.unread.value_or(error);
            continue;
        }
        for (const PKCS11_CERT& entry : std::span(certificates, count)) {
            if (!entry.x509 || !isOfEndEntity(*entry.x509))
                continue;
            X509_up_ref(entry.x509);
            seen.found.push_back({slot, describe(*slot->token, entry), tls::CertificatePtr(entry.x509)});
        }
    }
    return seen;
}

base::Result<std::vector<rfq::TokenIdentity>> identitiesOf(const Candidates& candidates)
{
    if (candidates.found.empty() && candidates.unread)
        return *candidates.unread;
    std::vector<rfq::TokenIdentity> identities;
    identities.reserve(candidates.found.size());
    for (const auto& candidate : candidates.found)
        identities.push_back(candidate.identity);
    return identities;
}

CK_SLOT_ID slotIdOf(const Candidate& candidate)
{
    return PKCS11_get_slotid_from_slot(candidate.slot);
}

rfq::TokenIdentity identityOf(X509& certificate)
{
    rfq::TokenIdentity identity;
    identity.fingerprint = tls::fingerprint(certificate);
    identity.subject = tls::subjectOf(certificate);
    identity.commonName = tls::commonNameOf(certificate);
    identity.keyAlgorithm = keyAlgorithmOf(certificate);
    identity.notBefore = tls::notBeforeOf(certificate);
    identity.notAfter = tls::notAfterOf(certificate);
    return identity;
}

bool isOfEndEntity(X509& certificate)
{
    return X509_check_ca(&certificate) == 0 && !isAttestation(certificate);
}

std::string keyAlgorithmOf(X509& certificate)
{
    const EVP_PKEY* key = X509_get0_pubkey(&certificate);
    if (!key) {
        ERR_clear_error();
        return "unreadable";
    }
    if (EVP_PKEY_is_a(key, "RSA"))
        return "RSA " + std::to_string(EVP_PKEY_get_bits(key));
    if (!EVP_PKEY_is_a(key, "EC"))
        return orEmpty(EVP_PKEY_get0_type_name(key));
    const std::string group = groupOf(*key);
    if (group == SN_X9_62_prime256v1)
        return "EC P-256";
    if (group == SN_secp384r1)
        return "EC P-384";
    return "EC " + group;
}

bool isUsableKey(X509& certificate)
{
    const EVP_PKEY* key = X509_get0_pubkey(&certificate);
    if (!key)
        return false;
    if (EVP_PKEY_is_a(key, "RSA"))
        return EVP_PKEY_get_bits(key) >= SmallestRsaKey;
    const std::string algorithm = keyAlgorithmOf(certificate);
    return algorithm == "EC P-256" || algorithm == "EC P-384";
}

}
