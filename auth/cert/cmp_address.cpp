#include "auth/cert/cmp_address.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/http.h>

namespace cert {

namespace {

std::string taken(char* text)
{
    std::string copy = text ? text : "";
    OPENSSL_free(text);
    return copy;
}

}

base::Result<CmpAddress> parseCmpAddress(const std::string& url)
{
    int isTls = 0;
    int port = 0;
    char* user = nullptr;
    char* host = nullptr;
    char* path = nullptr;
    char* query = nullptr;
    const bool parsed = (url.starts_with("http://") || url.starts_with("https://"))
        && OSSL_HTTP_parse_url(url.c_str(), &isTls, &user, &host, nullptr, &port, &path, &query, nullptr) == 1;
    ERR_clear_error();
    CmpAddress address{taken(host), taken(path), port, isTls != 0};
    const std::string person = taken(user);
    if (const std::string asked = taken(query); !asked.empty())
        address.path += '?' + asked;
    if (!parsed || address.host.empty() || !person.empty())
        return base::Error{base::Errc::InvalidInput,
            "\"" + url
                + "\" is not the address of a CMP server such as http://ca.example.com:8080/pkix/ or "
                  "https://ca.example.com/pkix/"};
    return address;
}

}
