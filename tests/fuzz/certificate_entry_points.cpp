#include "auth/cert/attestation.h"
#include "auth/cert/issued.h"
#include "auth/token_slots.h"
#include "core/tls/detached_signature.h"
#include "core/tls/identity.h"
#include "core/tls/ocsp_answer.h"
#include "core/tls/openssl_handles.h"
#include "core/tls/verify.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/fixed_certificates.h"
#include "tests/fuzz/promise.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace fuzz {

namespace {

using base::Errc;

/// A moment in which everything in the corpora holds.
base::UtcTime then()
{
    using namespace std::chrono;
    return sys_days(2027y / January / 15);
}

tls::CertificatePtr certificateIn(const char* pem)
{
    const tls::BioPtr input(BIO_new_mem_buf(pem, -1));
    tls::CertificatePtr certificate(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr));
    require(certificate != nullptr, "the fixed certificates can be read");
    return certificate;
}

/// Files for code that reads files, of this process alone.
class Files {
public:
    Files()
        : m_folder(std::filesystem::temp_directory_path() / ("countersign-fuzz-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_folder);
        authority = write("authority.pem", Authority);
    }
    ~Files()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    [[nodiscard]] std::string write(const char* name, std::string_view bytes) const
    {
        const auto path = m_folder / name;
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path.string();
    }

    std::string authority;

private:
    std::filesystem::path m_folder;
};

const Files& files()
{
    static const Files made;
    return made;
}

/// The leaf and its issuer, as a verified chain.
struct Chain {
    tls::CertificatePtr leaf = certificateIn(Leaf);
    tls::CertificatePtr issuer = certificateIn(Authority);
    tls::StorePtr anchors{X509_STORE_new()};
    std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> both{
        sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }};

    explicit Chain(X509* first = nullptr)
    {
        X509_STORE_add_cert(anchors.get(), issuer.get());
        sk_X509_push(both.get(), first ? first : leaf.get());
        sk_X509_push(both.get(), issuer.get());
    }
    [[nodiscard]] base::Status judge(X509& certificate, std::string_view answer) const
    {
        return tls::judgeAnswer({reinterpret_cast<const std::uint8_t*>(answer.data()), answer.size()},
            {certificate, *both, *anchors, then()});
    }
};

std::string requestPem(std::string_view der)
{
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)> request(
        d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())), X509_REQ_free);
    const tls::BioPtr output(BIO_new(BIO_s_mem()));
    ERR_clear_error();
    if (!request || PEM_write_bio_X509_REQ(output.get(), request.get()) != 1)
        return std::string(der);
    char* text = nullptr;
    const long size = BIO_get_mem_data(output.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

}

void ocspAnswer(std::string_view bytes)
{
    static const Chain chain;
    const base::Status judged = chain.judge(*chain.leaf, bytes);
    if (!judged) {
        require(judged.error().code == Errc::CertificateRevoked || judged.error().code == Errc::RevocationUnknown,
            "an answer that does not say good says revoked, or nothing");
    }
    static const tls::CertificatePtr other = certificateIn(Officer);
    static const Chain ofOther(other.get());
    require(!ofOther.judge(*other, bytes), "an answer is about one certificate");
    require(ERR_peek_error() == 0 || !judged, "nothing is left in OpenSSL's queue by an answer that holds");
    ERR_clear_error();
}

void revocationList(std::string_view bytes)
{
    static const tls::CertificatePtr leaf = certificateIn(Leaf);
    const std::string file = files().write("list.pem", bytes);
    const tls::TrustPolicy trust{.caFile = files().authority, .crlFile = file, .pins = {}, .serverName = {}};
    const base::Status judged = tls::verifyClientCertificate(*leaf, trust, then());
    if (judged) {
        require(bytes.find("-----BEGIN X509 CRL-----") != std::string_view::npos, "no list, no consent");
    } else {
        require(judged.error().code == Errc::CertificateRevoked || judged.error().code == Errc::RevocationUnknown
                || judged.error().code == Errc::Configuration,
            "a list can only be wrong, or revoke");
    }
    ERR_clear_error();
}

void policySignature(std::string_view bytes)
{
    static const tls::PinnedSigners signers = [] {
        std::vector<tls::CertificatePtr> pinned;
        pinned.push_back(certificateIn(Officer));
        return tls::PinnedSigners(std::move(pinned));
    }();
    constexpr std::string_view Policy = "id = \"desk\"\n";
    const auto signer = signers.verify(Policy, bytes);
    if (!signer) {
        require(signer.error().code == Errc::InvalidInput || signer.error().code == Errc::Unsupported
                || signer.error().code == Errc::Refused,
            "a signature is refused for one of three reasons");
        return;
    }
    require(signer->find("officer") != std::string::npos, "who has signed is named");
    require(!signers.verify("id = \"desk\"", bytes), "a signature holds for one content");
    require(!signers.verify({}, bytes), "and not for none");
}

void cardCertificate(std::string_view bytes)
{
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    const tls::CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
    ERR_clear_error();
    if (!certificate)
        return;
    const auto identity = auth::identityOf(*certificate);
    require(identity.fingerprint.size() == 64, "a certificate has a fingerprint");
    require(!auth::keyAlgorithmOf(*certificate).empty(), "a key has a name");
    if (cert::checkIssued(*certificate, {}, then())) {
        require(auth::isUsableKey(*certificate) && !cert::isAuthority(*certificate),
            "only a person's certificate with a usable key is taken");
    }
    static_cast<void>(auth::isOfEndEntity(*certificate));
    static_cast<void>(tls::issuerOf(*certificate));
    static_cast<void>(tls::commonNameOf(*certificate));
    ERR_clear_error();
}

void attestedRequest(std::string_view bytes)
{
    static const tls::CertificatePtr leaf = certificateIn(Leaf);
    const auto half = static_cast<std::ptrdiff_t>(bytes.size() / 2);
    const EVP_PKEY& key = *X509_get0_pubkey(leaf.get());
    static_cast<void>(cert::isAbout({{bytes.begin(), bytes.end()}, {bytes.begin() + half, bytes.end()}}, key));
    const auto attested = cert::checkAttestation(requestPem(bytes), files().authority, then());
    if (!attested)
        return;
    require(attested->firmware == "5.4.3" && attested->serial == "12648430",
        "what is attested is what the card's maker has signed for");
    require(attested->pin == cert::PinPolicy::Once && attested->touch == cert::TouchPolicy::Never,
        "and so are its policies");
}

}
