#include "core/tls/signer_error.h"

#include "core/tls/openssl_handles.h"

namespace tls {

namespace {

/// Our number among the libraries that raise errors in OpenSSL's queue.
int library()
{
    static const int Number = ERR_get_next_error_library();
    return Number;
}

// Reason 0 means "no reason" to OpenSSL.
constexpr int ReasonOffset = 1;

}

void raiseSignerError(const base::Error& error)
{
    ERR_raise_data(library(), static_cast<int>(error.code) + ReasonOffset, "%s", error.detail.c_str());
}

std::optional<base::Error> signerErrorOf(unsigned long code, const char* data, int flags)
{
    if (ERR_GET_LIB(code) != library())
        return std::nullopt;
    const bool hasText = data && (flags & ERR_TXT_STRING) != 0;
    return base::Error{static_cast<base::Errc>(ERR_GET_REASON(code) - ReasonOffset), hasText ? data : ""};
}

}
