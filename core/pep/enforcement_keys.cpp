#include "core/base/overloaded.h"
#include "core/pep/attempts.h"
#include "core/pep/enforcement_point.h"

#include <algorithm>
#include <utility>

/// What a person does with their own security keys once they are enrolled: looks at them, renames one, gives one up.
namespace pep {

using stepup::AccessOutcome;

void EnforcementPoint::listKeys(Session& session, const std::string& replyTo)
{
    auto notice = actionNotice(session, AccessOutcome::Allow);
    notice.keys.emplace();
    // Whose they are is said by the certificate of the connection, and by nothing in the question.
    for (const auto& key : m_directory.registry().of(session.facts.user)) {
        if (key.revokedAt || notice.keys->size() == stepup::MaxListedKeys)
            continue;
        notice.keys->push_back({.id = key.id,
            .name = key.name,
            .aaguid = key.aaguid,
            .enrolledAt = key.enrolledAt,
            .countsHere = key.certificate == session.facts.certificate,
            .lastUsedAt = key.lastUsedAt});
    }
    say(session, replyTo, fix::UserStatus::Allowed, "These are your security keys.", notice);
}

std::vector<stepup::CredentialId> EnforcementPoint::answering(
    const Session& session, const stepup::Action& action) const
{
    auto usable = m_directory.registry().usable(session.facts.user, session.facts.certificate);
    // Who gives a key up proves with another one that this one may go: a stolen key removes nobody else's, and the
    // last one stays.
    if (const auto* removal = std::get_if<stepup::RemoveKey>(&action))
        std::erase(usable, removal->credential);
    return usable;
}

std::optional<EnforcementPoint::Objection> EnforcementPoint::objectionTo(const Session& session,
    const std::string& user, const stepup::CredentialId& credential, const std::string& name) const
{
    if (user != session.facts.user.text())
        return Objection{"other-user", "one changes one's own keys only"};
    if (const auto missing = missingEntitlement(session, attemptToEnrol()))
        return Objection{zerotrust::refusalName(missing->code), missing->detail};
    const stepup::Credential* key = m_directory.registry().find(credential);
    if (!key || key->user != session.facts.user || key->revokedAt)
        return Objection{"key-unknown", "you have no such key here"};
    // The person approves what they read: it must be this key's name.
    if (key->name != name)
        return Objection{"key-renamed", "that key is called something else by now; look again"};
    return std::nullopt;
}

void EnforcementPoint::changeKey(Session& session, const std::string& replyTo, const stepup::Approval& approval)
{
    // Time has passed since it was asked for, and another session may have changed the same keys.
    auto why = objectionTo(session, approval.action);
    const auto mayAnswer = answering(session, approval.action);
    if (!why && std::find(mayAnswer.begin(), mayAnswer.end(), approval.credential) == mayAnswer.end())
        why = Objection{"last-key", "the key that approved it cannot approve that"};
    if (why) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = "not-entitled";
        record(EventKind::EntitlementMissing, Severity::Warning, session, {{"action", "settings"}, {"why", why->name}},
            notice.reference);
        return say(session, replyTo, fix::UserStatus::Refused,
            "The security key stays as it is: " + why->words + ". Reference " + notice.reference + '.', notice);
    }
    std::visit(base::Overloaded{
                   [&](const stepup::RenameKey& key) {
                       endKeyChange(session, replyTo, EventKind::KeyRenamed, key.credential, key.newName,
                           m_around.identities.rename(key.credential, key.newName));
                   },
                   [&](const stepup::RemoveKey& key) {
                       endKeyChange(session, replyTo, EventKind::KeyRevoked, key.credential, key.keyName,
                           m_around.identities.revoke(key.credential, m_around.clock.utc()));
                   },
                   [](const auto&) { /* never asked for with an assertion */ },
               },
        approval.action);
}

void EnforcementPoint::endKeyChange(Session& session, const std::string& replyTo, EventKind kind,
    const stepup::CredentialId& credential, const std::string& name, const base::Status& kept)
{
    const bool isRemoved = kind == EventKind::KeyRevoked;
    auto notice = actionNotice(session, kept ? AccessOutcome::Allow : AccessOutcome::Deny);
    if (!kept) {
        notice.refusal = "store-failed";
        record(EventKind::StoreFailed, Severity::Alert, session, {{"why", kept.error().detail}}, notice.reference);
        return say(session, replyTo, fix::UserStatus::Refused,
            "That cannot be written down: the security key stays as it is. Reference " + notice.reference + '.',
            notice);
    }
    auto& registry = m_directory.registry();
    static_cast<void>(
        isRemoved ? registry.revoke(credential, m_around.clock.utc()) : registry.rename(credential, name));
    record(kind, Severity::Notice, session, {{"credential", stepup::base64Url(credential)}, {"name", name}},
        notice.reference);
    const stepup::UserId user = session.facts.user;
    say(session, replyTo, fix::UserStatus::Allowed,
        isRemoved ? "The security key is removed." : "The security key is renamed.", notice);
    if (!isRemoved)
        return;
    // What was approved with it counts no longer, on whichever of the person's sessions.
    for (auto& [id, other] : m_sessions)
        if (other.facts.user == user)
            checkIdentity(other);
}

}
