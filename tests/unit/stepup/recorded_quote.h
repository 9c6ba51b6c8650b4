#pragma once

#include "core/stepup/dialect.h"
#include "tests/unit/stepup/hex.h"

#include <algorithm>

/// Quotes that swtpm 0.7.1 made through our own collector (auth/device), for tests that run without a TPM: all for the
/// statement, the person and the connection below. Register 0 was extended with 32 times 10, register 7 with 32 times
/// 17; for ChangedAttest once more with 32 times 99.
namespace stepup_test::recorded {

inline constexpr const char* NonceHex = "bdd380f4a3a2e5af876a8116973c712a7890993bf245acb4bfa7d109ff7515fe";
inline constexpr const char* KeyHex =
    "047c30461acfa4595d09779f4fd84a67ddea8ac92ffc9b6d55f58c8639bae79845bbb86ac618f69cf5668e7791723824b503"
    "7aec8099f5283c0ede8b60f0e7c4df";
inline constexpr const char* OtherKeyHex =
    "04f0d464b7508d8b8013bad0dd431fa5c9449523fd14a57f07f69a033342b312c800148091a7444db2c094b0187450e63e33"
    "fe35d8f8b3571a96e5234c6b966073";
inline constexpr const char* Pcr0Hex = "b489021588a2f2a51343b40b45b82e62139c2bbd9dcafebaeff1fa85d8a97bf1";
inline constexpr const char* Pcr7Hex = "4947a8d49cfd4688a879448a4c4af4b54852517ecff0cb1997a6607bef9a1618";
inline constexpr const char* GoodAttest =
    "ff54434780180022000b74e6ce6bba1f6cdb817ddb7f184a575113e4e69270024e565f372fe9afb551f30020bdd380f4a3a2"
    "e5af876a8116973c712a7890993bf245acb4bfa7d109ff7515fe000000000000006fc5bed81356dea9340196bc69ec3db747"
    "9f00000001000b03ff00000020865f9b6ab2bc0de68eb6a423c785d087b0778c93d96f8eefd334b04a803aa9be";
inline constexpr const char* GoodSignature =
    "2b9af407cc94e15d9c01d82ad178655fd2d3e9dc186c8d13fdc2bfb867da4bff330855fe3d1d60dba0d4477a7d26de3e8f07"
    "eaaba76162842d4f74803495a682";
inline constexpr const char* LaterAttest =
    "ff54434780180022000b74e6ce6bba1f6cdb817ddb7f184a575113e4e69270024e565f372fe9afb551f30020bdd380f4a3a2"
    "e5af876a8116973c712a7890993bf245acb4bfa7d109ff7515fe000000000000008bc5bed81356dea9340196bc69ec3db747"
    "9f00000001000b03ff00000020865f9b6ab2bc0de68eb6a423c785d087b0778c93d96f8eefd334b04a803aa9be";
inline constexpr const char* LaterSignature =
    "d68a039cb7c2cf61f424fa0b85ca389888b1db10483a8283475703b908fa564c869d356b95cfcaf85a68080ab27cac1b8d4e"
    "0d497ef0a5e2f32a989fc045727b";
inline constexpr const char* FewerAttest =
    "ff54434780180022000b74e6ce6bba1f6cdb817ddb7f184a575113e4e69270024e565f372fe9afb551f30020bdd380f4a3a2"
    "e5af876a8116973c712a7890993bf245acb4bfa7d109ff7515fe00000000000000a3c5bed81356dea9340196bc69ec3db747"
    "9f00000001000b030f000000204d2f17c08cf8d40844ddeb9cead828ae5b9f93117605806cf786526ad83ac68e";
inline constexpr const char* FewerSignature =
    "0768234cd28ad33323bba035cc638f00719b1c9db24451daf3d853ec12864a579a9a69639f12515707a74c472a762611effe"
    "30979a696e08fbd8bffd4372bd53";
inline constexpr const char* ChangedAttest =
    "ff54434780180022000b74e6ce6bba1f6cdb817ddb7f184a575113e4e69270024e565f372fe9afb551f30020bdd380f4a3a2"
    "e5af876a8116973c712a7890993bf245acb4bfa7d109ff7515fe00000000000000bbc5bed81356dea9340196bc69ec3db747"
    "9f00000001000b03ff0000002077c8b18ea3fdf7c59999543459955d479693a492ec40296847799a1f73484b7e";
inline constexpr const char* ChangedSignature =
    "bf9a036b7cfd542c00446bf8d354ec7c03f678c436702ba08106720398c29570242624dc72eb229e117a6b396935b731369a"
    "cc48837a43c5975d482e26c208a6";
inline constexpr const char* ChangedPcr7Hex = "15cd094a9dc9fafa5ece09a4adb7c283e3676a1d3716a0f998d48b00d61e2317";

inline stepup::Digest digestOf(std::string_view hex)
{
    stepup::Digest digest{};
    const stepup::Bytes bytes = bytesOfHex(hex);
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

inline stepup::ContextStatement statement()
{
    return {.program = "countersign 1.0", .posture = {{"disk-encryption", "yes"}}};
}

inline stepup::QuoteBinding binding()
{
    stepup::Digest channel{};
    channel.fill(0xcb);
    return {.user = stepup::UserId("alice"), .session = "DESK>VENUE", .channelBinding = channel};
}

inline stepup::DeviceReference reference()
{
    stepup::DeviceReference made{.key = bytesOfHex(KeyHex), .pcrs = {}, .secureBoot = true};
    for (std::uint8_t pcr = 0; pcr < 8; ++pcr)
        made.pcrs[pcr] = {};
    made.pcrs[0] = digestOf(Pcr0Hex);
    made.pcrs[7] = digestOf(Pcr7Hex);
    return made;
}

inline stepup::DeviceQuote quote(const char* attest = GoodAttest, const char* signature = GoodSignature)
{
    stepup::DeviceQuote made{.attest = bytesOfHex(attest), .signature = bytesOfHex(signature), .pcrs = {}};
    for (const auto& [number, value] : reference().pcrs)
        made.pcrs.push_back(value);
    return made;
}

/// One that the machine made after it was started in another way.
inline stepup::DeviceQuote changedQuote()
{
    auto made = quote(ChangedAttest, ChangedSignature);
    made.pcrs[7] = digestOf(ChangedPcr7Hex);
    return made;
}

}
