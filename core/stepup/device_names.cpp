#include "core/stepup/device_names.h"

#include "core/stepup/attestation.h"
#include "core/stepup/openssl_handles.h"
#include "core/stepup/plain_text.h"

#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <memory>

namespace stepup {

namespace {

using base::Errc;
using base::Error;

constexpr std::array<std::string_view, 4> Kinds{"dns:", "uri:", "serial:", "cn:"};
constexpr std::size_t LongestName = 255;

std::string textOf(const ASN1_STRING* value)
{
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, value);
    if (size < 0)
        return {};
    std::string copy(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return copy;
}

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

void add(DeviceNames& names, std::string name)
{
    if (checkDeviceName(name))
        names.insert(std::move(name));
}

void addSubject(DeviceNames& names, X509& certificate, int nid, std::string_view kind)
{
    const X509_NAME* subject = X509_get_subject_name(&certificate);
    for (int at = X509_NAME_get_index_by_NID(subject, nid, -1); at >= 0;
         at = X509_NAME_get_index_by_NID(subject, nid, at))
        add(names, std::string(kind) + textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
}

}

base::Status checkDeviceName(std::string_view name)
{
    const auto* kind = std::find_if(Kinds.begin(), Kinds.end(), [&](auto known) { return name.starts_with(known); });
    const bool isPlain = std::none_of(name.begin(), name.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= ' ' || byte == 0x7f || c == ',';
    });
    if (kind == Kinds.end() || name.size() <= kind->size() || name.size() > LongestName || !isPlain || !isUtf8(name))
        return Error{Errc::InvalidInput,
            "a device is named by its certificate, as dns:ws-17.firm.example, uri:…, serial:… or cn:…, without blanks "
            "and commas"};
    if (name.starts_with("dns:") && lowerCase(std::string(name)) != name)
        return Error{Errc::InvalidInput, "the name after dns: is written in lower case"};
    return base::Ok{};
}

DeviceNames deviceNamesOf(X509& certificate)
{
    const ErrorQueueGuard errors;
    DeviceNames names;
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> others(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    for (int at = 0; others && at < sk_GENERAL_NAME_num(others.get()); ++at) {
        const GENERAL_NAME* other = sk_GENERAL_NAME_value(others.get(), at);
        if (other->type == GEN_DNS)
            add(names, "dns:" + lowerCase(textOf(other->d.dNSName)));
        else if (other->type == GEN_URI)
            add(names, "uri:" + textOf(other->d.uniformResourceIdentifier));
    }
    addSubject(names, certificate, NID_serialNumber, "serial:");
    addSubject(names, certificate, NID_commonName, "cn:");
    return names;
}

base::Result<std::string> deviceNameOf(X509& certificate)
{
    const DeviceNames names = deviceNamesOf(certificate);
    for (const std::string_view kind : Kinds) {
        const auto isOfKind = [&](const std::string& name) { return name.starts_with(kind); };
        if (std::count_if(names.begin(), names.end(), isOfKind) == 1)
            return *std::find_if(names.begin(), names.end(), isOfKind);
    }
    return Error{Errc::InvalidInput,
        "the certificate names no workstation: one DNS name or URI in its subject alternative name, or a serial number "
        "or common name in its subject"};
}

base::Result<std::string> deviceNameInPem(const std::string& pem)
{
    const ErrorQueueGuard errors;
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
    const CertificateOwner certificate(text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate)
        return Error{Errc::InvalidInput, "this is no certificate in PEM"};
    return deviceNameOf(*certificate);
}

base::Result<std::string> deviceNameInDer(ByteView der)
{
    const ErrorQueueGuard errors;
    const auto* next = der.data();
    const CertificateOwner certificate(d2i_X509(nullptr, &next, static_cast<long>(der.size())));
    if (!certificate)
        return Error{Errc::InvalidInput, "this is no certificate in DER"};
    return deviceNameOf(*certificate);
}

base::Result<DeviceNames> parseDeviceNames(std::string_view text)
{
    DeviceNames names;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view name = text.substr(0, comma);
        if (auto sound = checkDeviceName(name); !sound)
            return sound.error();
        names.emplace(name);
        if (comma + 1 == text.size())
            return Error{Errc::InvalidInput, "a name is missing after the last comma"};
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    if (names.size() > MaxDeviceNames)
        return Error{Errc::InvalidInput, "16 devices at most are registered with a certificate"};
    return names;
}

std::string deviceNamesText(const DeviceNames& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ",") + name;
    return text;
}

}
