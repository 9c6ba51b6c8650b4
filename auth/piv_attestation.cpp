#include "auth/piv_attestation.h"

#include "auth/piv_commands.h"

#include <array>
#include <string>
#include <utility>

namespace auth {

namespace {

constexpr std::array<std::uint8_t, 11> GetDeviceCertificate{
    0x00, 0xcb, 0x3f, 0xff, 0x05, 0x5c, 0x03, 0x5f, 0xff, 0x01, 0x00};

std::optional<PivAttestation> attestationOf(CardChannel& card, std::uint8_t slot)
{
    constexpr std::uint8_t objectTag = 0x53;
    constexpr std::uint8_t certificateTag = 0x70;
    if (!selectPiv(card))
        return std::nullopt;
    const std::array<std::uint8_t, 5> attest{0x00, 0xf9, slot, 0x00, 0x00};
    auto statement = askPiv(card, PivView(attest));
    if (!statement || statement->status != PivDone)
        return std::nullopt;
    const auto object = askPiv(card, PivView(GetDeviceCertificate));
    if (!object || object->status != PivDone)
        return std::nullopt;
    const PivView device = pivValue(pivValue(object->data, objectTag), certificateTag);
    if (device.empty())
        return std::nullopt;
    return PivAttestation{std::move(statement->data), {device.begin(), device.end()}};
}

}

std::optional<std::uint8_t> pivSlotOf(std::string_view keyId)
{
    constexpr std::array<std::pair<std::string_view, std::uint8_t>, 4> slots{
        {{"01", 0x9a}, {"02", 0x9c}, {"03", 0x9d}, {"04", 0x9e}}};
    for (const auto& [id, slot] : slots)
        if (id == keyId)
            return slot;
    return std::nullopt;
}

std::vector<PivAttestation> readAttestations(Pcsc& pcsc, std::uint8_t slot)
{
    std::vector<PivAttestation> found;
    std::vector<std::string> readers;
    if (pcsc.establish().outcome != PcscOutcome::Ok)
        return found;
    if (pcsc.listReaders(readers).outcome == PcscOutcome::Ok) {
        for (const std::string& reader : readers) {
            const auto card = pcsc.connect(reader);
            if (!card)
                continue;
            if (auto attestation = attestationOf(**card, slot))
                found.push_back(*std::move(attestation));
        }
    }
    pcsc.release();
    return found;
}

}
