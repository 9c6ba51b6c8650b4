#include "core/store/journal_schema.h"

#include <array>
#include <cstddef>

namespace store {

namespace {

/// Prices and quantities are text: digit for digit what was displayed and sent. Times are microseconds since 1970 UTC.
constexpr const char* Version1 = R"(
CREATE TABLE request(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    symbol TEXT NOT NULL,
    pip_decimals INTEGER NOT NULL,
    price_decimals INTEGER NOT NULL,
    spot_days INTEGER NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    limit_price TEXT,
    life_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    closed_us INTEGER
) STRICT;
CREATE TABLE request_dealer(
    request TEXT NOT NULL REFERENCES request(id),
    position INTEGER NOT NULL,
    dealer TEXT NOT NULL,
    PRIMARY KEY(request, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE acceptance(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL REFERENCES request(id),
    quote TEXT NOT NULL,
    dealer TEXT NOT NULL,
    session TEXT NOT NULL,
    symbol TEXT NOT NULL,
    pip_decimals INTEGER NOT NULL,
    price_decimals INTEGER NOT NULL,
    spot_days INTEGER NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    price TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    displayed_bid TEXT,
    displayed_offer TEXT,
    displayed_bid_size TEXT,
    displayed_offer_size TEXT,
    displayed_value_date TEXT,
    displayed_sent_us INTEGER,
    displayed_valid_until_us INTEGER,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    clicked_us INTEGER NOT NULL,
    moved_us INTEGER NOT NULL
) STRICT;
CREATE INDEX acceptance_request ON acceptance(request);
CREATE INDEX acceptance_state ON acceptance(state);
CREATE TABLE trade(
    sequence INTEGER PRIMARY KEY,
    acceptance TEXT NOT NULL,
    request TEXT NOT NULL,
    exec_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    dealer TEXT NOT NULL,
    symbol TEXT NOT NULL,
    pip_decimals INTEGER NOT NULL,
    price_decimals INTEGER NOT NULL,
    spot_days INTEGER NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    price TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    time_us INTEGER NOT NULL,
    discrepancy TEXT NOT NULL
) STRICT;
CREATE INDEX trade_request ON trade(request);
)";

/// Everything that an acceptance went through, what was learnt about its outcome and who decided. The tables without an
/// UPDATE in the program are histories: acceptance_move, trade_before, evidence, outcome_closing, twin_consent.
/// What an older version did not record is empty or absent, never made up.
constexpr const char* Version2 = R"(
ALTER TABLE acceptance ADD COLUMN category TEXT NOT NULL DEFAULT 'none';
ALTER TABLE acceptance ADD COLUMN clicked_steady_ns INTEGER; -- monotonic clock of that start of the computer
ALTER TABLE acceptance ADD COLUMN message BLOB NOT NULL DEFAULT x''; -- the application message, SOH behind each field
ALTER TABLE acceptance ADD COLUMN trader TEXT NOT NULL DEFAULT '';
ALTER TABLE acceptance ADD COLUMN trader_fingerprint TEXT NOT NULL DEFAULT '';
ALTER TABLE acceptance ADD COLUMN seq_num INTEGER; -- MsgSeqNum(34)
ALTER TABLE acceptance ADD COLUMN their_next INTEGER;
ALTER TABLE acceptance ADD COLUMN written_us INTEGER;
ALTER TABLE acceptance ADD COLUMN numbers_reset_us INTEGER; -- from then on seq_num and their_next prove nothing
UPDATE acceptance SET category = 'unknown' WHERE state IN ('rejected', 'not-done');
DROP INDEX acceptance_state;
CREATE INDEX acceptance_open ON acceptance(request) WHERE state NOT IN
    ('filled', 'partly-filled', 'rejected', 'not-done', 'not-sent', 'not-received', 'closed', 'busted');
CREATE TABLE acceptance_move(
    sequence INTEGER PRIMARY KEY,
    acceptance TEXT NOT NULL REFERENCES acceptance(id),
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    category TEXT NOT NULL,
    time_us INTEGER NOT NULL
) STRICT;
INSERT INTO acceptance_move(acceptance, state, code, text, category, time_us)
    SELECT id, state, code, text, category, moved_us FROM acceptance WHERE state <> 'intended' ORDER BY sequence;
CREATE INDEX acceptance_move_acceptance ON acceptance_move(acceptance);
ALTER TABLE trade ADD COLUMN state TEXT NOT NULL DEFAULT 'booked';
CREATE INDEX trade_acceptance ON trade(acceptance);
CREATE TABLE trade_before(
    sequence INTEGER PRIMARY KEY,
    trade INTEGER NOT NULL REFERENCES trade(sequence),
    order_id TEXT NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    price TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    time_us INTEGER NOT NULL,
    discrepancy TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE TABLE evidence(
    sequence INTEGER PRIMARY KEY,
    acceptance TEXT NOT NULL REFERENCES acceptance(id),
    time_us INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_acceptance ON evidence(acceptance);
CREATE TABLE outcome_closing(
    sequence INTEGER PRIMARY KEY,
    acceptance TEXT NOT NULL REFERENCES acceptance(id),
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    trader TEXT NOT NULL,
    trader_fingerprint TEXT NOT NULL,
    approver TEXT NOT NULL,
    approver_fingerprint TEXT NOT NULL,
    approved_us INTEGER NOT NULL,
    statement TEXT NOT NULL,
    certificate TEXT NOT NULL,
    signature TEXT NOT NULL,
    time_us INTEGER NOT NULL
) STRICT;
CREATE INDEX outcome_closing_acceptance ON outcome_closing(acceptance);
CREATE TABLE twin_consent(
    sequence INTEGER PRIMARY KEY,
    acceptance TEXT NOT NULL REFERENCES acceptance(id),
    reason TEXT NOT NULL,
    trader TEXT NOT NULL,
    trader_fingerprint TEXT NOT NULL,
    approver TEXT NOT NULL,
    approver_fingerprint TEXT NOT NULL,
    approved_us INTEGER NOT NULL,
    statement TEXT NOT NULL,
    certificate TEXT NOT NULL,
    signature TEXT NOT NULL,
    time_us INTEGER NOT NULL
) STRICT;
CREATE TABLE incident(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    time_us INTEGER NOT NULL,
    request TEXT NOT NULL,
    acceptance TEXT NOT NULL,
    dealer TEXT NOT NULL,
    session TEXT NOT NULL,
    text TEXT NOT NULL,
    disputed INTEGER NOT NULL,
    acknowledged_by TEXT,
    acknowledged_fingerprint TEXT,
    note TEXT,
    acknowledged_us INTEGER
) STRICT;
CREATE INDEX incident_open ON incident(request) WHERE acknowledged_us IS NULL;
CREATE TABLE event_refused(
    sequence INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    event TEXT NOT NULL,
    text TEXT NOT NULL,
    time_us INTEGER NOT NULL,
    more INTEGER NOT NULL DEFAULT 0 -- so many later ones of the same run of the program were only counted
) STRICT;
)";

/// The execution that an incident is about, as far as DontKnowTrade(Q) names it, so that it can be disputed after a
/// restart; and the one that a bust took back.
constexpr const char* Version3 = R"(
CREATE TABLE incident_execution(
    incident TEXT PRIMARY KEY REFERENCES incident(id),
    order_id TEXT NOT NULL,
    exec_id TEXT NOT NULL,
    exec_ref_id TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL, -- empty where the report named none
    currency TEXT NOT NULL,
    quantity TEXT,
    last_qty TEXT,
    last_px TEXT,
    cum_qty TEXT NOT NULL,
    avg_px TEXT
) STRICT, WITHOUT ROWID;
)";

constexpr std::array<const char*, 3> Steps{Version1, Version2, Version3};
static_assert(Steps.size() == JournalSchemaVersion);

}

std::string schemaStepsFrom(std::int64_t version)
{
    std::string script;
    for (auto step = static_cast<std::size_t>(version); step < Steps.size(); ++step)
        script += Steps[step];
    return script + "PRAGMA application_id=" + std::to_string(JournalApplicationId)
        + "; PRAGMA user_version=" + std::to_string(JournalSchemaVersion) + ";";
}

}
