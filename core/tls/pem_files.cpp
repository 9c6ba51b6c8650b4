#include "core/tls/pem_files.h"

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
        return fileError(file, "expected a " + what + " in PEM form, found none");
    return objects;
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
    return readAll<CrlPtr>(file, "certificate revocation list", PEM_read_bio_X509_CRL);
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
