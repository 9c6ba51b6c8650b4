#include "core/pep/device_rows.h"

#include "core/pep/fingerprint_text.h"

#include <algorithm>

namespace pep {

namespace {

using store::SqliteStatement;

base::Error damagedDevice(const store::SqliteDatabase& database, const std::string& certificate)
{
    return {base::Errc::InvalidInput,
        database.file().string() + ": the row of the device of certificate " + certificate
            + " is damagedDevice; nobody is let in until it is mended"};
}

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
    "reference TEXT NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS device_names(certificate TEXT PRIMARY KEY REFERENCES certificates(fingerprint), "
    "names TEXT NOT NULL) STRICT;";

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
            return damagedDevice(database, rows.text(0));
        certificate->reference = *std::move(reference);
    }
}

base::Status readDeviceNames(store::SqliteDatabase& database, std::map<stepup::UserId, UserRecord>& users)
{
    SqliteStatement rows(database, "SELECT certificate, names FROM device_names");
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return base::Ok{};
        CertificateRecord* certificate = find(users, rows.text(0));
        auto names = stepup::parseDeviceNames(rows.text(1));
        if (!certificate || !names || names->empty())
            return damagedDevice(database, rows.text(0));
        certificate->deviceNames = *std::move(names);
    }
}

base::Status writeDeviceNames(store::SqliteDatabase& database, const stepup::CertificateFingerprint& certificate,
    const stepup::DeviceNames& names)
{
    if (names.empty()) {
        SqliteStatement remove(database, "DELETE FROM device_names WHERE certificate = ?");
        return remove.bind(fingerprintText(certificate)).run();
    }
    const std::string text = stepup::deviceNamesText(names);
    if (const auto sound = stepup::parseDeviceNames(text); !sound)
        return sound.error();
    SqliteStatement insert(database,
        "INSERT INTO device_names(certificate, names) VALUES(?, ?) "
        "ON CONFLICT(certificate) DO UPDATE SET names = excluded.names");
    return insert.bind(fingerprintText(certificate)).bind(text).run();
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
