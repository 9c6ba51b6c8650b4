#include "core/tls/certificate_policies.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstddef>
#include <memory>

namespace tls {

std::set<std::string> policiesOf(X509& certificate)
{
    const std::unique_ptr<CERTIFICATEPOLICIES, decltype(&CERTIFICATEPOLICIES_free)> named(
        static_cast<CERTIFICATEPOLICIES*>(X509_get_ext_d2i(&certificate, NID_certificate_policies, nullptr, nullptr)),
        CERTIFICATEPOLICIES_free);
    ERR_clear_error();
    std::set<std::string> policies;
    for (int at = 0; named && at < sk_POLICYINFO_num(named.get()); ++at) {
        std::array<char, 128> text{};
        const int size =
            OBJ_obj2txt(text.data(), static_cast<int>(text.size()), sk_POLICYINFO_value(named.get(), at)->policyid, 1);
        if (size > 0 && static_cast<std::size_t>(size) < text.size())
            policies.insert(text.data());
    }
    return policies;
}

}
