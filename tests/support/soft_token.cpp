#include "tests/support/soft_token.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <span>
#include <string_view>
#include <utility>

namespace support {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr const char* SecurityOfficerPin = "87654321";

/// A test without its token has nothing to say: stop with the reason.
void requireOk(CK_RV code, const char* what)
{
    if (code == CKR_OK)
        return;
    std::fprintf(stderr, "soft_token: %s failed: 0x%lx\n", what, code);
    std::abort();
}

unsigned char* bytes(const std::string& text)
{
    return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
}

std::string padded(std::string label)
{
    label.resize(32, ' ');
    return label;
}

/// The module, initialised for as long as this lives.
class Library {
public:
    Library()
        : m_handle(dlopen(SoftToken::module().c_str(), RTLD_NOW | RTLD_LOCAL))
    {
        auto getFunctions =
            m_handle ? reinterpret_cast<CK_C_GetFunctionList>(dlsym(m_handle, "C_GetFunctionList")) : nullptr;
        requireOk(getFunctions ? getFunctions(&m_functions) : CKR_GENERAL_ERROR, "loading SoftHSM2");
        const CK_RV code = m_functions->C_Initialize(nullptr);
        m_mine = code == CKR_OK;
        if (code != CKR_CRYPTOKI_ALREADY_INITIALIZED)
            requireOk(code, "C_Initialize");
    }
    ~Library()
    {
        if (m_mine)
            m_functions->C_Finalize(nullptr);
        dlclose(m_handle);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    CK_FUNCTION_LIST* operator->() const { return m_functions; }

    [[nodiscard]] CK_SLOT_ID slotOf(const std::string& label) const
    {
        return slotWith([&](const CK_TOKEN_INFO& info) {
            return std::string_view(reinterpret_cast<const char*>(info.label), sizeof info.label) == padded(label);
        });
    }
    [[nodiscard]] CK_SLOT_ID freeSlot() const
    {
        return slotWith([](const CK_TOKEN_INFO& info) { return (info.flags & CKF_TOKEN_INITIALIZED) == 0; });
    }

private:
    template <typename Wanted>
    [[nodiscard]] CK_SLOT_ID slotWith(Wanted wanted) const
    {
        std::array<CK_SLOT_ID, 16> slots{};
        CK_ULONG count = slots.size();
        requireOk(m_functions->C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList");
        for (const CK_SLOT_ID slot : std::span(slots).first(count)) {
            CK_TOKEN_INFO info{};
            requireOk(m_functions->C_GetTokenInfo(slot, &info), "C_GetTokenInfo");
            if (wanted(info))
                return slot;
        }
        requireOk(CKR_TOKEN_NOT_PRESENT, "finding the token");
        return 0;
    }

    void* m_handle;
    CK_FUNCTION_LIST* m_functions = nullptr;
    bool m_mine = false;
};

/// A logged-in read/write session.
class Session {
public:
    Session(const Library& library, CK_SLOT_ID slot, CK_USER_TYPE user, const std::string& pin)
        : m_library(library)
    {
        requireOk(library->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &m_handle),
            "C_OpenSession");
        const CK_RV code = library->C_Login(m_handle, user, bytes(pin), pin.size());
        if (code != CKR_USER_ALREADY_LOGGED_IN)
            requireOk(code, "C_Login");
    }
    ~Session() { m_library->C_CloseSession(m_handle); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] CK_SESSION_HANDLE handle() const { return m_handle; }

    [[nodiscard]] CK_OBJECT_HANDLE find(CK_OBJECT_CLASS kind, Bytes id) const
    {
        std::array<CK_ATTRIBUTE, 2> query{{{CKA_CLASS, &kind, sizeof kind}, {CKA_ID, id.data(), id.size()}}};
        requireOk(m_library->C_FindObjectsInit(m_handle, query.data(), query.size()), "C_FindObjectsInit");
        CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
        CK_ULONG count = 0;
        requireOk(m_library->C_FindObjects(m_handle, &object, 1, &count), "C_FindObjects");
        requireOk(m_library->C_FindObjectsFinal(m_handle), "C_FindObjectsFinal");
        requireOk(count == 1 ? CKR_OK : CKR_OBJECT_HANDLE_INVALID, "finding the object");
        return object;
    }

    [[nodiscard]] Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const
    {
        CK_ATTRIBUTE wanted{type, nullptr, 0};
        requireOk(m_library->C_GetAttributeValue(m_handle, object, &wanted, 1), "C_GetAttributeValue");
        Bytes value(wanted.ulValueLen);
        wanted.pValue = value.data();
        requireOk(m_library->C_GetAttributeValue(m_handle, object, &wanted, 1), "C_GetAttributeValue");
        return value;
    }

private:
    const Library& m_library;
    CK_SESSION_HANDLE m_handle = CK_INVALID_HANDLE;
};

using ParamsPtr = std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)>;
using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;
using NumberPtr = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

tls::KeyPtr keyFrom(const char* type, OSSL_PARAM_BLD& builder)
{
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(&builder), OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        requireOk(CKR_GENERAL_ERROR, "reading the public key");
    return tls::KeyPtr(key);
}

tls::KeyPtr ecKey(const Session& session, CK_OBJECT_HANDLE publicKey, const char* group)
{
    // A DER OCTET STRING of less than 128 bytes has a head of two.
    const Bytes wrapped = session.attribute(publicKey, CKA_EC_POINT);
    const BuilderPtr builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, wrapped.data() + 2, wrapped.size() - 2);
    return keyFrom("EC", *builder);
}

