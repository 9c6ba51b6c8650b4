#pragma once

#include "ui/models/error_text.h"

namespace ui {

/// Why a second person's consent was not had, in the trader's language: the token and the certificate are the second
/// person's, and nothing was signed.
[[nodiscard]] ErrorText approvalErrorText(base::Errc code);
/// The consent was had, and the desk could not act on it.
[[nodiscard]] ErrorText decisionErrorText(base::Errc code);

}
