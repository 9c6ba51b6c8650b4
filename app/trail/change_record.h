#pragma once

#include "core/audit/record.h"
#include "core/pep/change_book.h"

namespace app {

/// A change of an identity store, a venue's or this desk's own, as an audit trail keeps it.
[[nodiscard]] audit::AuditRecord recordOf(const pep::ChangeEvent& event);
/// Joins what is said about one change; empty where it was done at once.
[[nodiscard]] std::string referenceOf(const pep::ChangeEvent& event);

}
