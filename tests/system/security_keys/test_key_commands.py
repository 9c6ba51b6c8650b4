#!/usr/bin/env python3
"""countersign-cli key ... with two virtual security keys; under tests/support/virtual_fido/run --keys 2 --plugged 0."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import unittest

CLI = pathlib.Path(os.environ["COUNTERSIGN_BIN"]) / "countersign-cli"
PIN = "481516"
PATIENCE = 30


class Keys:
    """The control socket of the virtual keys."""

    def __init__(self):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(os.environ["COUNTERSIGN_VIRTUAL_FIDO"])
        self._stream = self._socket.makefile("rw")

    def ask(self, what, key=0, **more):
        self._stream.write(json.dumps({"do": what, "key": key, **more}) + "\n")
        self._stream.flush()
        answer = json.loads(self._stream.readline())
        if not answer["ok"]:
            raise AssertionError(answer["error"])
        return answer

    def close(self):
        self._stream.close()
        self._socket.close()


def descriptor(text):
    """A descriptor from which `text` is read."""
    reading, writing = os.pipe()
    os.write(writing, text.encode() + b"\n")
    os.close(writing)
    return reading


class KeyCommands(unittest.TestCase):
    def setUp(self):
        self.keys = Keys()
        self.addCleanup(self.keys.close)
        place = tempfile.TemporaryDirectory(prefix="countersign-keys-")
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        self.keys.ask("unplug", 1)
        self.path = self.keys.ask("fresh", 0)["path"]

    def start(self, *words, **pins):
        descriptors = {f"--{name.replace('_', '-')}": descriptor(pin) for name, pin in pins.items()}
        options = [str(part) for pair in descriptors.items() for part in pair]
        process = subprocess.Popen([CLI, "key", *words, *options, "--format", "jsonl"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, pass_fds=tuple(descriptors.values()))
        for number in descriptors.values():
            os.close(number)
        return process

    def finish(self, process):
        out, self.err = process.communicate(timeout=PATIENCE)
        return process.returncode, [json.loads(line) for line in out.splitlines()]

    def run_key(self, *words, **pins):
        return self.finish(self.start(*words, **pins))

    def refused(self, problem, *words, **pins):
        code, events = self.run_key(*words, **pins)
        self.assertEqual(code, 6, (events, self.err))
        self.assertEqual(events[-2]["event"], "key-refused")
        self.assertEqual(events[-2]["problem"], problem)
        self.assertTrue(events[-2]["advice"])
        self.assertEqual(events[-1]["event"], "end")
        return events[-2]

    def enrol(self, name, *more, pin=PIN):
        file = self.place / name
        code, events = self.run_key("enrol", "--rp-id", "stepup.example.com", "--user", "jane", "--out", str(file), *more,
                                    pin_fd=pin)
        self.assertEqual(code, 0, (events, self.err))
        return file

    def test_from_an_empty_key_to_one_that_works(self):
        code, events = self.run_key("list")
        self.assertEqual(code, 0)
        self.assertEqual([event["pin"] for event in events], ["not-set"])
        self.assertEqual(events[0]["path"], self.path)
        self.assertEqual(events[0]["firmware"], "5.7.0")

        self.refused("pin-not-set", "enrol", "--rp-id", "stepup.example.com", "--user", "jane", "--out",
                     str(self.place / "a.json"), pin_fd=PIN)
        self.assertFalse((self.place / "a.json").exists())
        self.assertEqual(self.run_key("set-pin", new_pin_fd=PIN)[0], 0)
        self.refused("pin-already-set", "set-pin", new_pin_fd=PIN)

        file = self.enrol("a.json")
        written = json.loads(file.read_text())
        self.assertEqual(written["rpId"], "stepup.example.com")
        self.assertEqual(written["algorithm"], -7)
        self.assertEqual(written["format"], "packed")
        for member in ("credentialId", "publicKey", "clientData", "authenticatorData", "attestationStatement",
                       "attestationObject", "userId"):
            self.assertRegex(written[member], r"^[A-Za-z0-9_-]+$", member)

        code, events = self.run_key("test", "--enrolment", str(file), pin_fd=PIN)
        self.assertEqual(code, 0, events)
        tested = next(event for event in events if event["event"] == "key-tested")
        self.assertEqual(tested["credentialId"], written["credentialId"])
        self.assertGreater(tested["counter"], 0)

        self.assertEqual(self.run_key("change-pin", pin_fd=PIN, new_pin_fd="another one")[0], 0)
        refusal = self.refused("pin-wrong", "test", "--enrolment", str(file), pin_fd=PIN)
        self.assertEqual(refusal["pinTriesLeft"], 7)
        self.assertEqual(self.run_key("test", "--enrolment", str(file), pin_fd="another one")[0], 0)

    def test_a_second_key_of_the_same_person(self):
        self.keys.ask("pin", value=PIN)
        first = self.enrol("a.json")
        self.refused("already-enrolled", "enrol", "--rp-id", "stepup.example.com", "--user", "jane", "--out",
                     str(self.place / "again.json"), "--other-keys", str(first), pin_fd=PIN)
        self.keys.ask("unplug", 0)
        self.keys.ask("fresh", 1)
        self.keys.ask("pin", 1, value=PIN)
        self.refused("wrong-key", "test", "--enrolment", str(first), pin_fd=PIN)
        second = self.enrol("b.json", "--other-keys", str(first))
        self.assertEqual(json.loads(first.read_text())["userId"], json.loads(second.read_text())["userId"])
        code, events = self.run_key("test", "--enrolment", f"{first},{second}", pin_fd=PIN)
        self.assertEqual(code, 0, events)
        self.assertEqual(events[-2]["file"], str(second))

    def test_a_touch_is_asked_for_and_can_be_called_off(self):
        self.keys.ask("pin", value=PIN)
        file = self.enrol("a.json")
        self.keys.ask("touch", mode="wait")
        process = self.start("test", "--enrolment", str(file), pin_fd=PIN)
        touch = json.loads(process.stdout.readline())
        self.assertEqual((touch["event"], touch["purpose"]), ("touch", "consent"))
        process.send_signal(signal.SIGINT)
        code, events = self.finish(process)
        self.assertEqual(code, 6)
        self.assertIn("cancelled", [event.get("problem") for event in events])

    def test_nobody_touches_it(self):
        self.keys.ask("pin", value=PIN)
        file = self.enrol("a.json")
        self.keys.ask("touch", mode="wait")
        self.refused("timed-out", "test", "--enrolment", str(file), "--for", "500ms", pin_fd=PIN)

    def test_a_clone_or_another_signature_is_noticed(self):
        self.keys.ask("pin", value=PIN)
        file, other = self.enrol("a.json"), self.enrol("b.json")
        mixed = json.loads(file.read_text())
        mixed["authenticatorData"] = json.loads(other.read_text())["authenticatorData"]
        broken = self.place / "mixed.json"
        broken.write_text(json.dumps(mixed))
        self.refused("not-verified", "test", "--enrolment", str(broken), pin_fd=PIN)

    def test_files_that_are_wrong_are_a_usage_error(self):
        self.keys.ask("pin", value=PIN)
        file = self.place / "a.json"
        for text in ("", "[]", "{}", '{"kind": "countersign.key-enrolment", "version": 2}'):
            file.write_text(text)
            code, events = self.run_key("test", "--enrolment", str(file), pin_fd=PIN)
            self.assertEqual(code, 64, events)
        code, events = self.run_key("enrol", "--rp-id", "x.example", "--user", "jane", "--out", str(file), pin_fd=PIN)
        self.assertEqual(code, 64, "an existing file is never written over")
        self.assertEqual(self.keys.ask("status")["credentials"], [])
        self.assertEqual(self.run_key("frob")[0], 64)
        self.assertEqual(self.run_key("enrol")[0], 64)

    def test_no_key_is_there(self):
        self.keys.ask("unplug", 0)
        code, events = self.run_key("list")
        self.assertEqual((code, events), (0, []))
        self.assertIn("No security key is there", self.err)
        self.refused("no-key", "set-pin", new_pin_fd=PIN)


if __name__ == "__main__":
    unittest.main()
