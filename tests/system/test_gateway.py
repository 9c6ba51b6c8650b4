#!/usr/bin/env python3
"""A gateway in front of a venue that knows nothing of access policies: countersign-cli, countersign-venue with [gateway] and
[pep], and behind it a second countersign-venue. The gateway's key is on a token of its own."""

import json
import shutil
import subprocess
import unittest

from workplace import BIN, DEALERS, PATIENCE, ROOT, SUPERVISOR_PIN, Venue, Workplace

DOMAIN = "stepup.example.com"


class GatewayPlace(Workplace):
    """A workplace whose desk speaks to a gateway; the venue is behind it."""

    def __init__(self):
        super().__init__()
        self.upstream = None
        self.sign_policy()

    def close(self):
        if self.upstream:
            self.upstream.stop()
        super().close()

    def forget(self):
        super().forget()
        if self.upstream:
            self.upstream.stop()
            self.upstream = None
        (self.dir / "gateway-audit.db").unlink(missing_ok=True)
        for name in ("gateway-store", "gateway-messages", "upstream-store", "upstream-messages"):
            shutil.rmtree(self.dir / name, ignore_errors=True)

    def sign_policy(self):
        """The policy that is shipped, for people who work in the network of this machine, signed by an officer."""
        text = (ROOT / "core" / "access" / "default_policy.toml").read_text()
        text = text.replace('id = "default"', 'id = "test"').replace('policy = "default"', 'policy = "test"')
        text = text.replace("countries = []", 'countries = ["DE"]').replace("networks = []", 'networks = ["127.0.0.0/8"]')
        text = text.replace("# The last table", '[[place]]\nnetwork = "127.0.0.0/8"\ncountry = "DE"\n\n# The last table')
        policy = self.dir / "policy.toml"
        policy.write_text(text)
        certificate, key = self.dir / "officer.pem", self.dir / "officer.key"
        for command in (["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                         "-subj", "/CN=Officer", "-keyout", key, "-out", certificate],
                        ["cms", "-sign", "-binary", "-in", policy, "-signer", certificate, "-inkey", key,
                         "-outform", "DER", "-out", f"{policy}.cms"]):
            subprocess.run(["openssl", *command], check=True, capture_output=True)

    def start_upstream(self, scenarios="", port=0):
        (self.dir / "dealers.toml").write_text(DEALERS)
        config = self.dir / "upstream.toml"
        config.write_text(f"""
seed = 7
catalogue = "dealers.toml"
[listener]
port = {port}
certificate = "{self.pki['PKI_VENUE_CERTIFICATE']}"
key = "{self.pki['PKI_VENUE_KEY']}"
client_authority = "{self.pki['PKI_ROOT']}"
store = "upstream-store"
message_log = "upstream-messages"
[[sessions]]
name = "GATE"
kind = "venue"
sender_comp_id = "BANK"
target_comp_id = "GATE"
certificate_name = "{self.pki['PKI_APPROVER_NAME']}"
{scenarios}
""")
        self.upstream = Venue(config)

    def start_gateway(self, port=0, may="view,request-quote,accept"):
        config = self.dir / "gateway.toml"
        config.write_text(f"""
[listener]
port = {port}
certificate = "{self.pki['PKI_VENUE_CERTIFICATE']}"
key = "{self.pki['PKI_VENUE_KEY']}"
client_authority = "{self.pki['PKI_ROOT']}"
store = "gateway-store"
message_log = "gateway-messages"
[pep]
rp_id = "{DOMAIN}"
identities = "identities.sqlite"
attestation_roots = "{self.pki['PKI_ROOT']}"
hardware_key = "registered"
security_keys = ["2fc0579f-8113-47ea-b116-bb5a8db9202a"]
policy = "policy.toml"
policy_id = "test"
policy_signers = "officer.pem"
policy_kept = "policy-kept"
[audit]
trail = "gateway-audit.db"
[gateway.token]
module = "{self.pki['PKI_MODULE']}"
allowed_modules = ["{self.pki['PKI_MODULE']}"]
fingerprint = "{self.pki['PKI_APPROVER_FINGERPRINT']}"
chain = "{self.pki['PKI_CHAIN']}"
[[profile]]
name = "quick"
based_on = "venue"
hold_soft = "1s"
hold_hard = "2s"
status_grace = "2s"
inquiry_patience = "1s"
inquiry_retry = "1s"
[[upstream]]
name = "BANK"
host = "localhost"
port = {self.upstream.port}
sender_comp_id = "GATE"
target_comp_id = "BANK"
ca = "{self.pki['PKI_ROOT']}"
profile = "quick"
dealers = ["FIRM", "QUIET"]
reconnect_first = "200ms"
reconnect_most = "500ms"
[[sessions]]
name = "TRADER-7"
kind = "venue"
sender_comp_id = "VENUE-X"
target_comp_id = "TRADER-7"
certificate_name = "{self.pki['PKI_TRADER_NAME']}"
""")
        if not (self.dir / "identities.sqlite").exists():
            self.register(config, may)
        self.venue = Venue(config, environment=self.environment, gateway_pin=SUPERVISOR_PIN)
        self.write_desk(extra=f'access = "enforced"\nstep_up_domain = "{DOMAIN}"')
        self.wait_for(lambda: "event=upstream-logged-on" in self.venue.log())

    def register(self, config, may):
        done = subprocess.run([BIN / "countersign-venue", "user", "add", self.pki["PKI_TRADER_NAME"], "--config", config,
                               "--certificate", self.pki["PKI_TRADER_CERTIFICATE"], "--key", "software", "--device",
                               "managed", "--may", may, "--instruments", "*", "--sides", "buy,sell", "--max",
                               "EUR=50000000", "--dealers", "*"], capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, (done.stdout, done.stderr)

    def said_upstream(self):
        """Everything that went over the session behind the gateway."""
        return "".join(path.read_text(errors="replace") for path in (self.dir / "upstream-messages").rglob("*")
                       if path.is_file())


class Gateway(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = GatewayPlace()
        cls.addClassCleanup(cls.place.close)

    def setUp(self):
        self.place.forget()
        (self.place.dir / "identities.sqlite").unlink(missing_ok=True)

    def test_a_deal_goes_through_and_nothing_of_the_dialect_does(self):
        self.place.start_upstream()
        self.place.start_gateway()
        run = self.place.deal()
        self.assertEqual(run.code, 0, (run.events, run.err, self.place.venue.log()))
        self.assertTrue(run.last("trade")["asAccepted"])
        self.assertEqual([event["outcome"] for event in run.all("access-decision")], ["allow"])
        own, = self.place.outcomes()
        behind, = self.place.venue_orders("upstream.toml").values()
        between = self.place.venue_orders("gateway.toml")[own]
        self.assertEqual(behind["state"], "filled")
        self.assertEqual(between["state"], "filled")
        self.assertNotEqual(behind["clOrdId"], own)
        self.assertEqual(behind["price"], between["price"])
        said = self.place.said_upstream()
        self.assertIn("35=D", said)
        for leak in ("20096=", "35=BE", "35=BF", own, self.place.pki["PKI_TRADER_NAME"], "TRADER-7"):
            self.assertNotIn(leak, said)

    def test_the_token_of_the_gateway_signs_its_audit_trail_to_the_last_record(self):
        self.place.start_upstream()
        self.place.start_gateway()
        self.assertEqual(self.place.deal().code, 0)
        self.place.venue.stop()
        verify = [BIN / "countersign-cli", "--format", "jsonl", "audit", "verify", self.place.dir / "gateway-audit.db"]
        for certificate, code in (("PKI_APPROVER_CERTIFICATE", 0), ("PKI_TRADER_CERTIFICATE", 5)):
            run = subprocess.run([*verify, "--key", self.place.pki[certificate]], capture_output=True, text=True,
                                 timeout=PATIENCE)
            self.assertEqual(run.returncode, code, (run.stdout, run.stderr))
            verdict = json.loads(run.stdout.splitlines()[0])
            if code == 0:
                self.assertTrue(verdict["signaturesChecked"])
                self.assertEqual(verdict["coveredTo"], verdict["records"])
                self.assertNotIn("signedLate", verdict)

    def test_what_the_policy_refuses_never_reaches_the_counterparty(self):
        self.place.start_upstream()
        self.place.start_gateway(may="view")
        run = self.place.deal(life="2s")
        self.assertNotEqual(run.code, 0)
        self.assertNotIn("35=R", self.place.said_upstream())

    def test_a_gateway_killed_between_acceptance_and_report_makes_one_trade_that_the_trader_learns_of(self):
        self.place.start_upstream(scenarios=self.place.scenario(order="late-answer", later="3s", times=1))
        self.place.start_gateway()
        desk = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--for", "8s",
                                    "--recover", "60s")
        self.place.wait_for(lambda: self.place.venue_orders("upstream.toml"))
        port = self.place.venue.port
        self.place.venue.kill()
        self.place.wait_for(
            lambda: [order["state"] for order in self.place.venue_orders("upstream.toml").values()] == ["filled"])
        self.place.start_gateway(port=port)
        out, err = desk.communicate(timeout=PATIENCE * 2)
        self.assertEqual(desk.returncode, 0, (out, err, self.place.venue.log()))
        own, = self.place.outcomes()
        self.assertEqual(self.place.outcomes(), {own: "filled"})
        self.assertEqual(len(self.place.venue_orders("upstream.toml")), 1)
        self.assertEqual(self.place.venue_orders("gateway.toml")[own]["state"], "filled")
        self.assertEqual(len(self.place.query("SELECT * FROM trade")), 1)

    def test_a_counterparty_that_is_away_is_said_to_be(self):
        self.place.start_upstream()
        self.place.start_gateway()
        self.place.upstream.stop()
        self.place.wait_for(lambda: "event=upstream-lost" in self.place.venue.log())
        run = self.place.deal(life="2s")
        self.assertEqual(run.code, 3, (run.events, run.err))
        self.assertIn("BANK is not connected", self.place.venue.log())


if __name__ == "__main__":
    unittest.main()
