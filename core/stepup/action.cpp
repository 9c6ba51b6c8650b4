#include "core/stepup/action.h"

#include "core/base/overloaded.h"
#include "core/stepup/canonical.h"

namespace stepup {

namespace {

constexpr std::string_view ActionHeading = "countersign.action.v1";
constexpr std::uint8_t KindTag = 0;

enum class Kind : std::uint8_t {
    OpenSession = 1,
    ArmTicket = 2,
    AcceptQuote = 3,
    ChangeSettings = 4,
    EnrolKey = 5,
    RenameKey = 6,
    RemoveKey = 7
};

FieldWriter writerOf(Kind kind)
{
    FieldWriter fields(ActionHeading);
    fields.number(KindTag, static_cast<std::uint8_t>(kind), 1);
    return fields;
}

Bytes write(const OpenSession& action)
{
    FieldWriter fields = writerOf(Kind::OpenSession);
    fields.text(1, action.venue);
    fields.text(2, action.user);
    return std::move(fields).take();
}

Bytes write(const ArmTicket& action)
{
    FieldWriter fields = writerOf(Kind::ArmTicket);
    fields.text(1, action.instrument);
    fields.text(2, action.settlement);
    fields.text(3, action.account);
    fields.text(4, action.currency);
    fields.decimal(5, action.maxQuantity);
    if (action.buyAtMost)
        fields.decimal(6, *action.buyAtMost);
    if (action.sellAtLeast)
        fields.decimal(7, *action.sellAtLeast);
    fields.texts(8, action.dealers);
    fields.time(9, action.from);
    fields.time(10, action.to);
    fields.number(11, action.uses, 4);
    return std::move(fields).take();
}

Bytes write(const AcceptQuote& action)
{
    FieldWriter fields = writerOf(Kind::AcceptQuote);
    fields.text(1, action.quoteId);
    fields.text(2, action.dealer);
    fields.text(3, action.instrument);
    fields.text(4, action.settlement);
    fields.text(5, action.account);
    fields.number(6, static_cast<std::uint8_t>(action.side), 1);
    fields.text(7, action.currency);
    fields.decimal(8, action.quantity);
    fields.decimal(9, action.price);
    fields.time(10, action.validUntil);
    return std::move(fields).take();
}

Bytes write(const ChangeSettings& action)
{
    FieldWriter fields = writerOf(Kind::ChangeSettings);
    std::vector<std::string> triples;
    for (const auto& change : action.changes)
        triples.insert(triples.end(), {change.name, change.before, change.after});
    fields.texts(1, triples);
    return std::move(fields).take();
}

Bytes write(const EnrolKey& action)
{
    FieldWriter fields = writerOf(Kind::EnrolKey);
    fields.text(1, action.user);
    fields.text(2, action.keyName);
    return std::move(fields).take();
}

Bytes write(const RenameKey& action)
{
    FieldWriter fields = writerOf(Kind::RenameKey);
    fields.text(1, action.user);
    fields.bytes(2, action.credential);
    fields.text(3, action.keyName);
    fields.text(4, action.newName);
    return std::move(fields).take();
}

Bytes write(const RemoveKey& action)
{
    FieldWriter fields = writerOf(Kind::RemoveKey);
    fields.text(1, action.user);
    fields.bytes(2, action.credential);
    fields.text(3, action.keyName);
    return std::move(fields).take();
}

// Braces of an initialiser are evaluated from left to right: the order of the members is that of the tags.

Action readOpenSession(FieldReader& fields)
{
    return OpenSession{.venue = fields.text(1), .user = fields.text(2)};
}

Action readArmTicket(FieldReader& fields)
{
    return ArmTicket{.instrument = fields.text(1),
        .settlement = fields.text(2),
        .account = fields.text(3),
        .currency = fields.text(4),
        .maxQuantity = fields.decimal(5),
        .buyAtMost = fields.optionalDecimal(6),
        .sellAtLeast = fields.optionalDecimal(7),
        .dealers = fields.texts(8),
        .from = fields.time(9),
        .to = fields.time(10),
        .uses = static_cast<std::uint32_t>(fields.number(11, 4))};
}

Action readAcceptQuote(FieldReader& fields)
{
    return AcceptQuote{.quoteId = fields.text(1),
        .dealer = fields.text(2),
        .instrument = fields.text(3),
        .settlement = fields.text(4),
        .account = fields.text(5),
        .side = static_cast<Side>(fields.number(6, 1)),
        .currency = fields.text(7),
        .quantity = fields.decimal(8),
        .price = fields.decimal(9),
        .validUntil = fields.time(10)};
}

std::optional<Action> readChangeSettings(FieldReader& fields)
{
    const auto triples = fields.texts(1);
    if (triples.size() % 3 != 0)
        return std::nullopt;
    ChangeSettings action;
    for (std::size_t i = 0; i < triples.size(); i += 3)
        action.changes.push_back({.name = triples[i], .before = triples[i + 1], .after = triples[i + 2]});
    return action;
}

Action readEnrolKey(FieldReader& fields)
{
    return EnrolKey{.user = fields.text(1), .keyName = fields.text(2)};
}

Bytes bytesIn(FieldReader& fields, std::uint8_t tag)
{
    const ByteView bytes = fields.bytes(tag);
    return {bytes.begin(), bytes.end()};
}

Action readRenameKey(FieldReader& fields)
{
    return RenameKey{
        .user = fields.text(1), .credential = bytesIn(fields, 2), .keyName = fields.text(3), .newName = fields.text(4)};
}

Action readRemoveKey(FieldReader& fields)
{
    return RemoveKey{.user = fields.text(1), .credential = bytesIn(fields, 2), .keyName = fields.text(3)};
}

std::optional<Action> readKind(FieldReader& fields)
{
    // A number from outside: what is no kind falls out of the switch.
    switch (static_cast<Kind>(fields.number(KindTag, 1))) {
    case Kind::OpenSession:
        return readOpenSession(fields);
    case Kind::ArmTicket:
        return readArmTicket(fields);
    case Kind::AcceptQuote:
        return readAcceptQuote(fields);
    case Kind::ChangeSettings:
        return readChangeSettings(fields);
    case Kind::EnrolKey:
        return readEnrolKey(fields);
    case Kind::RenameKey:
        return readRenameKey(fields);
    case Kind::RemoveKey:
        return readRemoveKey(fields);
    }
    return std::nullopt;
}

}

Scope scopeOf(const Action& action)
{
    return std::visit(
        base::Overloaded{[](const OpenSession&) { return Scope::Session; },
            [](const ArmTicket&) { return Scope::Ticket; }, [](const AcceptQuote&) { return Scope::Acceptance; },
            [](const ChangeSettings&) { return Scope::Settings; }, [](const EnrolKey&) { return Scope::Enrolment; },
            [](const RenameKey&) { return Scope::Settings; }, [](const RemoveKey&) { return Scope::Settings; }},
        action);
}

const char* scopeName(Scope scope)
{
    switch (scope) {
    case Scope::Session:
        return "session";
    case Scope::Ticket:
        return "ticket";
    case Scope::Acceptance:
        return "acceptance";
    case Scope::Settings:
        return "settings";
    case Scope::Enrolment:
        return "enrolment";
    }
    return "unknown";
}

base::Result<Bytes> canonicalBytes(const Action& action)
{
    if (const auto sound = checkAction(action); !sound)
        return sound.error();
    return std::visit([](const auto& kind) { return write(kind); }, action);
}

base::Result<Action> parseAction(ByteView bytes)
{
    FieldReader fields(bytes, ActionHeading);
    auto action = readKind(fields);
    if (!action || !fields.complete())
        return base::Error{base::Errc::InvalidInput, "the bytes of the action are not in canonical form"};
    if (const auto sound = checkAction(*action); !sound)
        return sound.error();
    return *std::move(action);
}

base::Result<Digest> actionDigest(const Action& action)
{
    const auto bytes = canonicalBytes(action);
    if (!bytes)
        return bytes.error();
    return sha256(*bytes);
}

}