tls::KeyPtr rsaKey(const Session& session, CK_OBJECT_HANDLE publicKey)
{
    const auto number = [&](CK_ATTRIBUTE_TYPE type) {
        const Bytes value = session.attribute(publicKey, type);
        return NumberPtr(BN_bin2bn(value.data(), static_cast<int>(value.size()), nullptr), BN_free);
    };
    const NumberPtr modulus = number(CKA_MODULUS);
    const NumberPtr exponent = number(CKA_PUBLIC_EXPONENT);
    const BuilderPtr builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return keyFrom("RSA", *builder);
}

/// Object identifiers of the curves, in DER.
Bytes curveOf(KeyType type)
{
    if (type == KeyType::Ec384)
        return {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
    return {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
}

Bytes derOf(X509& certificate)
{
    Bytes der(static_cast<std::size_t>(i2d_X509(&certificate, nullptr)));
    unsigned char* end = der.data();
    i2d_X509(&certificate, &end);
    return der;
}

}

SoftToken::SoftToken(const std::string& label, const std::string& pin)
    : m_store(std::make_shared<TemporaryDirectory>())
    , m_label(label)
    , m_pin(pin)
{
    const auto tokens = m_store->path() / "tokens";
    std::filesystem::create_directory(tokens);
    const auto file = m_store->write("softhsm2.conf",
        "directories.tokendir = " + tokens.string() + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    setenv("SOFTHSM2_CONF", file.c_str(), 1);
    initialise();
}

SoftToken::SoftToken(const SoftToken& beside, const std::string& label, const std::string& pin)
    : m_store(beside.m_store)
    , m_label(label)
    , m_pin(pin)
{
    initialise();
}

void SoftToken::initialise()
{
    const std::string officer = SecurityOfficerPin;
    const Library library;
    const CK_SLOT_ID slot = library.freeSlot();
    requireOk(library->C_InitToken(slot, bytes(officer), officer.size(), bytes(padded(m_label))), "C_InitToken");
    const Session session(library, slot, CKU_SO, officer);
    requireOk(library->C_InitPIN(session.handle(), bytes(m_pin), m_pin.size()), "C_InitPIN");
}

SoftToken::~SoftToken()
{
    if (m_store.use_count() == 1)
        unsetenv("SOFTHSM2_CONF");
}

std::string SoftToken::module()
{
    for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"}) {
        if (std::filesystem::exists(path))
            return path;
    }
    requireOk(CKR_GENERAL_ERROR, "finding SoftHSM2");
    return {};
}

tls::KeyPtr SoftToken::generateKey(KeyType type, const KeyId& id, KeyUse use)
{
    const Library library;
    const Session session(library, library.slotOf(m_label), CKU_USER, m_pin);

    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    CK_BBOOL sign = use == KeyUse::DeriveOnly ? CK_FALSE : CK_TRUE;
    CK_BBOOL derive = use == KeyUse::DeriveOnly ? CK_TRUE : CK_FALSE;
    CK_BBOOL pinEachTime = use == KeyUse::SignWithPinEachTime ? CK_TRUE : CK_FALSE;
    CK_ULONG bits = 2048;
    Bytes exponent{1, 0, 1};
    Bytes curve = curveOf(type);
    Bytes keyId = id;
    const bool rsa = type == KeyType::Rsa2048;
    std::vector<CK_ATTRIBUTE> publicKey{
        {CKA_TOKEN, &yes, sizeof yes}, {CKA_ID, keyId.data(), keyId.size()}, {CKA_VERIFY, &sign, sizeof sign}};
    if (rsa) {
        publicKey.push_back({CKA_MODULUS_BITS, &bits, sizeof bits});
        publicKey.push_back({CKA_PUBLIC_EXPONENT, exponent.data(), exponent.size()});
    } else {
        publicKey.push_back({CKA_EC_PARAMS, curve.data(), curve.size()});
    }
    std::vector<CK_ATTRIBUTE> privateKey{{CKA_TOKEN, &yes, sizeof yes}, {CKA_PRIVATE, &yes, sizeof yes},
        {CKA_SENSITIVE, &yes, sizeof yes}, {CKA_EXTRACTABLE, &no, sizeof no}, {CKA_SIGN, &sign, sizeof sign},
        {CKA_ALWAYS_AUTHENTICATE, &pinEachTime, sizeof pinEachTime}, {CKA_ID, keyId.data(), keyId.size()}};
    if (!rsa)
        privateKey.push_back({CKA_DERIVE, &derive, sizeof derive});

    CK_MECHANISM mechanism{
        rsa ? CK_MECHANISM_TYPE{CKM_RSA_PKCS_KEY_PAIR_GEN} : CK_MECHANISM_TYPE{CKM_EC_KEY_PAIR_GEN}, nullptr, 0};
    CK_OBJECT_HANDLE publicHandle = CK_INVALID_HANDLE;
    CK_OBJECT_HANDLE privateHandle = CK_INVALID_HANDLE;
    requireOk(library->C_GenerateKeyPair(session.handle(), &mechanism, publicKey.data(), publicKey.size(),
                  privateKey.data(), privateKey.size(), &publicHandle, &privateHandle),
        "C_GenerateKeyPair");
    if (rsa)
        return rsaKey(session, publicHandle);
    return ecKey(session, publicHandle, type == KeyType::Ec384 ? "P-384" : "P-256");
}

void SoftToken::importCertificate(X509& certificate, const KeyId& id)
{
    const Library library;
    const Session session(library, library.slotOf(m_label), CKU_USER, m_pin);
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    Bytes der = derOf(certificate);
    Bytes keyId = id;
    Bytes subject(static_cast<std::size_t>(i2d_X509_NAME(X509_get_subject_name(&certificate), nullptr)));
    unsigned char* end = subject.data();
    i2d_X509_NAME(X509_get_subject_name(&certificate), &end);
    std::array<CK_ATTRIBUTE, 7> object{{{CKA_CLASS, &kind, sizeof kind}, {CKA_CERTIFICATE_TYPE, &type, sizeof type},
        {CKA_TOKEN, &yes, sizeof yes}, {CKA_PRIVATE, &no, sizeof no}, {CKA_SUBJECT, subject.data(), subject.size()},
        {CKA_ID, keyId.data(), keyId.size()}, {CKA_VALUE, der.data(), der.size()}}};
    CK_OBJECT_HANDLE handle = CK_INVALID_HANDLE;
    requireOk(library->C_CreateObject(session.handle(), object.data(), object.size(), &handle), "C_CreateObject");
}

tls::CertificatePtr SoftToken::enrol(const TestCa& ca, const CertificateOptions& options, const KeyId& id)
{
    const tls::KeyPtr publicKey = generateKey(options.keyType, id);
    tls::CertificatePtr certificate = ca.issueFor(*publicKey, options);
    importCertificate(*certificate, id);
    return certificate;
}

void SoftToken::deleteCertificate(const KeyId& id)
{
    const Library library;
    const Session session(library, library.slotOf(m_label), CKU_USER, m_pin);
    requireOk(library->C_DestroyObject(session.handle(), session.find(CKO_CERTIFICATE, id)), "C_DestroyObject");
}

bool SoftToken::privateKeyFlag(unsigned long attribute, const KeyId& id)
{
    const Library library;
    const Session session(library, library.slotOf(m_label), CKU_USER, m_pin);
    return session.attribute(session.find(CKO_PRIVATE_KEY, id), attribute) == Bytes{CK_TRUE};
}

unsigned long SoftToken::readPrivateValue(unsigned long attribute, const KeyId& id)
{
    const Library library;
    const Session session(library, library.slotOf(m_label), CKU_USER, m_pin);
    CK_ATTRIBUTE wanted{attribute, nullptr, 0};
    return library->C_GetAttributeValue(session.handle(), session.find(CKO_PRIVATE_KEY, id), &wanted, 1);
}

bool SoftToken::isLoggedIn() const
{
    const Library library;
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    CK_SESSION_INFO info{};
    requireOk(library->C_OpenSession(library.slotOf(m_label), CKF_SERIAL_SESSION, nullptr, nullptr, &session),
        "C_OpenSession");
    requireOk(library->C_GetSessionInfo(session, &info), "C_GetSessionInfo");
    requireOk(library->C_CloseSession(session), "C_CloseSession");
    return info.state != CKS_RO_PUBLIC_SESSION;
}

}
