#!/usr/bin/env python3
"""countersign-cli with a virtual card: what `token ...` says, and a deal whose signatures the card has counted. Run by
tests/support/virtual_card/run."""

import json
import os
import pathlib
import pty
import select
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
from workplace import BIN, PATIENCE, Run, Workplace  # noqa: E402

CARDS = pathlib.Path(os.environ["COUNTERSIGN_CARDS"])
MODULES = pathlib.Path(os.environ["COUNTERSIGN_MODULES"])
PIN, PUK = "123456", "12345678"


def cards(command):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(str(CARDS / "control"))
        control.sendall(command.encode() + b"\n")
        answer = json.loads(control.makefile().readline())
    assert "error" not in answer, answer
    return answer


class Programs(unittest.TestCase):
    module = "opensc-pkcs11.so"

    def setUp(self):
        self.place = Workplace()
        self.addCleanup(self.place.close)
        self.card = cards("make trader 9a=p256 person=trader-7")
        cards("insert 0 trader")
        self.addCleanup(cards, "remove 0")

    def write_desk(self, **settings):
        module = MODULES / self.module
        return self.place.write_desk(module=module, allowed=module, key_id="01",
                                     fingerprint=self.card["fingerprints"]["9a"], **settings)

    def token(self, *words, **secrets):
        """`token WORDS`, with each secret on a descriptor of its own."""
        command = [BIN / "countersign-cli", "--config", self.place.dir / "countersign.toml", "--format", "jsonl", "token",
                   *words]
        ends = []
        for option, secret in secrets.items():
            read_end, write_end = os.pipe()
            os.write(write_end, secret.encode() + b"\n")
            os.close(write_end)
            ends.append(read_end)
            command += ["--" + option.replace("_", "-"), str(read_end)]
        done = subprocess.run(command, capture_output=True, text=True, pass_fds=ends, timeout=PATIENCE)
        for end in ends:
            os.close(end)
        return Run(done.returncode, done.stdout, done.stderr)

    def ask_on_a_terminal(self, what, given, next_pin, word):
        """What a person sees who types: what is given, the new PIN twice, the word for the last try, and all again."""
        child, terminal = pty.fork()
        if child == 0:
            os.execv(BIN / "countersign-cli", ["countersign-cli", "--config", str(self.place.dir / "countersign.toml"),
                                               "--format", "jsonl", "token", what])
        secrets = [given, next_pin, next_pin]
        replies = [*secrets, word, *(secrets if word == "last try" else [])]
        seen = b""
        deadline = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < deadline:
                ready, _, _ = select.select([terminal], [], [], 1)
                if not ready:
                    continue
                more = os.read(terminal, 4096)
                seen += more
                if seen.endswith(b": ") and replies:
                    os.write(terminal, replies.pop(0).encode() + b"\n")
        except OSError:
            pass  # the program has gone, and the terminal with it
        finally:
            os.close(terminal)
            os.waitpid(child, 0)
        self.assertEqual(replies, [], seen)
        return seen.decode()

    def wait_for_the_card(self):
        deadline = time.monotonic() + PATIENCE
        while (run := self.token("status")).code != 0:
            self.assertLess(time.monotonic(), deadline, run.events)
        return run.last("token-status")

    def test_the_life_of_a_pin(self):
        self.write_desk(port=1)
        status = self.wait_for_the_card()
        self.assertEqual((status["outcome"], status["triesLeft"], status["card"]), ("ready", 3, self.card["guid"]))

        short = self.token("change-pin", pin_fd=PIN, new_pin_fd="1234")
        self.assertEqual((short.code, short.last("pin")["error"]), (6, "invalid-input"))
        wrong = self.token("change-pin", pin_fd="000000", new_pin_fd="918273")
        self.assertEqual((wrong.code, wrong.last("pin")["error"], wrong.last("pin")["triesLeft"]), (6, "pin-wrong", 2))
        self.assertEqual(self.token("change-pin", pin_fd=PIN, new_pin_fd="918273").code, 0)

        for _ in range(2):
            self.token("change-pin", pin_fd="000000", new_pin_fd="555555")
        self.assertTrue(self.token("status").last("token-status")["finalTry"])
        last = self.token("change-pin", pin_fd="000000", new_pin_fd="555555").last("pin")
        self.assertEqual((last["error"], last["triesLeft"], cards("status trader")["pin"]), ("pin-last-try", 1, 1))
        blocked = self.token("change-pin", "--confirm-last-try", pin_fd="000000", new_pin_fd="555555").last("pin")
        self.assertEqual((blocked["error"], blocked["blocked"]), ("pin-blocked", True))
        status = self.token("status")
        self.assertEqual((status.code, status.last("token-status")["error"]), (6, "pin-blocked"))

        wrong = self.token("unblock-pin", puk_fd="00000000", new_pin_fd="246813").last("pin")
        self.assertEqual((wrong["error"], wrong["pukTriesLeft"]), ("puk-wrong", 2))
        self.assertEqual(self.token("unblock-pin", puk_fd=PUK, new_pin_fd="246813").code, 0)
        self.assertEqual(self.token("status").code, 0)
        for _ in range(2):
            self.token("unblock-pin", puk_fd="00000000", new_pin_fd="246813")
        last = self.token("unblock-pin", puk_fd="00000000", new_pin_fd="246813").last("pin")
        self.assertEqual((last["error"], last["pukTriesLeft"], cards("status trader")["puk"]), ("pin-last-try", 1, 1))
        self.ask_on_a_terminal("unblock-pin", "00000000", "246813", "no")
        self.assertEqual(cards("status trader")["puk"], 1)
        said = self.ask_on_a_terminal("unblock-pin", "00000000", "246813", "last try")
        self.assertIn("puk-blocked", said)
        self.assertEqual(cards("status trader")["signatures"], {})

    def both_cards(self):
        """What is said of each card, once the modules and readers have settled around the second one."""
        deadline = time.monotonic() + PATIENCE
        while True:
            seen = {each["card"]: each for each in self.token("cards").events if each["event"] == "card"}
            own = seen.get(self.card["guid"], {})
            if len(seen) == 2 and own.get("certificates"):
                return seen
            if own and not own["certificates"]:
                self.assertTrue(own.get("unseen"), (own, "a certificate that is not shown is said to be missing"))
            self.assertLess(time.monotonic(), deadline, seen)

    def test_of_several_cards_the_one_that_is_named(self):
        self.write_desk(port=1)
        guest = cards("make guest pin=246813")  # no certificate on it
        cards("insert 1 guest")
        self.addCleanup(cards, "remove 1")
        seen = self.both_cards()
        self.assertEqual(set(seen), {self.card["guid"], guest["guid"]})
        self.assertEqual(seen[guest["guid"]]["certificates"], [])
        self.assertEqual(seen[guest["guid"]]["triesLeft"], 3)
        (own,) = seen[self.card["guid"]]["certificates"]
        self.assertEqual((own["fingerprint"], own["configured"]), (self.card["fingerprints"]["9a"], True))

        wrong = self.token("change-pin", "--token", guest["guid"], pin_fd=PIN, new_pin_fd="555555").last("pin")
        self.assertEqual((wrong["error"], wrong["triesLeft"]), ("pin-wrong", 2))
        by_reader = self.token("change-pin", "--token", seen[guest["guid"]]["reader"], pin_fd="246813", new_pin_fd="918273")
        self.assertEqual(by_reader.code, 0, by_reader.events)
        self.assertEqual(self.token("unblock-pin", "--token", guest["guid"], puk_fd=PUK, new_pin_fd=PIN).code, 0)
        nobody = self.token("change-pin", "--token", "4711", pin_fd=PIN, new_pin_fd="555555")
        self.assertEqual((nobody.code, nobody.last("pin")["error"]), (6, "token-absent"))
        self.assertEqual(self.token("status").last("token-status")["triesLeft"], 3, "the trader's was not touched")

    def test_a_deal_with_the_card(self):
        self.place.start_venue(authority=CARDS / "ca.pem")
        self.write_desk()
        self.wait_for_the_card()
        run = self.place.deal(pin=PIN)
        self.assertEqual(run.code, 0, (run.events, run.err, self.place.venue.log()))
        self.assertEqual(run.last("trade")["event"], "trade")
        self.assertEqual(cards("status trader")["signatures"], {"9a": 2}, "the proof at sign-in and one handshake")
        self.assertEqual(cards("status trader")["verifications"], 1)

    def test_a_request_carries_what_the_card_says_of_its_key(self):
        self.write_desk(port=1)
        self.wait_for_the_card()
        csr, maker = self.place.dir / "trader-7.csr", self.place.dir / "maker.pem"
        subprocess.run(["yubico-piv-tool", "-a", "read-certificate", "-s", "f9", "-o", maker], check=True,
                       capture_output=True)
        read_end, write_end = os.pipe()
        os.write(write_end, PIN.encode() + b"\n")
        os.close(write_end)
        cli = [BIN / "countersign-cli", "--format", "jsonl", "cert"]
        made = subprocess.run([*cli, "request", "--config", self.place.dir / "countersign.toml", "--subject", "CN=trader-7",
                               "--out", csr, "--pin-fd", str(read_end)], capture_output=True, text=True, pass_fds=[read_end],
                              timeout=PATIENCE)
        os.close(read_end)
        request = Run(made.returncode, made.stdout, made.stderr)
        self.assertEqual((request.code, request.last("certificate-request")["attested"]), (0, True), made.stderr)

        checked = subprocess.run([*cli, "attestation", csr, "--roots", maker], capture_output=True, text=True,
                                 timeout=PATIENCE)
        said = Run(checked.returncode, checked.stdout, checked.stderr)
        self.assertEqual(said.code, 0, checked.stdout)
        attested = said.last("attestation")
        self.assertEqual((attested["slot"], attested["pinPolicy"], attested["touchPolicy"]), ("9a", "once", "never"))
        serial = subprocess.run(["yubico-piv-tool", "-a", "status"], check=True, capture_output=True, text=True).stdout
        self.assertIn(attested["serial"], serial)

        foreign = subprocess.run([*cli, "attestation", csr, "--roots", CARDS / "ca.pem"], capture_output=True, text=True,
                                 timeout=PATIENCE)
        refused = Run(foreign.returncode, foreign.stdout, foreign.stderr)
        self.assertEqual((refused.code, refused.last("certificate-refused")["error"]), (6, "certificate-untrusted"))

    def test_a_card_that_is_taken_out_ends_the_deal(self):
        self.place.start_venue(authority=CARDS / "ca.pem")
        self.write_desk()
        self.wait_for_the_card()
        process = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "QUIET", "--for", "30s", pin=PIN)
        lines = []
        for line in process.stdout:
            lines.append(line)
            if '"rfq"' in line:
                break
        cards("remove 0")
        began = time.monotonic()
        out, err = process.communicate(timeout=PATIENCE)
        run = Run(process.returncode, "".join(lines) + out, err)
        self.assertEqual(run.code, 3, run.events)
        self.assertEqual(run.last("session")["phase"], "stopped")
        self.assertEqual(run.last("quote")["state"], "lost-session")
        self.assertLess(time.monotonic() - began, 20, run.events)


class ProgramsWithYkcs11(Programs):
    module = "libykcs11.so"


if __name__ == "__main__":
    unittest.main()
