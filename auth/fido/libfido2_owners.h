#pragma once

#include "auth/fido/values.h"

#include <fido.h>
#include <memory>

/// Owners of the libfido2 objects that this module keeps to itself, and its names for ours.
namespace fido {

struct FreeObject {
    void operator()(fido_cred_t* cred) const { fido_cred_free(&cred); }
    void operator()(fido_assert_t* inquiry) const { fido_assert_free(&inquiry); }
    void operator()(fido_cbor_info_t* info) const { fido_cbor_info_free(&info); }
};
using Cred = std::unique_ptr<fido_cred_t, FreeObject>;
using Assert = std::unique_ptr<fido_assert_t, FreeObject>;
using Info = std::unique_ptr<fido_cbor_info_t, FreeObject>;

[[nodiscard]] inline int coseOf(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::Es256:
        return COSE_ES256;
    case Algorithm::Es384:
        return COSE_ES384;
    }
    return 0;
}

}
