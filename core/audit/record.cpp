#include "core/audit/record.h"

#include <algorithm>
#include <array>
#include <utility>

namespace audit {

namespace {

template <typename E>
struct Named {
    E value;
    std::string_view name;
};

constexpr std::array Kinds{Named<Kind>{Kind::TrailStarted, "trail-started"},
    Named<Kind>{Kind::ProgramStarted, "program-started"}, Named<Kind>{Kind::ProgramStopped, "program-stopped"},
    Named<Kind>{Kind::SessionOpened, "session-opened"}, Named<Kind>{Kind::SessionClosed, "session-closed"},
    Named<Kind>{Kind::SessionRefused, "session-refused"}, Named<Kind>{Kind::SessionRestricted, "session-restricted"},
    Named<Kind>{Kind::AccessDecision, "access-decision"}, Named<Kind>{Kind::StepUpAsked, "step-up-asked"},
    Named<Kind>{Kind::StepUpPassed, "step-up-passed"}, Named<Kind>{Kind::StepUpRefused, "step-up-refused"},
    Named<Kind>{Kind::EntitlementRefused, "entitlement-refused"}, Named<Kind>{Kind::MessageRefused, "message-refused"},
    Named<Kind>{Kind::AcceptanceAuthorised, "acceptance-authorised"},
    Named<Kind>{Kind::AcceptanceRefused, "acceptance-refused"}, Named<Kind>{Kind::Locked, "locked"},
    Named<Kind>{Kind::Unlocked, "unlocked"}, Named<Kind>{Kind::Alert, "alert"},
    Named<Kind>{Kind::PolicyLoaded, "policy-loaded"}, Named<Kind>{Kind::PolicyRefused, "policy-refused"},
    Named<Kind>{Kind::TokenEvent, "token-event"}, Named<Kind>{Kind::IdentityChanged, "identity-changed"},
    Named<Kind>{Kind::KeyEnrolled, "key-enrolled"}, Named<Kind>{Kind::KeyRevoked, "key-revoked"},
    Named<Kind>{Kind::CertificateChanged, "certificate-changed"},
    Named<Kind>{Kind::CertificateRevoked, "certificate-revoked"}};

constexpr std::array Severities{Named<Severity>{Severity::Info, "info"}, Named<Severity>{Severity::Notice, "notice"},
    Named<Severity>{Severity::Warning, "warning"}, Named<Severity>{Severity::Alert, "alert"}};

constexpr std::array Fields{Named<Field>{Field::Address, "address"}, Named<Field>{Field::Certificate, "certificate"},
    Named<Field>{Field::CertificateSubject, "certificate-subject"}, Named<Field>{Field::Tls, "tls"},
    Named<Field>{Field::Cipher, "cipher"}, Named<Field>{Field::Outcome, "outcome"},
    Named<Field>{Field::Scored, "scored"}, Named<Field>{Field::Score, "score"}, Named<Field>{Field::Signals, "signals"},
    Named<Field>{Field::Attributes, "attributes"}, Named<Field>{Field::Policy, "policy"},
    Named<Field>{Field::Scope, "scope"}, Named<Field>{Field::Action, "action"},
    Named<Field>{Field::ActionDigest, "action-digest"}, Named<Field>{Field::ClientData, "client-data"},
    Named<Field>{Field::AuthenticatorData, "authenticator-data"}, Named<Field>{Field::Signature, "signature"},
    Named<Field>{Field::Credential, "credential"}, Named<Field>{Field::Model, "model"},
    Named<Field>{Field::Device, "device"}, Named<Field>{Field::Country, "country"},
    Named<Field>{Field::Instrument, "instrument"}, Named<Field>{Field::Dealer, "dealer"},
    Named<Field>{Field::MessageType, "message-type"}, Named<Field>{Field::Rule, "rule"},
    Named<Field>{Field::Target, "target"}, Named<Field>{Field::Role, "role"}, Named<Field>{Field::Segment, "segment"},
    Named<Field>{Field::By, "by"}, Named<Field>{Field::Second, "second"}, Named<Field>{Field::Attempts, "attempts"},
    Named<Field>{Field::Error, "error"}, Named<Field>{Field::Reason, "reason"}, Named<Field>{Field::Version, "version"},
    Named<Field>{Field::Trail, "trail"}};

constexpr std::array AllKinds = [] {
    std::array<Kind, Kinds.size()> kinds{};
    for (std::size_t i = 0; i < Kinds.size(); ++i)
        kinds[i] = Kinds[i].value;
    return kinds;
}();

template <typename Names, typename E>
std::string_view nameIn(const Names& names, E value)
{
    for (const auto& entry : names) {
        if (entry.value == value)
            return entry.name;
    }
    return {};
}

template <typename E, typename Names>
std::optional<E> valueIn(const Names& names, std::string_view name)
{
    for (const auto& entry : names) {
        if (entry.name == name)
            return entry.value;
    }
    return std::nullopt;
}

namespace allowed {

using enum Field;

constexpr std::array OfTrail{Version, Trail};
constexpr std::array OfProgram{Reason, Version};
constexpr std::array OfSession{Address, Certificate, CertificateSubject, Tls, Cipher, Segment, Error, Reason};
constexpr std::array OfRefusedSession{
    Address, Certificate, CertificateSubject, Tls, Cipher, Segment, Attempts, Error, Reason};
constexpr std::array OfRestriction{Address, Certificate, CertificateSubject, Outcome, Scored, Score, Signals,
    Attributes, Policy, Device, Country, Segment, Error, Reason};
constexpr std::array OfDecision{Address, Certificate, CertificateSubject, Outcome, Scored, Score, Signals, Attributes,
    Policy, Action, Device, Country, Segment, Error, Reason};
constexpr std::array OfStepUp{Address, Certificate, Scope, Action, ActionDigest, ClientData, AuthenticatorData,
    Signature, Credential, Model, Segment, Error, Reason};
constexpr std::array OfRefusedAction{
    Address, Certificate, Scope, Action, Instrument, Dealer, MessageType, Role, Segment, Error, Reason};
constexpr std::array OfAcceptance{Address, Certificate, Outcome, Scored, Score, Signals, Attributes, Policy, Scope,
    ActionDigest, Credential, Device, Country, Instrument, Dealer, Segment, Error, Reason};
constexpr std::array OfResponse{Address, Certificate, CertificateSubject, Outcome, Policy, Credential, Rule, Target,
    Segment, By, Second, Attempts, Error, Reason};
constexpr std::array OfPolicy{Policy, Segment, By, Second, Error, Reason};
constexpr std::array OfToken{Address, Certificate, CertificateSubject, Outcome, Credential, Attempts, Error, Reason};
constexpr std::array OfChange{Address, Certificate, CertificateSubject, Outcome, Action, ActionDigest, Credential,
    Model, Target, Role, Segment, By, Second, Error, Reason};

}

}

std::string_view nameOf(Kind kind)
{
    return nameIn(Kinds, kind);
}

std::string_view nameOf(Severity severity)
{
    return nameIn(Severities, severity);
}

std::string_view nameOf(Field field)
{
    return nameIn(Fields, field);
}

std::optional<Kind> kindFrom(std::string_view name)
{
    return valueIn<Kind>(Kinds, name);
}

std::optional<Severity> severityFrom(std::string_view name)
{
    return valueIn<Severity>(Severities, name);
}

std::optional<Field> fieldFrom(std::string_view name)
{
    return valueIn<Field>(Fields, name);
}

std::span<const Kind> allKinds()
{
    return AllKinds;
}

std::span<const Field> allowedFields(Kind kind)
{
    using namespace allowed;
    switch (kind) {
    case Kind::TrailStarted:
        return OfTrail;
    case Kind::ProgramStarted:
    case Kind::ProgramStopped:
        return OfProgram;
    case Kind::SessionOpened:
    case Kind::SessionClosed:
        return OfSession;
    case Kind::SessionRefused:
        return OfRefusedSession;
    case Kind::SessionRestricted:
        return OfRestriction;
    case Kind::AccessDecision:
        return OfDecision;
    case Kind::StepUpAsked:
    case Kind::StepUpPassed:
    case Kind::StepUpRefused:
        return OfStepUp;
    case Kind::EntitlementRefused:
    case Kind::MessageRefused:
        return OfRefusedAction;
    case Kind::AcceptanceAuthorised:
    case Kind::AcceptanceRefused:
        return OfAcceptance;
    case Kind::Locked:
    case Kind::Unlocked:
    case Kind::Alert:
        return OfResponse;
    case Kind::PolicyLoaded:
    case Kind::PolicyRefused:
        return OfPolicy;
    case Kind::TokenEvent:
        return OfToken;
    case Kind::IdentityChanged:
    case Kind::KeyEnrolled:
    case Kind::KeyRevoked:
    case Kind::CertificateChanged:
    case Kind::CertificateRevoked:
        return OfChange;
    }
    return {};
}

}
