#include "core/pep/device_rows.h"

#include "core/pep/fingerprint_text.h"

#include <algorithm>

namespace pep {

namespace {

using store::SqliteStatement;

CertificateRecord* find(std::map<stepup::UserId, UserRecord>& users, const std::string& fingerprint)
{
    const auto wanted = fingerprintOf(fingerprint);
    for (auto& [name, user] : users)
        for (auto& certificate : user.certificates)
            if (wanted && certificate.fingerprint == *wanted)
                return &certificate;
    return nullptr;
}

}

const char* const DeviceSchema =
    "CREATE TABLE IF NOT EXISTS devices(certificate TEXT PRIMARY KEY REFERENCES certificates(fingerprint), "
    "reference TEXT NOT NULL) STRICT;";

base::Status readDevices(store::SqliteDatabase& database, std::map<stepup::UserId, UserRecord>& users)
{
    SqliteStatement rows(database, "SELECT certificate, reference FROM devices");
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return base::Ok{};
        CertificateRecord* certificate = find(users, rows.text(0));
        auto reference = stepup::parseReference(rows.text(1));
        if (!certificate || !reference)
            return base::Error{base::Errc::InvalidInput,
                database.file().string() + ": the row of the device of certificate " + rows.text(0)
                    + " is damaged; nobody is let in until it is mended"};
        certificate->reference = *std::move(reference);
    }
}

base::Status writeDevice(store::SqliteDatabase& database, const stepup::CertificateFingerprint& certificate,
    const stepup::DeviceReference& reference)
{
    const auto text = stepup::referenceText(reference);
    if (!text)
        return text.error();
    SqliteStatement insert(database,
        "INSERT INTO devices(certificate, reference) VALUES(?, ?) "
        "ON CONFLICT(certificate) DO UPDATE SET reference = excluded.reference");
    return insert.bind(fingerprintText(certificate)).bind(*text).run();
}

}
