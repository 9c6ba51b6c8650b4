#pragma once

#include "app/venue/audit_settings.h"
#include "core/store/toml_document.h"

#include <optional>

namespace venue {

/// [audit]; absent where the table is.
[[nodiscard]] std::optional<AuditSettings> readAudit(const store::TomlTable& table);

}
