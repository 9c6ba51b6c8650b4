#pragma once

#include "core/pep/identities.h"
#include "core/store/sqlite_database.h"

#include <map>

/// The workstations that are registered with their TPM or a device certificate, in the identity database.
namespace pep {

/// The tables, where there are none yet: databases of earlier programs have it added.
extern const char* const DeviceSchema;

/// Puts each into the certificate that it is registered with. Errors: Io; InvalidInput where a row is damaged.
[[nodiscard]] base::Status readDevices(store::SqliteDatabase& database, std::map<stepup::UserId, UserRecord>& users);
[[nodiscard]] base::Status readDeviceNames(
    store::SqliteDatabase& database, std::map<stepup::UserId, UserRecord>& users);
/// In place of what was registered before; none: none is asked for. Errors: Io; InvalidInput.
[[nodiscard]] base::Status writeDeviceNames(store::SqliteDatabase& database,
    const stepup::CertificateFingerprint& certificate, const stepup::DeviceNames& names);
/// In place of what was registered before. Errors: Io; InvalidInput.
[[nodiscard]] base::Status writeDevice(store::SqliteDatabase& database,
    const stepup::CertificateFingerprint& certificate, const stepup::DeviceReference& reference);

}
