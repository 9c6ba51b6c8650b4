#include "app/cli/arguments.h"

namespace cli {

const char* helpText()
{
    return R"(countersign-cli: the Countersign desk without a window

  countersign-cli rfq SYMBOL buy|sell|two-way AMOUNT [options]
      asks for quotes, and deals if told to
      --settle spot|1W|1M|...|YYYY-MM-DD   value date (spot)
      --currency CCY                       dealt currency (the base currency)
      --dealers all|ID,ID,...              whom to ask (all)
      --accept none|best                   best: accept the best firm quote (none)
      --limit PRICE                        worst price to accept
      --arm                                touch the security key before the request, for a deal of this
                                           amount at --limit or better: the deal itself then needs no touch
      --for DURATION                       life of the request (20s)
      --wait DURATION                      how long to wait for better quotes after the first firm one (2s)
      --recover DURATION                   how long to ask about an outcome that becomes unknown (0s)
      --twin-of CLORDID --reason TEXT --approver FINGERPRINT
                                           two persons let this deal through although the outcome of
                                           CLORDID, of the same pair and direction, is unknown
  countersign-cli venues [--wait DURATION] [--reset-sequence SESSION,SESSION,...]
      each session's TLS facts and FIX state. --reset-sequence: the Logon says that both sides start
      again at 1 (ResetSeqNumFlag); agree it with the counterparty first, because what they have sent
      and this desk has not received is then lost
  countersign-cli token list
      the certificates whose keys are on a token
  countersign-cli token cards
      everything that is plugged in, cards without a certificate too: reader, number, state of the PIN
  countersign-cli token status [--wait DURATION]
      is the configured token there (--wait: until one is plugged in, for at most so long), is its
      certificate valid, how many tries has its PIN; gives no PIN
  countersign-cli token change-pin [--token CARD] [--pin-fd N] [--new-pin-fd N] [--confirm-last-try]
      of the configured token, or of the one card that is plugged in; of several: of CARD, its serial,
      its number or its reader as `token cards` shows them. The last try is not used without that option
  countersign-cli token unblock-pin [--token CARD] [--puk-fd N] [--new-pin-fd N] [--confirm-last-try]
      gives a blocked PIN of a PIV card a new value; wrong PUKs block the card for good. The last try is not
      used without that option where the card tells how many are left (YubiKeys from firmware 5.3 on)
  countersign-cli device show [--out FILE]
      the attestation key of this workstation's TPM and its registers as they are now; FILE is what an
      officer registers with `countersign-venue ... --device-key`; where there is a device certificate, its name
      and whether its key signs (docs/device-health.md)
  countersign-cli access status
      whom this desk lets in no more, why and since when; only its own locks, not those of counterparties
  countersign-cli access unlock NAME --reason TEXT --approver FINGERPRINT
      a privileged person ends the locks of NAME and their certificates, with a token of their own; a desk
      that runs takes it over (docs/access-at-the-desk.md)
  countersign-cli config check
      reads the configuration and says what is wrong with it

When you do not know whether you traded:
  countersign-cli outcomes
      acceptances without an outcome, incidents that nobody has acknowledged, and between which
      amounts the position of the day is; from the journal, without signing in
  countersign-cli recover [--for DURATION]
      connects and asks the counterparties until every outcome is known, for at most so long (60s);
      prints each question, each piece of evidence and each outcome
  countersign-cli close CLORDID --traded|--not-traded --reason TEXT --reference TEXT --approver FINGERPRINT
      two persons decide an outcome that nobody answers for: you, and a second one who signs with a
      token of their own. --reference is what the counterparty gave you on the telephone
  countersign-cli acknowledge INCIDENT --note TEXT
      you have seen the incident, and this is what you found out or did
  countersign-cli dispute INCIDENT [--wait DURATION]
      tells the counterparty that the execution is not ours: DontKnowTrade(Q)

Security keys (FIDO2), for the second factor:
  countersign-cli key list
      the security keys that are plugged in: model, PIN, tries left
  countersign-cli key enrol --rp-id DOMAIN --user NAME --out FILE [options]
      makes a credential on a key and writes FILE for the relying party (docs/security-keys.md)
      --challenge BASE64URL                from the relying party (one of our own)
      --other-keys FILE,FILE,...           enrolments of the person's other keys: not this one again
      --es384                              P-384 instead of P-256, where the key offers it
      --for DURATION                       how long to wait for the touch (30s)
  countersign-cli key enrol --session SESSION --name TEXT
      enrols the key at this counterparty, over its session: signs in, and, where you have a key there
      already, asks for a touch on that one first (docs/security-keys.md). TEXT: how you call the key
      --new-key-pin-fd N                   read the PIN of the new key from file descriptor N
                                           (--pin-fd: the token's; --key-pin-fd: the enrolled key's)
  countersign-cli key list --session SESSION
      your own keys at this counterparty: name, model, since when, last use
  countersign-cli key rename --session SESSION --id ID --name TEXT
  countersign-cli key remove --session SESSION --id ID
      of those: a touch on one of your keys there approves it; a removal, which is for good, on another one
  countersign-cli key test --enrolment FILE,FILE,... [--for DURATION]
      asks a key for an assertion and checks it against its enrolment
  countersign-cli key set-pin
  countersign-cli key change-pin
      --key PATH               of all these: the key at this place (the only one, or the one touched)
      --readers WORD,WORD,...  of all these: also keys on PC/SC readers with such a name (NFC)
      --new-pin-fd N           read the new PIN from file descriptor N (otherwise: asked on the terminal)

Certificates, for the key that proves who you are (docs/certificates.md):
  countersign-cli cert list
      the certificates on all tokens and when they expire: warns 30, 7 and 1 days before
  countersign-cli cert request --subject NAME --out FILE
      a request (PKCS #10) for the key on the token, signed by it; NAME is like CN=trader-7,O=Firm
  countersign-cli cert import FILE [--ca FILE]
      puts an issued certificate (PEM or DER) beside its key; --ca: only if this authority issued it
  countersign-cli cert enrol --server URL --ca FILE --subject NAME --out FILE
                             --reference TEXT [--secret-fd N] | --vouched-by KEY-ID
      asks the authority by CMP, for the first time with the reference and secret that it gave you,
      or with the certificate beside another key
  countersign-cli cert renew --server URL --ca FILE --out FILE [--next-key-id KEY-ID]
      the next certificate: for the same key in the place of the present one, or for another key
  countersign-cli cert revoke --server URL --ca FILE --fingerprint SHA256 --reason REASON
      REASON: key-compromise, affiliation-changed, superseded, cessation-of-operation, unspecified
  countersign-cli cert trust FILE | --from HOST:PORT [--server-name NAME]
                             [--fingerprint SHA256 --out FILE]
      shows the certificates in full; writes the one with this fingerprint, which the counterparty told
      you by another way, to FILE; without a fingerprint it writes nothing
  countersign-cli cert attestation FILE --roots FILE
      of a request (PKCS #10): does the word of a card whose maker is in --roots say that the key was
      made in it; serial number, firmware, PIN and touch policy
      --token SERIAL           of all these: the token (the only one)
      --key-id KEY-ID          of all these: the key (that of the configuration)
      --generate KIND          of request, enrol, renew: make the key first; ec-p256, ec-p384, rsa-2048 or
                               rsa-3072
      --management-key-fd N    of request, import, enrol, renew: read the management key of a PIV card (48, 32
                               or 64 hexadecimal digits) from file descriptor N (otherwise: the factory's)
      --public-key FILE        of request, import, enrol: for tokens that do not show it
      --replace                of import, enrol: in the place of a certificate that is still valid; of
                               request, enrol with --generate on a PIV card: another key over whatever is
                               there; the key before and its certificate are then gone for good
      --responder NAME         of enrol, renew, revoke: who answers, where not the authority itself
      --for DURATION           of these: how long the authority may take (60s)

Access policies, which say who is let in, asked for a touch, or denied (docs/access-policy.md):
  countersign-cli policy lint FILE [--signature FILE --signer CERTIFICATE]
      is the policy whole and without fault, and what would a careful colleague say about it; with
      --signature also: did the owner of this certificate sign it
  countersign-cli policy explain FILE ATTRIBUTE=VALUE ... [--action] [--countries FILE.mmdb]
      what a request with these facts scores, line by line. VALUE: a word, a number such as 90 or
      "10000000 EUR", an address, a time such as "Mon 08:30". Each was seen by whoever decides; write
      proven:ATTRIBUTE=VALUE or reported:ATTRIBUTE=VALUE for others. What is not named is not known.
      --action: one action instead of a session; --countries: finds the country of network=ADDRESS
  countersign-cli policy simulate FILE --decisions FILE.jsonl [--against OLDER-FILE]
      how decisions of the past would have come out, and who would have been refused. One JSON object
      a line, with "signals":[{"attribute":"network","value":"203.0.113.9","source":"seen"}, ...], and,
      where there are any, "user", "at", "reference", "occasion" (session, action) and "outcome"
      (allow, step-up, deny); or the audit trail as `audit export` writes it. --against: compares with
      an older policy instead of that outcome
  countersign-cli policy default
      writes out the policy that is shipped, to begin with

The audit trail, what happened and whether somebody changed it since (docs/audit.md):
  countersign-cli audit verify FILE [--key PEM,PEM,...] [--anchor FILE]
      reads every record: removed, moved, edited, inserted or cut off; --key: with the public key or
      certificate that signs the trail's head, also a trail that was written anew. Names the first
      bad record
  countersign-cli audit show FILE [--from TIME] [--to TIME] [--user NAME] [--kind KIND,KIND,...]
      the records, as far as they are not filtered out; TIME is like 2026-11-24T08:00:00Z or a day
  countersign-cli audit export FILE --as jsonl|ocsf|cef [the filters of show] [--host NAME]
      the same for a SIEM: our own JSON lines, OCSF events, or CEF

  --config FILE            configuration file
  --format text|jsonl      for people, or one JSON object a line
  --token TOKEN            where several tokens fit the configuration: the one to sign in with, by its serial or
                           the fingerprint of its certificate, as `token status` shows them
  --pin-fd N               read the PIN from file descriptor N (otherwise: asked on the terminal)
  --puk-fd N, --new-pin-fd N
                           the same for a PUK and for a new PIN
  --key-pin-fd N           the same for the security key's, where a counterparty asks for a touch
  --approver-pin-fd N      the same for the second person's PIN
  --confirm-last-try       use the last try before the PIN blocks
  --confirm-key-last-try, --confirm-new-key-last-try
                           the same for the PIN of a security key, which then blocks for good
  --confirm-approver-last-try
                           the same for the second person's PIN
  --help, --version

Exit codes: 0 traded (or done), 3 no acceptable quote, 4 rejected or never received: not traded,
5 a person must act: an unknown outcome, an incident, a fill that is not what was accepted, or an
audit trail that was tampered with,
6 sign-in, second person, security key, certificate, PIN change or connection refused, 64 usage,
78 configuration.
)";
}

}
