#include "auth/cert/cmp_transfer.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace cert {

namespace {

using View = std::span<const unsigned char>;

/// One element of DER.
struct Element {
    int tag = -1;
    int kind = 0; ///< V_ASN1_UNIVERSAL, ...
    View whole;
    View content;
};

/// The first element, which is taken off `der`; without a tag where it is none.
Element take(View& der)
{
    const unsigned char* at = der.data();
    long size = 0;
    Element found;
    const int form = ASN1_get_object(&at, &size, &found.tag, &found.kind, static_cast<long>(der.size()));
    if ((form & 0x80) != 0 || (form & 1) != 0) { // an error, or a length that DER does not have
        ERR_clear_error();
        der = {};
        return {};
    }
    const auto header = static_cast<std::size_t>(at - der.data());
    found.whole = der.first(header + static_cast<std::size_t>(size));
    found.content = found.whole.subspan(header);
    der = der.subspan(found.whole.size());
    return found;
}

std::vector<unsigned char> headerOf(const OSSL_CMP_MSG& message)
{
    unsigned char* der = nullptr;
    const int size = i2d_OSSL_CMP_PKIHEADER(OSSL_CMP_MSG_get0_header(&message), &der);
    std::vector<unsigned char> copy(der, der + (size > 0 ? size : 0));
    OPENSSL_free(der);
    return copy;
}

OSSL_CMP_MSG* transfer(OSSL_CMP_CTX* context, const OSSL_CMP_MSG* request)
{
    OSSL_CMP_MSG* answer = OSSL_CMP_MSG_http_perform(context, request);
    if (!answer)
        return nullptr;
    const auto* authority = static_cast<const X509_NAME*>(OSSL_CMP_CTX_get_transfer_cb_arg(context));
    if (OSSL_CMP_CTX_set1_expected_sender(context, isProtectedBySecret(*answer) ? nullptr : authority) == 1)
        return answer;
    OSSL_CMP_MSG_free(answer);
    return nullptr;
}

}

/// OpenSSL keeps the algorithm to itself. PKIHeader: version, sender, recipient, then [0] the time and [1] this.
bool isProtectedBySecret(const OSSL_CMP_MSG& message)
{
    constexpr int protectionAlgorithm = 1;
    const auto header = headerOf(message);
    View whole(header);
    View left = take(whole).content;
    for (int i = 0; i < 3; ++i)
        take(left);
    while (!left.empty()) {
        const Element element = take(left);
        if (element.kind != V_ASN1_CONTEXT_SPECIFIC || element.tag != protectionAlgorithm)
            continue;
        const unsigned char* at = element.content.data();
        const std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> algorithm(
            d2i_X509_ALGOR(nullptr, &at, static_cast<long>(element.content.size())), X509_ALGOR_free);
        ERR_clear_error();
        return algorithm && OBJ_obj2nid(algorithm->algorithm) == NID_id_PasswordBasedMAC;
    }
    return false;
}

void expectSecretOr(OSSL_CMP_CTX& context, const X509_NAME& authority)
{
    OSSL_CMP_CTX_set_transfer_cb(&context, transfer);
    // OpenSSL hands it back as it is.
    OSSL_CMP_CTX_set_transfer_cb_arg(&context, const_cast<X509_NAME*>(&authority));
}

}
