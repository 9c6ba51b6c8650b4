#!/usr/bin/env bash
# demo_pki_test.sh DEMO_PKI: what app/demo-pki makes verifies, stays when run again, and is mended when damaged.
set -euo pipefail
demo_pki=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}
pki() { "$demo_pki" "$dir/pki" "$@" >"$dir/log" || fail "demo-pki: $(cat "$dir/log")"; }
value() { sed -n "s/^$1=//p" "$dir/pki/pki.env"; }
state() { sha256sum "$dir"/pki/*.pem "$dir"/pki/*.key; }
verify() { openssl verify -x509_strict -CAfile "$(value PKI_ROOT)" -untrusted "$(value PKI_CHAIN)" "$@" >/dev/null; }
check() {
    verify -purpose sslserver -verify_hostname localhost "$(value PKI_VENUE_CERTIFICATE)" || fail "the venue's certificate"
    verify -purpose sslserver -verify_ip 127.0.0.1 "$(value PKI_VENUE_CERTIFICATE)" || fail "the venue's address"
    verify -purpose sslclient "$(value PKI_TRADER_CERTIFICATE)" || fail "the trader's certificate"
    openssl verify -x509_strict -partial_chain -trusted "$(value PKI_APPROVER_CA)" -purpose sslclient \
        "$(value PKI_APPROVER_CERTIFICATE)" >/dev/null || fail "the supervisor's certificate"
    [ "$(openssl x509 -in "$(value PKI_APPROVER_CERTIFICATE)" -outform DER | sha256sum | cut -d' ' -f1)" = "$(value PKI_APPROVER_FINGERPRINT)" ] \
        || fail "the supervisor's fingerprint"
    openssl x509 -in "$(value PKI_APPROVER_CERTIFICATE)" -noout -subject | grep -q "CN = $(value PKI_APPROVER_NAME)" || fail "the supervisor's name"
    [ -z "$(find "$dir/pki" -name '*.key' ! -perm 600)" ] || fail "a private key others may read"
}
on_token() {
    local label=$1
    shift
    SOFTHSM2_CONF=$(value SOFTHSM2_CONF) pkcs11-tool --module "$(value PKI_MODULE)" --token-label "$label" --login "$@" 2>&1
}
tool() { on_token "$(value PKI_TOKEN_LABEL)" "$@"; }
supervisor() { on_token "Countersign demo supervisor" "$@"; }

pki
check
first=$(state)
tool --pin 123456 --list-objects --type privkey | grep -q 'never extractable, local' || fail "the key was not made on the token"
tool --pin 123456 --read-object --type cert --id "$(value PKI_TOKEN_KEY_ID)" -o "$dir/token.der" >/dev/null
[ "$(sha256sum <"$dir/token.der" | cut -d' ' -f1)" = "$(value PKI_TRADER_FINGERPRINT)" ] || fail "the token's certificate"

supervisor --pin 123456 --list-objects --type privkey | grep -q 'never extractable, local' \
    || fail "the supervisor's key was not made on the token"
supervisor --read-object --pin 123456 --type cert --id 02 -o "$dir/token.der" >/dev/null
[ "$(sha256sum <"$dir/token.der" | cut -d' ' -f1)" = "$(value PKI_APPROVER_FINGERPRINT)" ] || fail "the supervisor's token"
[ "$(value PKI_APPROVER_FINGERPRINT)" != "$(value PKI_TRADER_FINGERPRINT)" ] || fail "one person twice"

pki
[ "$(state)" = "$first" ] || fail "a second run changed what was valid"

rm "$dir/pki/trader.pem"
pki
check
[ "$(grep -v trader.pem <<<"$first")" = "$(state | grep -v trader.pem)" ] || fail "more than the trader's certificate changed"

rm "$dir/pki/issuing.key"
pki
check

openssl x509 -new -subj /CN=old -days 1 -signkey "$dir/pki/root.key" -out "$dir/pki/root.pem" 2>/dev/null
pki
check

before=$(value PKI_TRADER_FINGERPRINT)
pki 123456 765432
check
supervisor --pin 765432 --list-objects --type privkey | grep -q sign || fail "the supervisor's own PIN does not open the token"
if supervisor --pin 123456 --list-objects --type privkey | grep -q sign; then fail "the supervisor's token takes the trader's PIN"; fi
[ "$(value PKI_TRADER_FINGERPRINT)" = "$before" ] || fail "the supervisor's new token changed the trader's"

pki 654321 765432
check
tool --pin 654321 --list-objects --type privkey | grep -q sign || fail "the new PIN does not open the token"
approver=$(value PKI_APPROVER_FINGERPRINT)
pki 654322 765432
[ "$(value PKI_APPROVER_FINGERPRINT)" = "$approver" ] || fail "the trader's new token changed the supervisor's"
[ "$(SOFTHSM2_CONF=$(value SOFTHSM2_CONF) softhsm2-util --show-slots | grep -c 'Initialized: *yes')" = 2 ] || fail "a token was left over"

if "$demo_pki" 2>/dev/null; then fail "no directory is a usage error"; fi
if "$demo_pki" "$dir/other" '1 2' 2>/dev/null; then fail "a PIN with a blank is refused"; fi
if "$demo_pki" "$dir/other" 123456 'abc' 2>/dev/null; then fail "a short PIN of the supervisor is refused"; fi
if "$demo_pki" "$dir/other" 123456 123456 123456 2>/dev/null; then fail "a fourth argument is a usage error"; fi
echo "demo-pki holds"
