#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/pep/change_book.h"
#include "core/tls/context.h"

#include <string>
#include <string_view>

namespace venue {

/// Which registered person signed this: by a certificate that the signature carries, that `people` accepts at `now`,
/// and that is registered here. Whether they may is not asked. Errors: those of tls::PinnedSigners::verify(); NotFound,
/// where nobody here has such a certificate; those of tls::verifyClientCertificate(); Configuration.
[[nodiscard]] base::Result<pep::Signatory> signatoryOf(std::string_view statement, std::string_view signature,
    const pep::Identities& identities, const tls::TrustPolicy& people, base::UtcTime now);

}
