#include "auth/piv_card.h"

#include "auth/piv_commands.h"
#include "core/tls/hex.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace auth {

namespace {

using base::Errc;
using base::Error;
using View = PivView;

constexpr std::size_t ShortestSecret = 6;
constexpr std::size_t LongestSecret = PivSecretSize;
constexpr std::size_t GuidSize = 16;

constexpr std::array<std::uint8_t, 11> GetChuid{0x00, 0xcb, 0x3f, 0xff, 0x05, 0x5c, 0x03, 0x5f, 0xc1, 0x02, 0x00};
constexpr std::array<std::uint8_t, 9> GetDiscovery{0x00, 0xcb, 0x3f, 0xff, 0x03, 0x5c, 0x01, 0x7e, 0x00};
constexpr std::array<std::uint8_t, 5> GetYubicoSerial{0x00, 0xf8, 0x00, 0x00, 0x00};

std::string guidOf(View chuid)
{
    constexpr std::uint8_t guidTag = 0x34;
    const View guid = pivValue(chuid, guidTag);
    // Some cards are issued with a CHUID in which nobody has filled in the GUID.
    const bool filled = std::any_of(guid.begin(), guid.end(), [](std::uint8_t byte) { return byte != 0; });
    return guid.size() == GuidSize && filled ? tls::hexOf(guid) : std::string();
}

/// The agency's number for the card. Others fill in agency, system and credential 9999, 9999 and 999999, each the same.
std::string fascNOf(View chuid)
{
    constexpr std::uint8_t fascNTag = 0x30;
    constexpr std::size_t fascNSize = 25;
    constexpr std::array<std::uint8_t, 5> noAgency{0xd4, 0xe7, 0x39, 0xda, 0x73}; // start, 9999, end, 99
    const View number = pivValue(chuid, fascNTag);
    const bool filled = std::any_of(number.begin(), number.end(), [](std::uint8_t byte) { return byte != 0; });
    if (number.size() != fascNSize || !filled || std::equal(noAgency.begin(), noAgency.end(), number.begin()))
        return {};
    return tls::hexOf(number);
}

std::string serialOf(View bytes)
{
    if (bytes.size() != 4)
        return {};
    std::uint32_t serial = 0;
    for (const std::uint8_t byte : bytes)
        serial = serial * 256 + byte;
    return std::to_string(serial);
}

constexpr std::uint8_t GetMetadata = 0xf7; ///< of YubiKeys from firmware 5.3 on

/// Which PIN opens the card's keys (SP 800-73-4, part 1, 3.3.2). The application's, unless the card says that the whole
/// card's does, too, and that it is the one that people have: PKCS#11 modules then take that one.
base::Result<std::uint8_t> pinOf(CardChannel& card)
{
    constexpr std::array<std::uint8_t, 3> policyTag{0x5f, 0x2f, 0x02};
    constexpr std::uint8_t globalOpens = 0x20;
    constexpr std::uint8_t globalIsPrimary = 0x20;
    const auto told = askPiv(card, GetDiscovery);
    if (!told)
        return told.error();
    const View content = told->status == PivDone ? pivValue(told->data, 0x7e) : View();
    const auto found = std::search(content.begin(), content.end(), policyTag.begin(), policyTag.end());
    const View policy = content.subspan(static_cast<std::size_t>(found - content.begin()));
    const bool isGlobal = policy.size() >= 5 && (policy[3] & globalOpens) != 0 && policy[4] == globalIsPrimary;
    return isGlobal ? PivGlobalPin : PivApplicationPin;
}

/// The tries of that PIN, which every card tells of.
base::Result<std::optional<int>> pinTries(CardChannel& card, std::uint8_t pin)
{
    const std::array<std::uint8_t, 4> askTries{0x00, 0x20, 0x00, pin};
    const auto asked = askPiv(card, PivView(askTries));
    if (!asked)
        return asked.error();
    return asked->tries();
}

base::Result<std::optional<bool>> factoryPin(CardChannel& card)
{
    constexpr std::uint8_t isDefaultTag = 0x05;
    const auto told = askPiv(card, PivCommand{GetMetadata, 0x00, PivApplicationPin, {}});
    if (!told)
        return told.error();
    const View isDefault = told->status == PivDone ? pivValue(told->data, isDefaultTag) : View();
    return isDefault.size() == 1 ? std::optional<bool>(isDefault[0] != 0) : std::nullopt;
}

base::Result<std::optional<int>> pukTries(CardChannel& card, std::uint8_t)
{
    constexpr std::uint8_t puk = 0x81;
    constexpr std::uint8_t retriesTag = 0x06; // at most, and left
    const auto told = askPiv(card, PivCommand{GetMetadata, 0x00, puk, {}});
    if (!told)
        return told.error();
    const View retries = told->status == PivDone ? pivValue(told->data, retriesTag) : View();
    return retries.size() == 2 ? std::optional<int>(retries[1]) : std::nullopt;
}

/// One command with two secrets. The card is ours, and PIV is selected.
base::Result<PivResponse> giveSecrets(CardChannel& card, char instruction, std::uint8_t pin,
    const base::SecretBytes& first, const base::SecretBytes& second)
{
    base::SecretBytes command;
    const std::array<char, 5> header{'\x00', instruction, '\x00', static_cast<char>(pin), 2 * LongestSecret};
    if (!command.append(header) || !appendPivSecret(command, first) || !appendPivSecret(command, second))
        return Error{Errc::Internal, "a card command that does not fit"};
    const std::string_view bytes = command.reveal();
    return askPiv(card, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

/// What the person gives and how it may be refused.
struct Given {
    const char* name;
    char instruction;
    Errc wrong;
    Errc blocked;
    base::Result<std::optional<int>> (*tries)(CardChannel&, std::uint8_t pin);
};

PinSetting setPin(CardChannel& card, const Given& given, const base::SecretBytes& secret, const base::SecretBytes& next,
    rfq::LastTry lastTry)
{
    if (auto fits = checkPivSecret(secret, given.name); !fits)
        return {fits, {}};
    if (auto fits = checkPivSecret(next, "new PIN"); !fits)
        return {fits, {}};
    if (auto claimed = card.claim(); !claimed)
        return {claimed.error(), {}};
    if (auto selected = selectPiv(card); !selected)
        return {selected.error(), {}};
    const auto pin = pinOf(card);
    if (!pin)
        return {pin.error(), {}};
    if (*pin != PivApplicationPin && given.wrong == Errc::PukWrong)
        return {
            Error{Errc::Unsupported,
                "the PIN of this card is that of the whole card, which the PUK of PIV does not unblock; nothing was "
                "tried. The tool of the card's maker does it"},
            {}};
    const std::string name = given.name;
    const auto before = given.tries(card, *pin);
    if (!before)
        return {before.error(), {}};
    if (*before == 1 && lastTry == rfq::LastTry::NotConfirmed)
        return {Error{Errc::PinLastTry, "one try is left before the card blocks its " + name + "; nothing was tried"},
            *before};
    const auto response = giveSecrets(card, given.instruction, *pin, secret, next);
    if (!response)
        return {response.error(), {}};
    if (response->status == PivDone)
        return {base::Ok{}, {}};
    // YubiKeys from 5.7 on and cards of the US government refuse simple ones, and letters.
    if (response->status == PivConditions || response->status == PivWrongData)
        return {
            Error{Errc::InvalidInput,
                "the card does not take the new PIN: too simple for it, or it wants digits only; choose another one"},
            {}};
    if (!response->isRefused())
        return {pivStatusError(response->status, "setting the PIN"), {}};
    const auto tries = response->tries();
    if (tries == 0)
        return {Error{given.blocked, "the card has blocked its " + name}, 0};
    return {Error{given.wrong, "the card refuses the " + name + triesText(tries)}, tries};
}

}

std::string triesText(std::optional<int> tries)
{
    return tries ? "; tries left: " + std::to_string(*tries) : std::string();
}

base::Status checkPivSecret(const base::SecretBytes& secret, const std::string& what)
{
    const std::string_view text = secret.reveal();
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (text.size() >= ShortestSecret && text.size() <= LongestSecret && printable)
        return base::Ok{};
    return Error{Errc::InvalidInput,
        "the " + what + " of a PIV card has 6 to 8 digits or ASCII characters without blanks; nothing was tried"};
}

base::Result<PivFacts> readPivFacts(CardChannel& card)
{
    if (auto selected = selectPiv(card); !selected)
        return selected.error();
    PivFacts facts;
    const auto chuid = askPiv(card, GetChuid);
    if (!chuid)
        return chuid.error();
    constexpr std::uint8_t objectTag = 0x53;
    if (chuid->status == PivDone) {
        const View content = pivValue(chuid->data, objectTag);
        facts.guid = guidOf(content);
        facts.fascN = fascNOf(content);
    } else if (chuid->status != PivNotFound && chuid->status != PivNoSuchKey && chuid->status != PivNotAllowed)
        return pivStatusError(chuid->status, "reading the card's CHUID");
    const auto serial = askPiv(card, GetYubicoSerial);
    if (!serial)
        return serial.error();
    if (serial->status == PivDone)
        facts.serial = serialOf(serial->data);
    const auto pin = pinOf(card);
    if (!pin)
        return pin.error();
    facts.pin = *pin;
    const auto tries = pinTries(card, *pin);
    if (!tries)
        return tries.error();
    facts.pinTries = *tries;
    if (facts.serial.empty())
        return facts; // not Yubico's: its commands may mean something else there
    const auto isFactory = factoryPin(card);
    if (!isFactory)
        return isFactory.error();
    facts.factoryPin = *isFactory;
    return facts;
}

PinSetting changePivPin(
    CardChannel& card, const base::SecretBytes& old, const base::SecretBytes& next, rfq::LastTry lastTry)
{
    if (old.reveal() == next.reveal())
        return {Error{Errc::InvalidInput, "the new PIN is the old one; nothing was tried"}, {}};
    return setPin(card, {"PIN", '\x24', Errc::PinWrong, Errc::PinBlocked, pinTries}, old, next, lastTry);
}

PinSetting unblockPivPin(
    CardChannel& card, const base::SecretBytes& puk, const base::SecretBytes& next, rfq::LastTry lastTry)
{
    return setPin(card, {"PUK", '\x2c', Errc::PukWrong, Errc::PukBlocked, pukTries}, puk, next, lastTry);
}

}
