#include "core/tls/pem_files.h"

#include "core/tls/name_text.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <utility>

namespace tls {

namespace {

/// Refuses instead of asking on the terminal: a server starts without a person.
int noPassphrase(char*, int, int, void*)
{
    return -1;
}

/// Does it begin as DER of certificates does, .cer files of Windows for instance?
bool isBinary(const std::string& file)
{
    const BioPtr input(BIO_new_file(file.c_str(), "rb"));
    unsigned char begin[2] = {};
    const bool isSequence = input && BIO_read(input.get(), begin, sizeof begin) == int{sizeof begin} && begin[0] == 0x30
        && begin[1] >= 0x80;
    ERR_clear_error();
    return isSequence;
}

/// Reads one kind of object after the other until the file ends.
template <typename Pointer, typename Read>
base::Result<std::vector<Pointer>> readAll(const std::string& file, const std::string& what, Read read)
{
    const BioPtr input(BIO_new_file(file.c_str(), "r"));
    if (!input) {
        ERR_clear_error();
        return fileError(file, "cannot be read");
    }
    std::vector<Pointer> objects;
    while (Pointer object{read(input.get(), nullptr, noPassphrase, nullptr)})
        objects.push_back(std::move(object));
    const auto error = ERR_peek_last_error();
    ERR_clear_error();
    const bool atEnd = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    if (!atEnd)
        return fileError(file, "expected a " + what + " in PEM form, found a damaged one");
    if (objects.empty())
        return fileError(file,
            "expected a " + what + " in PEM form, found none"
                + (isBinary(file) ? "; the file is binary (DER): openssl converts it" : ""));
    return objects;
}

/// What distribution points hand out is one list in DER (RFC 5280, 4.2.1.13). Null: the file is none.
CrlPtr derList(const std::string& file)
{
    const BioPtr input(BIO_new_file(file.c_str(), "rb"));
    CrlPtr list(input ? d2i_X509_CRL_bio(input.get(), nullptr) : nullptr);
    unsigned char more = 0;
    const bool isWhole = list && BIO_read(input.get(), &more, 1) <= 0;
    ERR_clear_error();
    return isWhole ? std::move(list) : nullptr;
}

/// Is it a list that can say of a certificate that it holds?
base::Status checkList(const X509_CRL& list, const std::string& file)
{
    const std::string issuer = nameText(*X509_CRL_get_issuer(&list));
    // OpenSSL would take it for a complete one, and the newer of the two: what the complete one revokes would hold.
    if (X509_CRL_get_ext_by_NID(&list, NID_delta_crl, -1) >= 0)
        return fileError(file,
            "holds a delta list of " + issuer
                + ", which names only what has changed since another list; put in that authority's complete list "
                  "alone");
    if (!X509_CRL_get0_nextUpdate(&list))
        return fileError(file,
            "holds a list of " + issuer
                + " that does not say until when it holds (nextUpdate): it would never be out of date");
    return base::Ok{};
}

}

base::Error fileError(const std::string& file, const std::string& reason)
{
    return {base::Errc::Configuration, file + ": " + reason};
}

base::Result<std::vector<CertificatePtr>> loadPemCertificates(const std::string& file)
{
    auto certificates = readAll<CertificatePtr>(file, "certificate", PEM_read_bio_X509);
    // OpenSSL works out a certificate's extensions at their first use. Anchors are used by several threads at once:
    // there that is done already.
    if (certificates)
        for (const auto& certificate : *certificates)
            X509_check_purpose(certificate.get(), -1, 0);
    return certificates;
}

base::Result<std::vector<CrlPtr>> readRevocationLists(const std::string& file)
{
    base::Result<std::vector<CrlPtr>> lists = std::vector<CrlPtr>();
    if (CrlPtr single = derList(file))
        lists->push_back(std::move(single));
    else
        lists = readAll<CrlPtr>(file, "certificate revocation list", PEM_read_bio_X509_CRL);
    if (!lists)
        return lists;
    for (const CrlPtr& list : *lists)
        if (const base::Status usable = checkList(*list, file); !usable)
            return usable.error();
    return lists;
}

base::Result<KeyPtr> readPrivateKey(const std::string& file)
{
    const BioPtr input(BIO_new_file(file.c_str(), "r"));
    if (!input) {
        ERR_clear_error();
        return fileError(file, "cannot be read");
    }
    KeyPtr key(PEM_read_bio_PrivateKey(input.get(), nullptr, noPassphrase, nullptr));
    ERR_clear_error();
    if (!key)
        return fileError(file, "expected a private key in PEM form without a passphrase");
    return key;
}

}
