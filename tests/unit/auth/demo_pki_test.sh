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
    [ -z "$(find "$dir/pki" -name '*.key' ! -perm 600)" ] || fail "a private key others may read"
}
tool() {
    SOFTHSM2_CONF=$(value SOFTHSM2_CONF) pkcs11-tool --module "$(value PKI_MODULE)" \
        --token-label "$(value PKI_TOKEN_LABEL)" --login "$@" 2>&1
}

pki
check
first=$(state)
tool --pin 123456 --list-objects --type privkey | grep -q 'never extractable, local' || fail "the key was not made on the token"
tool --pin 123456 --read-object --type cert --id "$(value PKI_TOKEN_KEY_ID)" -o "$dir/token.der" >/dev/null
[ "$(sha256sum <"$dir/token.der" | cut -d' ' -f1)" = "$(value PKI_TRADER_FINGERPRINT)" ] || fail "the token's certificate"

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

pki 654321
check
tool --pin 654321 --list-objects --type privkey | grep -q sign || fail "the new PIN does not open the token"

if "$demo_pki" 2>/dev/null; then fail "no directory is a usage error"; fi
if "$demo_pki" "$dir/other" '1 2' 2>/dev/null; then fail "a PIN with a blank is refused"; fi
echo "demo-pki holds"
