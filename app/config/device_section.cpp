#include "app/config/config_sections.h"
#include "auth/device/pkcs11_uri.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

namespace app {

namespace {

std::optional<unsigned> registerOf(std::string_view text)
{
    unsigned number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isOne = failure == std::errc() && end == text.data() + text.size() && number <= 23;
    return isOne ? std::optional(number) : std::nullopt;
}

/// "0-7,14": registers in rising order.
std::optional<std::vector<std::uint8_t>> registersOf(std::string_view text)
{
    std::vector<std::uint8_t> registers;
    for (;;) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view part = text.substr(0, comma);
        const auto dash = part.find('-');
        const auto first = registerOf(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : registerOf(part.substr(dash + 1));
        if (!first || !last || *last < *first || (!registers.empty() && *first <= registers.back()))
            return std::nullopt;
        for (unsigned number = *first; number <= *last; ++number)
            registers.push_back(static_cast<std::uint8_t>(number));
        if (comma == text.size())
            return registers;
        text.remove_prefix(comma + 1);
    }
}

/// A PKCS#11 URI as it is, or a path.
std::string fileOrUri(const store::TomlValue& value)
{
    const auto text = value.text();
    if (!text)
        return {};
    if (!device::isPkcs11Uri(*text))
        return value.path().value_or("").string();
    if (const auto uri = device::parsePkcs11Uri(*text); !uri)
        value.refuse("a PKCS#11 URI such as \"pkcs11:token=device;id=%01\": " + uri.error().detail);
    return *text;
}

}

device::TpmSettings readDevice(const store::TomlTable& section)
{
    device::TpmSettings read;
    const store::TomlValue tpm = section.optional("tpm");
    read.tcti = tpm.present() ? tpm.text().value_or("none") : device::systemTpm("/");
    if (tpm.present() && read.tcti.empty())
        tpm.refuse("\"none\", or how tpm2-tss reaches the TPM, such as \"device:/dev/tpmrm0\"");
    if (read.tcti == "none")
        read.tcti.clear();
    const store::TomlValue registers = section.optional("tpm_registers");
    if (!registers.present())
        return read;
    if (const auto listed = registersOf(registers.text().value_or("")))
        read.pcrs = *listed;
    else
        registers.refuse("registers of the TPM from 0 to 23, rising, such as \"0-7\" or \"0-7,14\"");
    return read;
}

device::CertificateSettings readDeviceCertificate(const store::TomlTable& section, const std::string& tokenModule)
{
    device::CertificateSettings read;
    const store::TomlValue certificate = section.optional("certificate");
    const store::TomlValue key = section.optional("key");
    const store::TomlValue module = section.optional("module");
    const store::TomlValue pinFile = section.optional("pin_file");
    if (!certificate.present()) {
        for (const auto* value : {&key, &module, &pinFile})
            if (value->present())
                value->refuse("certificate too, that this is about");
        return read;
    }
    read.certificate = fileOrUri(certificate);
    read.key = fileOrUri(section.required("key"));
    read.module = module.path().value_or("").string();
    read.pinFile = pinFile.path().value_or("");
    if (read.isOnToken() && !module.present())
        certificate.refuse("module too, the path of the PKCS#11 module that has it");
    if (key.present() && !read.isOnToken() && (module.present() || pinFile.present()))
        key.refuse("a pkcs11: URI, as module and pin_file are for tokens");
    std::error_code unknown;
    if (module.present()
        && (read.module == tokenModule || std::filesystem::equivalent(read.module, tokenModule, unknown)))
        module.refuse("another module than [token] has: the traders' tokens are used by a thread of their own, and "
                      "modules are not shared between threads");
    return read;
}

}
