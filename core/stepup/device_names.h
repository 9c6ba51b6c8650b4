#pragma once

#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <openssl/x509.h>

#include <set>
#include <string>
#include <string_view>

/// What a device certificate calls its workstation. Names outlive certificates, which are renewed without anybody's
/// doing: they are what a workstation is registered by.
namespace stepup {

using DeviceNames = std::set<std::string>;

constexpr std::size_t MaxDeviceNames = 16; ///< that are registered with one person's certificate

/// All names of a certificate: "dns:ws-17.firm.example" (subject alternative name; lower case), "uri:..." (the same),
/// "serial:..." (serialNumber of the subject), "cn:WS-17". What is no sound name is left out.
[[nodiscard]] DeviceNames deviceNamesOf(X509& certificate);

/// The one to register: the first kind of the above of which there is exactly one name. Errors: InvalidInput.
[[nodiscard]] base::Result<std::string> deviceNameOf(X509& certificate);
/// The same, of the first certificate of a PEM text, or of one in DER. Errors: InvalidInput.
[[nodiscard]] base::Result<std::string> deviceNameInPem(const std::string& pem);
[[nodiscard]] base::Result<std::string> deviceNameInDer(ByteView der);

/// A kind and something after it, without blanks, commas and control characters; at most 255 bytes. Errors:
/// InvalidInput.
[[nodiscard]] base::Status checkDeviceName(std::string_view name);

/// "a,b": sorted, none twice. Errors: InvalidInput; an empty text is none.
[[nodiscard]] base::Result<DeviceNames> parseDeviceNames(std::string_view text);
[[nodiscard]] std::string deviceNamesText(const DeviceNames& names);

}
