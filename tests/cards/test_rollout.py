#!/usr/bin/env python3
"""The loop of docs/rollout.md, word for word, with three virtual cards and security keys. Run by
tests/support/virtual_card/run tests/support/virtual_fido/run --keys 3 --plugged 0."""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "cards"), str(ROOT / "tests" / "system" / "security_keys")]
from test_card_certificates import CardPlace  # noqa: E402
from test_key_commands import Keys  # noqa: E402
from test_programs import cards  # noqa: E402
from test_step_up import DOMAIN, MODEL  # noqa: E402
from workplace import BIN, PATIENCE  # noqa: E402

PEOPLE = ("anna.keller", "ben.okoro", "chloe.martin")


def script():
    text = (ROOT / "docs" / "rollout.md").read_text()
    return re.search(r"```bash\n(.*?)```", text, re.DOTALL).group(1)


class Rollout(unittest.TestCase):
    def setUp(self):
        self.keys = Keys()
        self.addCleanup(self.keys.close)
        self.place = CardPlace("opensc-pkcs11.so")
        self.addCleanup(self.place.close)
        self.dir = self.place.dir
        for name in PEOPLE:
            self.place.authority.invite(f"REF-{name}", f"secret of {name}", name)
            cards(f"make {name}")
        (self.dir / "roots.pem").write_text("".join(self.keys.ask("roots", key)["pem"] for key in range(3)))
        (self.dir / "venue.toml").write_text(f"""
[listener]
host = "127.0.0.1"
port = 0
certificate = "{self.place.pki['PKI_VENUE_CERTIFICATE']}"
key = "{self.place.pki['PKI_VENUE_KEY']}"
client_authority = "{self.place.pki['PKI_ROOT']}"
store = "venue-store"
[[sessions]]
name = "ANNA"
kind = "venue"
sender_comp_id = "VENUE-X"
target_comp_id = "TRADER-7"
certificate_name = "{PEOPLE[0]}"
[pep]
rp_id = "{DOMAIN}"
identities = "identities.sqlite"
attestation_roots = "roots.pem"
security_keys = ["{MODEL}"]
""")
        (self.dir / "rollout.env").write_text(f"""
desk=countersign.toml
venue=venue.toml
server={self.place.authority.url}
ca={self.place.ca}
firm=Firm
domain={DOMAIN}
may=(--may view,request-quote,accept --instruments '*' --sides buy,sell --max EUR=10000000 --dealers '*')
""")

    def loop(self, people):
        """Runs the script, and does what it asks for: the next person's card and key."""
        (self.dir / "people.csv").write_text("".join(f"{name},REF-{name},{secret}\n" for name, secret in people.items()))
        environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "no_proxy": "127.0.0.1"}
        outcome = {}
        with subprocess.Popen(["bash", "-c", script()], cwd=self.dir, env=environment, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                asked = re.match(r"Plug in the card and the security key of (\S+),", line)
                done = re.match(r"(\S+): (.*)", line)
                if asked:
                    self.plug(asked.group(1))
                    process.stdin.write("\n")
                    process.stdin.flush()
                elif done:
                    outcome[done.group(1)] = done.group(2)
                    self.unplug(done.group(1))
            self.assertEqual(process.wait(PATIENCE), 0)
        return outcome

    def plug(self, name):
        cards(f"insert 0 {name}")
        number = PEOPLE.index(name)
        self.keys.ask("plug", number)

    def unplug(self, name):
        cards("remove 0")
        self.keys.ask("unplug", PEOPLE.index(name))

    def venue(self, *words):
        done = subprocess.run([BIN / "countersign-venue", *words, "--config", self.dir / "venue.toml"],
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def log(self, name):
        path = self.dir / "log" / f"{name}.jsonl"
        return path.read_text() if path.exists() else ""

    def test_one_after_the_other_and_once_more_for_whom_it_failed(self):
        secrets = {name: f"secret of {name}" for name in PEOPLE}
        outcome = self.loop({**secrets, PEOPLE[1]: "misread"})
        logs = "".join(map(self.log, PEOPLE))
        self.assertEqual([outcome[name].split(";")[0] for name in PEOPLE], ["done", "not done", "done"], logs)
        self.assertIn("certificate-untrusted", self.log(PEOPLE[1]))
        self.assertEqual(self.loop({PEOPLE[1]: secrets[PEOPLE[1]]}), {PEOPLE[1]: "done"}, self.log(PEOPLE[1]))
        self.assertEqual(self.loop({PEOPLE[1]: secrets[PEOPLE[1]]})[PEOPLE[1]].split(";")[0], "not done",
                         "a key is imported once")

        users = {user["user"]: user for user in self.venue("user", "list")}
        self.assertEqual(sorted(users), sorted(PEOPLE))
        for name in PEOPLE:
            registered = users[name]["certificates"]
            self.assertEqual([(one["key"], one["device"]) for one in registered], [("hardware", "managed")])
            self.assertIn(registered[0]["fingerprint"], self.log(name))
            pin, key_pin = (self.dir / "letters" / name).read_text().split()
            self.assertNotIn(pin, self.log(name))
            self.assertNotIn(key_pin, self.log(name))
            self.assertEqual(cards(f"status {name}")["pin"], 3)
        credentials = self.venue("credential", "list")
        self.assertEqual(sorted(one["user"] for one in credentials), sorted(PEOPLE))
        self.assertEqual(len({one["credential"] for one in credentials}), 3)

        # The card of the letter, with its PIN, is the one that signs in.
        self.plug(PEOPLE[0])
        self.addCleanup(self.unplug, PEOPLE[0])
        self.place.wait_for_a_card()
        self.assertEqual(self.place.run("token", "status").last("token-status")["outcome"], "ready")


if __name__ == "__main__":
    unittest.main()
