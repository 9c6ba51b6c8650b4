#pragma once

#include "app/venue/audit_settings.h"
#include "core/store/toml_document.h"

#include <optional>

namespace venue {

/// Whether a token signs the trail where no key is configured.
enum class SigningToken { Absent, Present };

/// [audit]; absent where the table is.
[[nodiscard]] std::optional<AuditSettings> readAudit(
    const store::TomlTable& table, SigningToken token = SigningToken::Absent);

}
