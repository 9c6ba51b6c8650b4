#pragma once

#include "auth/pkcs11_module.h"
#include "core/base/result.h"
#include "core/rfq/sign_in.h"
#include "core/tls/identity.h"

#include <p11-kit/pkcs11.h>
#include <vector>

namespace auth {

/// A certificate on a token, and the slot that the token is in.
struct SeenCertificate {
    CK_SLOT_ID slot = 0;
    rfq::TokenIdentity identity;
    tls::CertificatePtr certificate;
};

/// The certificates of end entities on everything that is plugged in now, read with the module's own functions and in
/// sessions that are closed again. Unlike TokenSlots it may be used while somebody is signed in: no list of libp11's is
/// made or freed, so no session but its own ends. A token that cannot be read is left out. Token thread only. Errors:
/// TokenAbsent, TokenFailure, where nothing was found and a token cannot be read.
[[nodiscard]] base::Result<std::vector<SeenCertificate>> surveyTokens(const Pkcs11Module& module);
/// The slots that hold a token now. Errors: TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<std::vector<CK_SLOT_ID>> slotsWithToken(CK_FUNCTION_LIST& functions);

}
