#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stepup/device_certificate.h"
#include "core/stepup/device_quote.h"
#include "core/stepup/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a desk and a policy enforcement point (PEP) say to each other in RawData(96) of UserRequest(BE) and
/// UserResponse(BF): values, and their one spelling as text. docs/step-up-dialect.md.
namespace stepup {

struct PostureItem {
    std::string name;
    std::string value;

    friend bool operator==(const PostureItem&, const PostureItem&) = default;
};

/// Who asks to be let in, in its own words. Nothing here is proven but what quote and certificate prove: a PEP counts
/// the rest as self-reported.
struct ContextStatement {
    std::string program; ///< name and version
    std::vector<PostureItem> posture; ///< of the workstation; sorted by name, each name once
    std::optional<DeviceQuote> quote{}; ///< of its TPM, for quoteNonce(); absent where there is none
    std::optional<DeviceCertificate> certificate{}; ///< its own, for quoteNonce(); absent where there is none

    friend bool operator==(const ContextStatement&, const ContextStatement&) = default;
};

/// The connection on which a context is stated. Its channel binding is new for each, and both ends had a part in it:
/// that is what makes a quote fresh.
struct QuoteBinding {
    UserId user;
    std::string session; ///< as in Peer
    Digest channelBinding{}; ///< as in Peer

    friend bool operator==(const QuoteBinding&, const QuoteBinding&) = default;
};

/// The answer to a challenge that asks for an approval.
struct ChallengeAnswer {
    Digest challenge{}; ///< its bytes
    Assertion assertion;

    friend bool operator==(const ChallengeAnswer&, const ChallengeAnswer&) = default;
};

/// The answer to a challenge that asks to enrol.
struct NewKey {
    Digest challenge{}; ///< its bytes
    Registration registration;

    friend bool operator==(const NewKey&, const NewKey&) = default;
};

/// The desk would like to be challenged for this: an ArmTicket, an AcceptQuote, an EnrolKey, a
/// RenameKey or a RemoveKey.
struct ApprovalRequest {
    Action action;

    friend bool operator==(const ApprovalRequest&, const ApprovalRequest&) = default;
};

/// Which security keys the person of this session has here. There is nothing to ask about anybody else.
struct KeysRequest {
    friend bool operator==(const KeysRequest&, const KeysRequest&) = default;
};

using DeskPayload = std::variant<ContextStatement, ChallengeAnswer, NewKey, ApprovalRequest, KeysRequest>;

/// What a notice judges.
// g++ 12 takes a scoped enumerator for something that shadows the type of that name.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
enum class NoticeAbout : std::uint8_t { Session = 1, Action = 2 };
#pragma GCC diagnostic pop
enum class AccessOutcome : std::uint8_t { Allow = 1, StepUp = 2, Deny = 3, ViewOnly = 4 };

/// One line of a decision.
struct ScoreLine {
    std::string attribute;
    std::string condition;
    std::uint16_t score = 0;
    std::string evidence; ///< empty where there is nothing to say

    friend bool operator==(const ScoreLine&, const ScoreLine&) = default;
};

/// A security key of the person, as the server keeps it; none that was revoked.
struct ListedKey {
    CredentialId id;
    std::string name;
    Aaguid aaguid{}; ///< the model
    base::UtcTime enrolledAt{};
    bool countsHere = false; ///< enrolled under the certificate of this connection
    std::optional<base::UtcTime> lastUsedAt{}; ///< absent: not yet

    friend bool operator==(const ListedKey&, const ListedKey&) = default;
};

/// What the PEP decided, and what it wants.
struct Notice {
    NoticeAbout about = NoticeAbout::Session;
    AccessOutcome outcome = AccessOutcome::Deny;
    std::uint16_t score = 0;
    std::uint16_t stepUpFrom = 0; ///< the lowest score that is stepped up
    std::uint16_t denyFrom = 0; ///< the lowest score that is denied
    std::vector<ScoreLine> lines;
    std::string reference; ///< for the help desk; the audit trail has the same
    base::UtcTime evaluatedAt;
    std::optional<Challenge> challenge;
    std::optional<std::string> grant; ///< sealed
    std::optional<std::string> refusal; ///< stable name of why something was refused: "signature-wrong"
    std::optional<std::vector<ListedKey>> keys{}; ///< where they were asked for, sorted by id

    friend bool operator==(const Notice&, const Notice&) = default;
};

constexpr std::size_t MaxPostureItems = 64;
constexpr std::size_t MaxScoreLines = 32;
constexpr std::size_t MaxListedKeys = 16;
/// Characters of a payload. Nothing longer is looked at.
constexpr std::size_t MaxPayloadSize = 131'072;

/// Stable name, for logs and JSON: "allow", "step-up", "deny", "view-only".
[[nodiscard]] const char* outcomeName(AccessOutcome outcome);

/// What the TPM's quote in a context is asked to sign: this connection, and the statement without its quote. Errors:
/// InvalidInput, with the member that is not sound.
[[nodiscard]] base::Result<Digest> quoteNonce(const ContextStatement& context, const QuoteBinding& binding);

/// Errors: InvalidInput, with the member that is not sound.
[[nodiscard]] base::Result<std::string> payloadText(const DeskPayload& payload);
/// Reads exactly what payloadText() writes; the heading says which of them it is. Errors: InvalidInput.
[[nodiscard]] base::Result<DeskPayload> parseDeskPayload(std::string_view text);

/// Errors: InvalidInput, with the member that is not sound.
[[nodiscard]] base::Result<std::string> payloadText(const Notice& notice);
/// Reads exactly what payloadText() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<Notice> parseNotice(std::string_view text);

/// The bytes of a listed key, as they stand in a notice. Errors: InvalidInput.
[[nodiscard]] base::Result<Bytes> listedKeyBytes(const ListedKey& key);
/// Reads exactly what listedKeyBytes() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<ListedKey> parseListedKey(ByteView bytes);

/// The bytes of a challenge, as they stand in a notice. Errors: InvalidInput.
[[nodiscard]] base::Result<Bytes> challengeBytes(const Challenge& challenge);
/// Reads exactly what challengeBytes() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<Challenge> parseChallenge(ByteView bytes);

}
