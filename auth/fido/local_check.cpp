#include "auth/fido/local_check.h"

#include "auth/fido/libfido2_owners.h"

#include <fido.h>
#include <fido/es256.h>
#include <fido/es384.h>
#include <memory>

namespace fido {

namespace {

struct FreeKey {
    void operator()(es256_pk_t* key) const { es256_pk_free(&key); }
    void operator()(es384_pk_t* key) const { es384_pk_free(&key); }
};

constexpr std::size_t CredentialSizeAt = 32 + 1 + 4 + 16;

void appendHead(Bytes& cbor, unsigned major, std::size_t number)
{
    constexpr std::size_t Short = 24;
    constexpr std::size_t OneByte = 0x100;
    if (number < Short) {
        cbor.push_back(static_cast<unsigned char>(major << 5U | number));
    } else if (number < OneByte) {
        cbor.push_back(static_cast<unsigned char>(major << 5U | 24U));
        cbor.push_back(static_cast<unsigned char>(number));
    } else {
        cbor.push_back(static_cast<unsigned char>(major << 5U | 25U));
        cbor.push_back(static_cast<unsigned char>(number >> 8U));
        cbor.push_back(static_cast<unsigned char>(number));
    }
}

void appendText(Bytes& cbor, const std::string& text)
{
    constexpr unsigned Text = 3;
    appendHead(cbor, Text, text.size());
    cbor.insert(cbor.end(), text.begin(), text.end());
}

/// The credential as libfido2 has it after making it; null where something in it is malformed.
Cred credOf(const Registration& registration, const std::string& rpId)
{
    Cred cred(fido_cred_new());
    if (!cred || fido_cred_set_type(cred.get(), coseOf(registration.algorithm)) != FIDO_OK
        || fido_cred_set_rp(cred.get(), rpId.c_str(), nullptr) != FIDO_OK
        || fido_cred_set_authdata_raw(
               cred.get(), registration.authenticatorData.data(), registration.authenticatorData.size())
            != FIDO_OK)
        return nullptr;
    return cred;
}

int verify(const fido_assert_t& inquiry, const fido_cred_t& cred, Algorithm algorithm)
{
    const auto* point = fido_cred_pubkey_ptr(&cred);
    const auto size = fido_cred_pubkey_len(&cred);
    switch (algorithm) {
    case Algorithm::Es256: {
        const std::unique_ptr<es256_pk_t, FreeKey> key(es256_pk_new());
        if (!key || es256_pk_from_ptr(key.get(), point, size) != FIDO_OK)
            return FIDO_ERR_INVALID_ARGUMENT;
        return fido_assert_verify(&inquiry, 0, COSE_ES256, key.get());
    }
    case Algorithm::Es384: {
        const std::unique_ptr<es384_pk_t, FreeKey> key(es384_pk_new());
        if (!key || es384_pk_from_ptr(key.get(), point, size) != FIDO_OK)
            return FIDO_ERR_INVALID_ARGUMENT;
        return fido_assert_verify(&inquiry, 0, COSE_ES384, key.get());
    }
    }
    return FIDO_ERR_INTERNAL;
}

}

Bytes attestationObject(const Registration& registration)
{
    constexpr unsigned Map = 5;
    constexpr unsigned ByteString = 2;
    Bytes cbor;
    appendHead(cbor, Map, 3);
    appendText(cbor, "fmt");
    appendText(cbor, registration.format);
    appendText(cbor, "attStmt");
    cbor.insert(cbor.end(), registration.attestationStatement.begin(), registration.attestationStatement.end());
    appendText(cbor, "authData");
    appendHead(cbor, ByteString, registration.authenticatorData.size());
    cbor.insert(cbor.end(), registration.authenticatorData.begin(), registration.authenticatorData.end());
    return cbor;
}

Bytes publicKeyOf(const Registration& registration)
{
    const Bytes& data = registration.authenticatorData;
    if (data.size() < CredentialSizeAt + 2)
        return {};
    const auto idSize = static_cast<std::size_t>(data[CredentialSizeAt] << 8U | data[CredentialSizeAt + 1]);
    const std::size_t begin = CredentialSizeAt + 2 + idSize;
    // {1: 2, 3: alg, -1: crv, -2: x, -3: y}; the two coordinates make the difference. Extensions follow.
    const std::size_t size = registration.algorithm == Algorithm::Es256 ? 77 : 110;
    if (data.size() < begin + size)
        return {};
    const auto from = data.begin() + static_cast<std::ptrdiff_t>(begin);
    return Bytes(from, from + static_cast<std::ptrdiff_t>(size));
}

Done checkRegistration(const Registration& registration, const std::string& rpId, const Bytes& clientDataHash)
{
    const Cred cred = credOf(registration, rpId);
    if (!cred)
        return Failure{Problem::BadAnswer, std::nullopt, "the authenticator data cannot be read"};
    if (registration.format == "none")
        return base::Ok{};
    if (fido_cred_set_clientdata_hash(cred.get(), clientDataHash.data(), clientDataHash.size()) != FIDO_OK
        || fido_cred_set_prot(cred.get(), FIDO_CRED_PROT_UV_REQUIRED) != FIDO_OK
        || fido_cred_set_uv(cred.get(), FIDO_OPT_TRUE) != FIDO_OK
        || fido_cred_set_fmt(cred.get(), registration.format.c_str()) != FIDO_OK
        || fido_cred_set_attstmt(
               cred.get(), registration.attestationStatement.data(), registration.attestationStatement.size())
            != FIDO_OK)
        return Failure{Problem::BadAnswer, std::nullopt, "the attestation statement cannot be read"};
    const bool signedBySelf = fido_cred_x5c_ptr(cred.get()) == nullptr;
    const int code = signedBySelf ? fido_cred_verify_self(cred.get()) : fido_cred_verify(cred.get());
    if (code != FIDO_OK)
        return Failure{Problem::BadAnswer, std::nullopt, "the attestation is not signed by its certificate"};
    return base::Ok{};
}

Done checkAssertion(
    const Registration& registration, const std::string& rpId, const Bytes& clientDataHash, const Assertion& assertion)
{
    const Cred cred = credOf(registration, rpId);
    if (!cred)
        return Failure{Problem::BadAnswer, std::nullopt, "the enrolment cannot be read"};
    const Assert inquiry(fido_assert_new());
    if (!inquiry || fido_assert_set_rp(inquiry.get(), rpId.c_str()) != FIDO_OK
        || fido_assert_set_clientdata_hash(inquiry.get(), clientDataHash.data(), clientDataHash.size()) != FIDO_OK
        || fido_assert_set_count(inquiry.get(), 1) != FIDO_OK
        || fido_assert_set_up(inquiry.get(), FIDO_OPT_TRUE) != FIDO_OK
        || fido_assert_set_uv(inquiry.get(), FIDO_OPT_TRUE) != FIDO_OK
        || fido_assert_set_authdata_raw(
               inquiry.get(), 0, assertion.authenticatorData.data(), assertion.authenticatorData.size())
            != FIDO_OK
        || fido_assert_set_sig(inquiry.get(), 0, assertion.signature.data(), assertion.signature.size()) != FIDO_OK)
        return Failure{Problem::BadAnswer, std::nullopt, "the assertion cannot be read"};
    if (verify(*inquiry, *cred, registration.algorithm) != FIDO_OK)
        return Failure{Problem::NotVerified, std::nullopt, "the signature is not that of the enrolled key"};
    return base::Ok{};
}

}
