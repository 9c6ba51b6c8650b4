#!/usr/bin/env python3
"""Four eyes over the identity store, through the real programs: countersign-venue while it serves, openssl as the
officers' hands, the audit trail, and the status that an officer looks at."""

import json
import signal
import stat
import subprocess
import unittest

from cryptography import x509

from collector import Authority, wait_for
from workplace import BIN, PATIENCE, Workplace

CLIENT = x509.ExtendedKeyUsageOID.CLIENT_AUTH
CHANGES = ("identity-changed", "locked")


class OfficersTest(unittest.TestCase):
    def setUp(self):
        self.place = Workplace()
        self.dir = self.place.dir
        authority = Authority(self.dir, "people")
        self.people = {name: authority.issue(name, CLIENT) for name in ("olga.brandt", "bert.maier", "anna.keller")}
        self.place.start_venue(authority=authority.pem, listener=f"""
[audit]
trail = "{self.dir}/audit.db"
[pep]
rp_id = "stepup.example.com"
identities = "{self.dir}/identities.sqlite"
attestation_roots = "{authority.pem}"
security_keys = ["2fc0579f-8113-47ea-b116-bb5a8db9202a"]
""")

    def tearDown(self):
        self.place.close()

    def venue(self, *words, code=0):
        done = subprocess.run([BIN / "countersign-venue", *words, "--config", self.dir / "venue.toml"],
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, code, (words, done.stdout, done.stderr))
        return done.stdout if code == 0 else done.stderr

    def add(self, name, role="standard"):
        return json.loads(self.venue("user", "add", name, "--certificate", self.people[name][0], "--key", "hardware",
                                     "--role", role))

    def sign(self, step, change, name, code=0):
        words, signature = self.dir / "words", self.dir / "words.cms"
        words.write_text(self.venue("change", "show", str(change), "--step", step))
        certificate, key = self.people[name]
        subprocess.run(["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-in", words, "-signer", certificate,
                        "-inkey", key, "-outform", "DER", "-out", signature], check=True, capture_output=True)
        answer = self.venue("change", step, str(change), "--signature", signature, code=code)
        return json.loads(answer)["outcome"] if code == 0 else answer

    def status(self):
        done = subprocess.run([BIN / "countersign-venue", "status", "--json", "--config", self.dir / "venue.toml"],
                              capture_output=True, text=True, timeout=PATIENCE)
        return done.returncode, json.loads(done.stdout) if done.stdout else {}

    def records(self):
        """Of changes: outcome, target, by, second."""
        done = subprocess.run([BIN / "countersign-cli", "audit", "export", self.dir / "audit.db", "--as", "jsonl"],
                              capture_output=True, text=True, timeout=PATIENCE)
        records = [json.loads(line) for line in done.stdout.splitlines()]
        return [(record["kind"], *(record["fields"].get(name, "") for name in ("outcome", "target", "by", "second")))
                for record in records if record["kind"] in CHANGES]

    def test_two_officers_make_a_person_and_everybody_sees_it(self):
        self.assertEqual(self.add("olga.brandt", "privileged"), {"outcome": "done"})
        second = self.add("bert.maier", "privileged")
        self.assertEqual(self.sign("propose", second["change"], "olga.brandt"), "done")
        asked = self.add("anna.keller")
        self.assertEqual(asked["outcome"], "drafted")
        self.assertEqual(self.sign("propose", asked["change"], "olga.brandt"), "proposed")
        self.assertIn("another person", self.sign("approve", asked["change"], "olga.brandt", code=1))

        wait_for(lambda: [change["proposedBy"] for change in self.status()[1].get("pending", [])] == ["olga.brandt"])
        board = self.dir / "venue-store" / "status.json"
        self.assertEqual(stat.S_IMODE(board.stat().st_mode), 0o600)
        self.assertNotIn("anna.keller", self.venue("user", "list"))
        self.assertEqual(self.sign("approve", asked["change"], "bert.maier"), "done")
        self.assertIn("anna.keller", self.venue("user", "list"))
        self.venue("user", "lock", "anna.keller", "--why", "lost laptop")

        wait_for(lambda: [locked["who"] for locked in self.status()[1]["locked"]] == ["anna.keller"])
        wait_for(lambda: any(record[0] == "locked" for record in self.records()))
        records = self.records()
        for expected in (("identity-changed", "drafted", "anna.keller"), ("identity-changed", "proposed", "anna.keller"),
                         ("identity-changed", "refused", "anna.keller"), ("identity-changed", "done", "anna.keller")):
            self.assertIn(expected, [record[:3] for record in records])
        self.assertIn(("identity-changed", "done", "anna.keller", "olga.brandt", "bert.maier"), records)
        code, status = self.status()
        self.assertEqual((code, status["running"], status["pending"]), (0, True, []))
        self.assertGreaterEqual(status["audit"]["number"], len(records))

        self.place.venue.stop()
        self.assertEqual(self.status()[0], 1)
        watching = subprocess.Popen([BIN / "countersign-venue", "status", "--watch", "--config", self.dir / "venue.toml"],
                                    stdout=subprocess.PIPE, text=True)
        self.assertIn("no venue runs here", watching.stdout.readline())
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=PATIENCE)
        self.assertEqual(watching.returncode, 1)


if __name__ == "__main__":
    unittest.main()
