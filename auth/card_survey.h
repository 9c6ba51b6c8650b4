#pragma once

#include "auth/card_access.h"
#include "auth/pkcs11_module.h"
#include "core/rfq/card_manager.h"

#include <optional>
#include <p11-kit/pkcs11.h>
#include <string>

namespace auth {

/// With which token somebody is signed in: it is only looked at from afar.
struct BusyToken {
    CK_SLOT_ID slot = 0;
    std::string reader; ///< empty: in no PC/SC reader
};

/// Every token of the module and every card in a reader, each once. Needs no PIN and ends no session; `module` may be
/// null: then nothing is known of certificates. Token thread only.
[[nodiscard]] rfq::CardsSeen surveyCards(
    const Pkcs11Module* module, const CardAccess& access, const std::optional<BusyToken>& signedIn);

/// Does a reader hold a PIV card that the module does not show? Some modules never see a card that was not there when
/// they began to look.
[[nodiscard]] bool missesCards(const rfq::CardsSeen& seen);

}
