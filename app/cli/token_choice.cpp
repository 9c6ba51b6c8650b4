#include "app/cli/token_choice.h"

#include "app/cli/option_reader.h"

#include <vector>

namespace cli {

base::Result<rfq::TokenIdentity> tokenCalled(const std::string& name, const rfq::TokenStatus& found)
{
    std::vector<rfq::TokenIdentity> fitting;
    for (const rfq::TokenCandidate& candidate : found.candidates)
        fitting.push_back(candidate.identity);
    if (fitting.empty() && found.identity)
        fitting.push_back(*found.identity);
    const auto fingerprint = parseFingerprint(name);
    std::vector<rfq::TokenIdentity> meant;
    for (const rfq::TokenIdentity& one : fitting) {
        if (name == one.tokenSerial || name == one.card || (fingerprint && *fingerprint == one.fingerprint))
            meant.push_back(one);
    }
    if (meant.size() == 1)
        return meant.front();
    return base::Error{base::Errc::KeyNotFound,
        (meant.empty() ? "no token that fits the configuration has the serial or the fingerprint \""
                       : "several certificates that fit the configuration are on the token \"")
            + name
            + (meant.empty() ? "\"; `countersign-cli token status` shows those that fit. Nothing was tried"
                             : "\"; name one by its fingerprint. Nothing was tried")};
}

}
