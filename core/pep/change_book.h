#pragma once

#include "core/base/clock.h"
#include "core/pep/identity_change.h"
#include "core/pep/identity_database.h"
#include "core/stepup/random_source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pep {

struct ChangeRow;

/// How many privileged persons a change needs that gives power.
enum class FourEyes {
    On, ///< two; one while there never were two
    Off, ///< one
};

enum class ChangeStep { Propose, Approve, Reject };

/// Who signed, by a certificate whose key made the signature. Whether they may, is judged here.
struct Signatory {
    stepup::UserId user;
    stepup::CertificateFingerprint certificate{};
};

/// One person's step, proven: the caller has verified that `by` signed exactly `statement`.
struct SignedStep {
    std::int64_t change = 0;
    ChangeStep step = ChangeStep::Propose;
    Signatory by;
    std::string statement;
    std::string signature; ///< kept as evidence
};

/// A change that waits.
struct PendingChange {
    std::int64_t number = 0;
    IdentityChange change;
    std::string draftedBy; ///< "account NAME"
    std::string proposer; ///< empty: nobody has signed it yet
    base::UtcTime until{}; ///< exclusive
};

enum class ChangeOutcome {
    Drafted, ///< waits for the person who proposes it
    Proposed, ///< waits for the second person
    Done,
    Rejected,
    Refused, ///< a step that did not count
};

/// What is told about changes: who, what and whom, and no quantity.
struct ChangeEvent {
    std::int64_t number = 0;
    base::UtcTime at{};
    std::int64_t change = 0; ///< 0: was done at once
    ChangeKind kind = ChangeKind::ChangeUser;
    ChangeOutcome outcome = ChangeOutcome::Done;
    std::string target{}; ///< the person; empty where only a certificate or a key is named
    std::string certificate{}; ///< fingerprint
    std::string credential{}; ///< base64url
    std::string role{};
    std::string segment{};
    std::string by{}; ///< a person, or "account NAME" of the server
    std::string second{};
    std::string reason{};

    friend bool operator==(const ChangeEvent&, const ChangeEvent&) = default;
};

/// What has become of a change.
struct ChangeAnswer {
    ChangeOutcome outcome = ChangeOutcome::Done;
    std::int64_t number = 0; ///< 0: was done at once
    base::UtcTime until{}; ///< of one that waits
};

/// Changes of the identity store and who must agree to them (docs/venue-access.md, 3). What takes power away is done at
/// once. What gives power waits for two privileged persons, each proven by a signature with a certificate that is
/// registered for them as one of a card: the first proposes, another one approves. Before anybody privileged was ever
/// registered it is done at once, and while there never were two one is enough; revoking or locking them changes
/// nothing of that. Everything is told: the enforcement point's recorder takes it from untold(). One thread.
class ChangeBook {
public:
    /// The references outlive it.
    ChangeBook(IdentityDatabase& database, stepup::RandomSource& random, const base::Clock& clock, FourEyes fourEyes);

    /// `account`: of the server, who asks. A change that cannot be done is refused at once. Errors: Io, NotFound,
    /// Duplicate, InvalidInput; Refused; LimitExceeded, while too many of that account wait that somebody has signed:
    /// never of an unlock.
    [[nodiscard]] base::Result<ChangeAnswer> submit(const IdentityChange& change, const std::string& account);

    /// In the order of their numbers.
    [[nodiscard]] base::Result<std::vector<PendingChange>> pending();
    /// The step that comes next. Errors: as for statement().
    [[nodiscard]] base::Result<ChangeStep> nextStep(std::int64_t number);
    /// The words that a person signs. Errors: Io; NotFound; Refused, where it is not waiting, or not for this step.
    [[nodiscard]] base::Result<std::string> statement(std::int64_t number, ChangeStep step);

    /// A refusal is told too. Errors: those of statement(); Refused, where this person may not, or is the first one
    /// once more; those of submit(), where it can no longer be done: it goes on waiting.
    [[nodiscard]] base::Result<ChangeAnswer> take(const SignedStep& step);
    /// A step whose proof was no good. `by`: whose it seemed to be. Errors: Io.
    [[nodiscard]] base::Status refused(std::int64_t number, const std::string& by, const std::string& reason);

    [[nodiscard]] base::Result<std::vector<ChangeEvent>> untold();
    /// What has a number up to this one is written down elsewhere. Errors: Io.
    [[nodiscard]] base::Status told(std::int64_t upTo);

private:
    [[nodiscard]] base::Result<int> needed();
    [[nodiscard]] base::Status performable(const IdentityChange& change);
    [[nodiscard]] base::Result<ChangeAnswer> draft(const IdentityChange& change, const std::string& account);
    /// So that a new one has its place: where too many of this account wait, the oldest of them that nobody has signed
    /// goes. Nobody's take the place of another account's.
    [[nodiscard]] base::Status makeRoom(const IdentityChange& change, const std::string& account);
    [[nodiscard]] base::Result<ChangeRow> waiting(std::int64_t number);
    [[nodiscard]] base::Status objectionTo(const Signatory& by);
    [[nodiscard]] base::Result<ChangeAnswer> takeStep(const SignedStep& step);
    [[nodiscard]] base::Result<ChangeAnswer> finish(
        const ChangeRow& row, const IdentityChange& change, const SignedStep& step);
    [[nodiscard]] base::Status tell(ChangeEvent event, const IdentityChange& change);

    IdentityDatabase& m_database;
    stepup::RandomSource& m_random;
    const base::Clock& m_clock;
    const FourEyes m_fourEyes;
};

// Stable names, for stores and JSON: "drafted"; "propose".
[[nodiscard]] const char* nameOf(ChangeOutcome outcome);
[[nodiscard]] std::optional<ChangeOutcome> changeOutcomeOf(std::string_view name);
[[nodiscard]] const char* nameOf(ChangeStep step);
[[nodiscard]] std::optional<ChangeStep> changeStepOf(std::string_view name);

}
