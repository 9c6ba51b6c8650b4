#!/usr/bin/env python3
"""Step-up through the real programs: countersign-venue with its enforcement point, countersign-cli, a SoftHSM2 token, TLS
and a virtual security key; under tests/support/virtual_fido/run --keys 1."""

import contextlib
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from test_key_commands import Keys  # noqa: E402
from workplace import BIN, PATIENCE, PIN, ROOT, Run, Workplace  # noqa: E402

KEY_PIN = "481516"
DOMAIN = "stepup.example.com"
MODEL = uuid.UUID(bytes=hashlib.sha256(b"countersign virtual key model 1").digest()[:16])


class GuardedPlace(Workplace):
    """A workplace whose venue decides who gets in."""

    def __init__(self, keys, makers=(0,)):
        """`makers`: of which keys the makers are believed; each key has its own."""
        super().__init__()
        self.keys = keys
        self.makers = makers

    def start_guarded(self, device="managed", dealing="score", may="view,request-quote,accept,arm-ticket", more=()):
        (self.dir / "roots.pem").write_text("".join(self.keys.ask("roots", key)["pem"] for key in self.makers))
        self.sign_policy()
        self.start_venue(scenarios=f"""
[pep]
rp_id = "{DOMAIN}"
identities = "{self.dir}/identities.sqlite"
attestation_roots = "{self.dir}/roots.pem"
hardware_key = "registered"
security_keys = ["{MODEL}"]
dealing = "{dealing}"
policy = "{self.dir}/policy.toml"
policy_id = "test"
policy_signers = "{self.dir}/officer.pem"
policy_kept = "{self.dir}/policy-kept"
""", before=lambda: self.register(device, may, *more))
        self.write_desk(extra=f'access = "enforced"\nstep_up_domain = "{DOMAIN}"')

    def sign_policy(self):
        """The policy that is shipped, for people who work on this machine, signed by an officer."""
        text = (ROOT / "core" / "access" / "default_policy.toml").read_text()
        text = text.replace('id = "default"', 'id = "test"').replace('policy = "default"', 'policy = "test"')
        text = text.replace("countries = []", 'countries = ["DE"]')
        text = text.replace("# The last table", '[[place]]\nnetwork = "127.0.0.0/8"\ncountry = "DE"\n\n# The last table')
        policy = self.dir / "policy.toml"
        policy.write_text(text)
        certificate, key = self.dir / "officer.pem", self.dir / "officer.key"
        for command in (["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                         "-subj", "/CN=Officer", "-keyout", key, "-out", certificate],
                        ["cms", "-sign", "-binary", "-in", policy, "-signer", certificate, "-inkey", key,
                         "-outform", "DER", "-out", f"{policy}.cms"]):
            subprocess.run(["openssl", *command], check=True, capture_output=True)

    def register(self, device, may, *more):
        # A key in software and an unknown network: 20, where a touch begins.
        self.administer("user", "add", self.pki["PKI_TRADER_NAME"], "--certificate", self.pki["PKI_TRADER_CERTIFICATE"],
                        "--key", "software", "--device", device, "--may", may, "--instruments", "*",
                        "--sides", "buy,sell", "--max", "EUR=50000000", "--dealers", "*", *more)

    def administer(self, *words):
        done = subprocess.run([BIN / "countersign-venue", *words, "--config", self.dir / "venue.toml"],
                              capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def enrol(self, file="key.json"):
        path = self.dir / file
        with self.descriptor(KEY_PIN) as pin:
            done = subprocess.run([BIN / "countersign-cli", "key", "enrol", "--rp-id", DOMAIN, "--user",
                                   self.pki["PKI_TRADER_NAME"], "--out", path, "--pin-fd", str(pin), "--format", "jsonl"],
                                  capture_output=True, text=True, timeout=PATIENCE, pass_fds=[pin])
        assert done.returncode == 0, (done.stdout, done.stderr)
        self.administer("credential", "import", str(path), "--user", self.pki["PKI_TRADER_NAME"], "--certificate",
                        self.pki["PKI_TRADER_CERTIFICATE"])

    @staticmethod
    @contextlib.contextmanager
    def descriptor(text):
        reading, writing = os.pipe()
        os.write(writing, text.encode() + b"\n")
        os.close(writing)
        try:
            yield reading
        finally:
            os.close(reading)

    def start_touching(self, *words, key_pin=KEY_PIN, new_key_pin=None):
        with self.descriptor(PIN) as pin, self.descriptor(key_pin) as second, \
                self.descriptor(new_key_pin or "") as third:
            command = [BIN / "countersign-cli", "--config", self.dir / "countersign.toml", "--format", "jsonl", *words,
                       "--pin-fd", str(pin), "--key-pin-fd", str(second)]
            if new_key_pin:
                command += ["--new-key-pin-fd", str(third)]
            return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                    pass_fds=[pin, second, third], env=self.environment)

    def touching(self, *words, **pins):
        process = self.start_touching(*words, **pins)
        out, err = process.communicate(timeout=PATIENCE)
        return Run(process.returncode, out, err)


DEAL = ("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--limit", "1.3000", "--for", "6s")


class StepUp(unittest.TestCase):
    def setUp(self):
        self.keys = Keys()
        self.addCleanup(self.keys.close)
        self.keys.ask("fresh", 0)
        self.keys.ask("pin", value=KEY_PIN)
        self.place = GuardedPlace(self.keys)
        self.addCleanup(self.place.close)

    def decisions(self, run):
        return [event["outcome"] for event in run.all("access-decision")]

    def test_who_touches_the_key_gets_in_and_deals(self):
        self.place.start_guarded()
        self.place.enrol()
        run = self.place.touching(*DEAL)
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual(self.decisions(run), ["step-up", "allow"])
        asked = run.last("step-up")
        self.assertEqual(asked["asker"], "VENUE-X")
        self.assertEqual(asked["action"], ["Sign in at VENUE-X", f"User: {self.place.pki['PKI_TRADER_NAME']}"])
        self.assertTrue(run.last("trade")["asAccepted"])
        decision = run.all("access-decision")[0]
        self.assertEqual(decision["score"], sum(line["score"] for line in decision["lines"]))
        self.assertTrue(decision["reference"])

    def test_an_armed_ticket_covers_the_deal(self):
        self.place.start_guarded(dealing="armed-ticket")
        self.place.enrol()
        run = self.place.touching(*DEAL, "--arm")
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual([event["phase"] for event in run.all("armed-ticket")][-2:], ["armed", "over"])
        self.assertEqual(len(run.all("step-up")), 2, "one touch to get in, one for the ticket")
        self.assertTrue(run.last("trade")["asAccepted"])

    def test_a_deal_that_needs_an_armed_ticket_is_refused_without_until_its_price_is_touched(self):
        self.place.start_guarded(dealing="armed-ticket")
        self.place.enrol()
        run = self.place.touching(*DEAL)
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual(run.last("reject")["category"], "not-entitled", "the first acceptance has nothing to show")
        self.assertIn("approved", [event["phase"] for event in run.all("quote-approval")])
        self.assertEqual(len(run.all("step-up")), 2, "one touch to get in, one for this price")
        self.assertEqual(len(run.all("trade")), 1)
        self.assertTrue(run.last("trade")["asAccepted"])

    def test_a_wrong_pin_lets_nobody_in(self):
        self.place.start_guarded()
        self.place.enrol()
        run = self.place.touching(*DEAL, key_pin="000000")
        self.assertEqual(run.code, 6, (run.events, run.err))
        problem = run.last("step-up-problem")
        self.assertEqual((problem["problem"], problem["pinTriesLeft"]), ("pin-wrong", 7))
        self.assertEqual(run.all("step-up-missed")[-1]["session"], "VENUE-X")
        self.assertNotIn("allow", self.decisions(run))
        self.assertEqual(run.all("rfq"), [])

    def test_without_an_enrolled_key_nobody_gets_in(self):
        self.place.start_guarded()
        run = self.place.touching(*DEAL)
        self.assertEqual(run.code, 6, (run.events, run.err))
        self.assertEqual(run.all("step-up"), [], "no touch is asked for that cannot count")
        self.assertEqual(run.all("rfq"), [])

    def test_denied_is_explained(self):
        self.place.start_guarded(device="unmanaged")
        self.place.enrol()
        run = self.place.touching(*DEAL)
        self.assertEqual(run.code, 6, (run.events, run.err))
        decision = run.last("access-decision")
        self.assertEqual(decision["outcome"], "deny")
        self.assertGreaterEqual(decision["score"], decision["denyFrom"])
        self.assertIn(decision["reference"], run.last("end")["reason"])

    def test_a_touch_can_be_called_off(self):
        self.place.start_guarded()
        self.place.enrol()
        self.keys.ask("touch", mode="wait")
        process = self.place.start_touching(*DEAL)
        for line in process.stdout:
            if json.loads(line)["event"] == "step-up-touch":
                break
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 6, err)


if __name__ == "__main__":
    unittest.main()
