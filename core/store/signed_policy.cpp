#include "core/store/signed_policy.h"

#include <vector>

namespace store {

std::optional<SignedPolicy> readSignedPolicy(const TomlTable& table, const std::optional<std::filesystem::path>& kept)
{
    const auto file = table.optional("policy").path();
    const TomlValue signature = table.optional("policy_signature");
    if (!file) {
        std::vector<const char*> others{"policy_id", "policy_signers", "policy_signature"};
        if (!kept)
            others.push_back("policy_kept");
        for (const char* key : others)
            if (const TomlValue value = table.optional(key); value.present())
                value.refuse("policy too, the file that this is about");
        return std::nullopt;
    }
    SignedPolicy policy;
    policy.id = table.required("policy_id").text().value_or("");
    policy.files = {.policy = *file,
        .signature = signature.path().value_or(std::filesystem::path(file->string() + ".cms")),
        .kept = kept ? *kept : table.required("policy_kept").path().value_or("")};
    policy.signers = table.required("policy_signers").path().value_or("");
    return policy;
}

}
