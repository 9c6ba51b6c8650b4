#include "tests/support/cms_signature.h"

#include <openssl/cms.h>

namespace support {

std::string cmsSignature(const tls::Identity& signer, std::string_view content)
{
    constexpr unsigned Flags = CMS_BINARY | CMS_DETACHED;
    BIO* bytes = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
    CMS_ContentInfo* cms = CMS_sign(nullptr, nullptr, nullptr, bytes, Flags | CMS_PARTIAL);
    CMS_add1_signer(cms, signer.certificate.get(), signer.key.get(), EVP_sha256(), Flags);
    CMS_final(cms, bytes, nullptr, Flags);
    unsigned char* der = nullptr;
    const int size = i2d_CMS_ContentInfo(cms, &der);
    std::string text(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    BIO_free(bytes);
    return text;
}

}
