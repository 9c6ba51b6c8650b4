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

std::optional<base::Error> peekSignerError()
{
    // The queue can only be walked by taking from it; the signer's error is the first of its handshake because all
    // others follow from it.
    const char* data = nullptr;
    int flags = 0;
    const auto code = ERR_peek_error_all(nullptr, nullptr, nullptr, &data, &flags);
    if (code == 0 || ERR_GET_LIB(code) != library())
        return std::nullopt;
    const bool hasText = (flags & ERR_TXT_STRING) != 0 && data;
    return base::Error{static_cast<base::Errc>(ERR_GET_REASON(code) - ReasonOffset), hasText ? data : ""};
}

}
