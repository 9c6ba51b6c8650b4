#include "core/pep/identity_change.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pep {

namespace {

using zerotrust::Entitlement;

constexpr std::array Kinds{ChangeKind::AddUser, ChangeKind::ChangeUser, ChangeKind::UnlockUser,
    ChangeKind::AddCertificate, ChangeKind::ChangeCertificate, ChangeKind::ImportCredential, ChangeKind::LockUser,
    ChangeKind::RevokeUser, ChangeKind::RevokeCertificate, ChangeKind::RevokeCredential, ChangeKind::RenameCredential};

template <typename Set>
bool isWithin(const Set& wider, const Set& narrower)
{
    return std::includes(wider.begin(), wider.end(), narrower.begin(), narrower.end());
}

bool namesWithin(const zerotrust::Names& wider, const zerotrust::Names& narrower)
{
    return wider.contains(zerotrust::Any) || isWithin(wider, narrower);
}

bool isWithin(const Entitlement& wider, const Entitlement& narrower)
{
    const bool quantities =
        std::all_of(narrower.maxQuantity.begin(), narrower.maxQuantity.end(), [&](const auto& quantity) {
            const auto before = wider.maxQuantity.find(quantity.first);
            return before != wider.maxQuantity.end() && quantity.second <= before->second;
        });
    return quantities && isWithin(wider.activities, narrower.activities)
        && namesWithin(wider.instruments, narrower.instruments) && isWithin(wider.sides, narrower.sides)
        && namesWithin(wider.dealers, narrower.dealers);
}

void apply(Entitlement& entitlement, const EntitlementParts& parts)
{
    entitlement.activities = parts.activities.value_or(entitlement.activities);
    entitlement.instruments = parts.instruments.value_or(entitlement.instruments);
    entitlement.sides = parts.sides.value_or(entitlement.sides);
    entitlement.maxQuantity = parts.maxQuantity.value_or(entitlement.maxQuantity);
    entitlement.dealers = parts.dealers.value_or(entitlement.dealers);
}

bool widens(const IdentityChange& change, const std::optional<UserRecord>& before)
{
    const UserRecord old = before.value_or(UserRecord{});
    if ((change.role && *change.role != old.role) || (change.enrolFor && change.enrolFor->count() > 0))
        return true;
    if (!change.entitlement)
        return false;
    const auto held = old.entitlements.find({old.user.text(), change.entitlement->segment});
    const Entitlement wide = held == old.entitlements.end() ? Entitlement{} : held->second;
    Entitlement wanted = wide;
    apply(wanted, *change.entitlement);
    return !isWithin(wide, wanted);
}

}

const char* nameOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::AddUser:
        return "user-add";
    case ChangeKind::ChangeUser:
        return "user-change";
    case ChangeKind::UnlockUser:
        return "user-unlock";
    case ChangeKind::AddCertificate:
        return "certificate-add";
    case ChangeKind::ChangeCertificate:
        return "certificate-change";
    case ChangeKind::ImportCredential:
        return "credential-import";
    case ChangeKind::LockUser:
        return "user-lock";
    case ChangeKind::RevokeUser:
        return "user-revoke";
    case ChangeKind::RevokeCertificate:
        return "certificate-revoke";
    case ChangeKind::RevokeCredential:
        return "credential-revoke";
    case ChangeKind::RenameCredential:
        return "credential-rename";
    }
    return "";
}

std::optional<ChangeKind> changeKindOf(std::string_view name)
{
    for (const ChangeKind kind : Kinds)
        if (name == nameOf(kind))
            return kind;
    return std::nullopt;
}

UserRecord changed(UserRecord user, const IdentityChange& change, base::UtcTime now)
{
    user.role = change.role.value_or(user.role);
    if (change.enrolFor)
        user.enrolUntil = change.enrolFor->count() > 0 ? std::optional(now + *change.enrolFor) : std::nullopt;
    if (change.entitlement)
        apply(user.entitlements[{user.user.text(), change.entitlement->segment}], *change.entitlement);
    return user;
}

bool givesPower(const IdentityChange& change, const std::optional<UserRecord>& before)
{
    switch (change.kind) {
    case ChangeKind::AddUser:
    case ChangeKind::UnlockUser:
    case ChangeKind::AddCertificate:
    case ChangeKind::ChangeCertificate:
    case ChangeKind::ImportCredential:
        return true;
    case ChangeKind::ChangeUser:
        return widens(change, before);
    case ChangeKind::LockUser:
    case ChangeKind::RevokeUser:
    case ChangeKind::RevokeCertificate:
    case ChangeKind::RevokeCredential:
    case ChangeKind::RenameCredential:
        return false;
    }
    return true;
}

}
