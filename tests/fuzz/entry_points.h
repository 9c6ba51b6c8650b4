#pragma once

#include <array>
#include <string_view>

/// What is fed with arbitrary bytes: by libFuzzer (one program each) and, with a small corpus and its mutations, by a
/// unit test of every build. Each aborts with a sentence on stderr where a promise of the code does not hold. In
/// messages '|' stands for SOH, so that a corpus file is readable text.
namespace fuzz {

void takerDecode(std::string_view bytes);
void makerDecode(std::string_view bytes);
void framer(std::string_view bytes);
void decimal(std::string_view bytes);
void time(std::string_view bytes);
void amount(std::string_view bytes);
void authenticatorData(std::string_view bytes);
void attestation(std::string_view bytes);
void coseKey(std::string_view bytes);
void action(std::string_view bytes);
void grant(std::string_view bytes);
void clientData(std::string_view bytes);
void accessPolicy(std::string_view bytes);
void networkAddress(std::string_view bytes);
void stepUpDialect(std::string_view bytes);
void userRequest(std::string_view bytes);
void auditRecord(std::string_view bytes);
void pivCard(std::string_view bytes);
void cardCertificate(std::string_view bytes);
void attestedRequest(std::string_view bytes);
void ocspAnswer(std::string_view bytes);
void revocationList(std::string_view bytes);
void policySignature(std::string_view bytes);
void deviceQuote(std::string_view bytes);
void deviceCertificate(std::string_view bytes);

struct EntryPoint {
    const char* name; ///< of the corpus folder too
    void (*run)(std::string_view bytes);
    int cost = 1; ///< the replay runs so many times fewer mutations
};

inline constexpr std::array EntryPoints{EntryPoint{"taker", takerDecode}, EntryPoint{"maker", makerDecode},
    EntryPoint{"framer", framer}, EntryPoint{"decimal", decimal}, EntryPoint{"time", time},
    EntryPoint{"amount", amount}, EntryPoint{"authenticator_data", authenticatorData},
    EntryPoint{"attestation", attestation}, EntryPoint{"cose_key", coseKey}, EntryPoint{"action", action},
    EntryPoint{"grant", grant}, EntryPoint{"client_data", clientData}, EntryPoint{"access_policy", accessPolicy},
    EntryPoint{"network_address", networkAddress}, EntryPoint{"stepup_dialect", stepUpDialect},
    EntryPoint{"user_request", userRequest}, EntryPoint{"audit_record", auditRecord}, EntryPoint{"piv_card", pivCard},
    EntryPoint{"card_certificate", cardCertificate, 4}, EntryPoint{"attested_request", attestedRequest, 4},
    EntryPoint{"ocsp_answer", ocspAnswer, 4}, EntryPoint{"revocation_list", revocationList, 16},
    EntryPoint{"policy_signature", policySignature, 4}, EntryPoint{"device_quote", deviceQuote},
    EntryPoint{"device_certificate", deviceCertificate, 4}};

}
