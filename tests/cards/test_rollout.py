#!/usr/bin/env python3
"""The scripts of docs/rollout.md, word for word, with three virtual cards and security keys. Run by
tests/support/virtual_card/run tests/support/virtual_fido/run --keys 3 --plugged 0."""

import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "cards"), str(ROOT / "tests" / "system" / "security_keys")]
from test_card_certificates import CardPlace  # noqa: E402
from test_key_commands import Keys  # noqa: E402
from test_programs import cards  # noqa: E402
from test_step_up import DOMAIN, MODEL  # noqa: E402
from workplace import BIN, PATIENCE  # noqa: E402

PEOPLE = ("anna.keller", "ben.okoro", "chloe.martin")


def script(number):
    text = (ROOT / "docs" / "rollout.md").read_text()
    return re.findall(r"```bash\n(.*?)```", text, re.DOTALL)[number]


ENROL_PEOPLE, REPLACE_CARD = script(0), script(1)


class Counter:
    """In front of the authority: does something before the message with a number is passed on."""

    def __init__(self, url, number, what):
        seen = []

        class Passing(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                seen.append(self.rfile.read(int(self.headers["Content-Length"])))
                if len(seen) == number:
                    what()
                passed = urllib.request.Request(url, seen[-1], {"Content-Type": self.headers["Content-Type"]})
                with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(passed, timeout=PATIENCE) as answer:
                    content = answer.read()
                    self.send_response(answer.status)
                    self.send_header("Content-Type", answer.headers["Content-Type"])
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Passing)
        self.url = f"http://127.0.0.1:{self._server.server_port}/pkix/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Rollout(unittest.TestCase):
    def setUp(self):
        self.keys = Keys()
        self.addCleanup(self.keys.close)
        self.place = CardPlace("opensc-pkcs11.so")
        self.addCleanup(self.place.close)
        self.dir = self.place.dir
        for number, name in enumerate(PEOPLE):
            self.keys.ask("fresh", number)
            self.keys.ask("unplug", number)
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
        self.write_settings(self.place.authority.url)

    def write_settings(self, server):
        (self.dir / "rollout.env").write_text(f"""
desk=countersign.toml
venue=venue.toml
server={server}
ca={self.place.ca}
firm=Firm
domain={DOMAIN}
may=(--may view,request-quote,accept --instruments '*' --sides buy,sell --max EUR=10000000 --dealers '*')
""")

    def loop(self, people, reference="REF", plug=None):
        """Runs the script, and does what it asks for: the next person's card and key."""
        (self.dir / "people.csv").write_text(
            "".join(f"{name},{reference}-{name},{secret}\n" for name, secret in people.items()))
        outcome = {}
        with subprocess.Popen(["bash", "-c", ENROL_PEOPLE], cwd=self.dir, env=self.environment, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                asked = re.match(r"Plug in the card and the security key of (\S+),", line)
                done = re.match(r"(\S+): (.*)", line)
                if asked:
                    (plug or self.plug)(asked.group(1))
                    process.stdin.write("\n")
                    process.stdin.flush()
                elif done and done.group(1) not in outcome:
                    outcome[done.group(1)] = done.group(2)
                    self.unplug(done.group(1))
            self.assertEqual(process.wait(PATIENCE), 0)
        return outcome

    @property
    def environment(self):
        return {**os.environ, "PATH": f"{self.dir}/shim:{BIN}:{os.environ['PATH']}", "no_proxy": "127.0.0.1"}

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

    def letter(self, name):
        return [(self.dir / "letters" / f"{name}.{what}").read_text().strip() for what in ("card", "key")]

    def test_one_after_the_other_and_once_more_for_whom_it_failed(self):
        secrets = {name: f"secret of {name}" for name in PEOPLE}
        outcome = self.loop({**secrets, PEOPLE[1]: "misread"})
        logs = "".join(map(self.log, PEOPLE))
        self.assertEqual([outcome[name].split(";")[0] for name in PEOPLE], ["done", "not done", "done"], logs)
        self.assertIn("certificate-untrusted", self.log(PEOPLE[1]))
        self.assertEqual(self.loop({PEOPLE[1]: secrets[PEOPLE[1]]}), {PEOPLE[1]: "done"}, self.log(PEOPLE[1]))
        self.assertEqual(self.loop({PEOPLE[1]: secrets[PEOPLE[1]]}), {PEOPLE[1]: "done"}, "and nothing is done twice")

        users = {user["user"]: user for user in self.venue("user", "list")}
        self.assertEqual(sorted(users), sorted(PEOPLE))
        for name in PEOPLE:
            registered = users[name]["certificates"]
            self.assertEqual([(one["key"], one["device"]) for one in registered], [("hardware", "managed")])
            self.assertIn(registered[0]["fingerprint"], self.log(name))
            pin, key_pin = self.letter(name)
            self.assertNotIn(pin, self.log(name))
            self.assertNotIn(key_pin, self.log(name))
            self.assertEqual(cards(f"status {name}")["pin"], 3)
        credentials = self.venue("credential", "list")
        self.assertEqual(sorted(one["user"] for one in credentials), sorted(PEOPLE))
        self.assertEqual(len({one["credential"] for one in credentials}), 3)

        # The card of the letter, with its PIN, is the one that signs in.
        self.signs_in(PEOPLE[0])

    def signs_in(self, name, card=None):
        cards(f"insert 0 {card or name}")
        self.addCleanup(cards, "remove 0")
        self.place.wait_for_a_card()
        self.assertEqual(self.place.run("token", "status").last("token-status")["outcome"], "ready")
        pin = self.letter(name)[0]
        self.assertEqual(self.place.run("token", "change-pin", pin_fd=pin, new_pin_fd="246813").code, 0)

    def test_without_the_security_key_at_first(self):
        anna = {PEOPLE[0]: f"secret of {PEOPLE[0]}"}
        for _ in range(3):
            outcome = self.loop(anna, plug=lambda name: cards(f"insert 0 {name}"))
            self.assertEqual(outcome[PEOPLE[0]].split(";")[0], "not done")
            self.assertEqual(cards(f"status {PEOPLE[0]}")["pin"], 3, self.log(PEOPLE[0]))
        self.assertEqual(self.loop(anna), {PEOPLE[0]: "done"}, self.log(PEOPLE[0]))
        self.assertEqual(cards(f"status {PEOPLE[0]}")["pin"], 3)
        self.signs_in(PEOPLE[0])

    def test_a_card_that_goes_before_it_has_its_certificate(self):
        # The request, then the confirmation of what came back.
        going = Counter(self.place.authority.url, 2, lambda: cards("remove 0"))
        self.addCleanup(going.close)
        self.write_settings(going.url)
        anna = {PEOPLE[0]: f"secret of {PEOPLE[0]}"}
        self.assertEqual(self.loop(anna)[PEOPLE[0]].split(";")[0], "not done", self.log(PEOPLE[0]))
        self.assertIn("can be imported from there", self.log(PEOPLE[0]))
        self.assertTrue((self.dir / "issued" / f"{PEOPLE[0]}.pem").exists(), self.log(PEOPLE[0]))
        self.assertEqual(self.loop(anna), {PEOPLE[0]: "done"}, self.log(PEOPLE[0]))
        self.signs_in(PEOPLE[0])

    def dies(self, when):
        """From now on the workstation goes down right before, or right after, a card gets its PIN."""
        shim = self.dir / "shim" / "countersign-cli"
        shim.parent.mkdir(exist_ok=True)
        die = "kill -9 $PPID; exit"
        work = die if when == "before" else f'"{BIN}/countersign-cli" "$@"; {die}'
        shim.write_text(f'#!/usr/bin/env bash\ncase "$*" in *change-pin*) {work} ;; esac\n'
                        f'exec "{BIN}/countersign-cli" "$@"\n')
        shim.chmod(0o755)

    def goes_down(self, name, when):
        self.dies(when)
        with self.assertRaises(AssertionError):
            self.loop({name: f"secret of {name}"})
        (self.dir / "shim" / "countersign-cli").unlink()
        self.unplug(name)
        self.assertFalse((self.dir / "done" / f"{name}.card_pin").exists())
        self.assertTrue((self.dir / "letters" / f"{name}.card").exists())

    def test_a_workstation_that_goes_down_while_a_card_gets_its_pin(self):
        for name, when in ((PEOPLE[0], "after"), (PEOPLE[1], "before")):
            with self.subTest(when):
                self.goes_down(name, when)
                self.assertEqual(self.loop({name: f"secret of {name}"}), {name: "done"}, self.log(name))
                self.assertEqual(cards(f"status {name}")["wrong_pins"], 0)
        self.signs_in(PEOPLE[0])

    def test_a_card_that_does_not_tell_is_not_tried_again(self):
        name = PEOPLE[0]
        cards(f"make {name} maker=other")
        self.goes_down(name, "after")
        for _ in range(3):
            self.assertEqual(self.loop({name: f"secret of {name}"})[name].split(";")[0], "an earlier run was broken off "
                             "while the card got its PIN, and the card does not tell which it has", self.log(name))
        self.assertEqual(cards(f"status {name}")["wrong_pins"], 0)
        (self.dir / "done" / f"{name}.card_pin").touch()
        self.assertEqual(self.loop({name: f"secret of {name}"}), {name: "done"}, self.log(name))

    def test_a_card_that_is_not_new_is_not_tried(self):
        name = PEOPLE[0]
        cards(f"insert 0 {name}")
        self.place.wait_for_a_card()
        self.assertEqual(self.place.run("token", "change-pin", pin_fd="123456", new_pin_fd="246813").code, 0)
        cards("remove 0")
        self.assertIn("nothing was tried", self.loop({name: f"secret of {name}"})[name])
        self.assertEqual(cards(f"status {name}")["wrong_pins"], 0)

    def test_a_lost_card(self):
        anna = {PEOPLE[0]: f"secret of {PEOPLE[0]}"}
        self.assertEqual(self.loop(anna), {PEOPLE[0]: "done"}, self.log(PEOPLE[0]))
        before, key = self.letter(PEOPLE[0])
        for letter in (self.dir / "letters").iterdir():
            letter.unlink()
        (lost,) = self.venue("user", "list")[0]["certificates"]
        subprocess.run(["bash", "-c", REPLACE_CARD, "replace-card.sh", PEOPLE[0]], cwd=self.dir, env=self.environment,
                       check=True, timeout=PATIENCE, capture_output=True)

        self.place.authority.invite(f"NEW-{PEOPLE[0]}", "another secret", PEOPLE[0])
        cards("make another")

        def plug(name):
            cards("insert 0 another")
            self.keys.ask("plug", PEOPLE.index(name))

        self.assertEqual(self.loop({PEOPLE[0]: "another secret"}, "NEW", plug), {PEOPLE[0]: "done"},
                         self.log(PEOPLE[0]))
        registered = {one["fingerprint"]: one for one in self.venue("user", "list")[0]["certificates"]}
        self.assertEqual(len(registered), 2)
        self.assertTrue(registered[lost["fingerprint"]]["revoked"], registered)
        (credential,) = self.venue("credential", "list")
        self.assertNotEqual(credential["certificate"], lost["fingerprint"])
        self.assertFalse((self.dir / "letters" / f"{PEOPLE[0]}.key").exists(), "the key's PIN is what it was")
        (self.dir / "letters" / f"{PEOPLE[0]}.key").write_text(key)
        self.assertNotEqual(self.letter(PEOPLE[0])[0], before)
        self.signs_in(PEOPLE[0], "another")


if __name__ == "__main__":
    unittest.main()
