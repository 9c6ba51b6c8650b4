#!/usr/bin/env python3
"""A virtual key with a memory is the same key tomorrow: what was enrolled yesterday still answers."""

import os
import pathlib
import stat
import subprocess
import tempfile
import unittest

BIN = pathlib.Path(os.environ["COUNTERSIGN_BIN"])
RUN = pathlib.Path(__file__).resolve().parents[2] / "support/virtual_fido/run"
PIN = "481516"


class Memory(unittest.TestCase):
    def under_keys(self, place, *words):
        """One life of the program that plays the key; the PIN comes from standard input."""
        return subprocess.run([RUN, "--memory", place, BIN / "countersign-cli", "key", *words], input=PIN + "\n",
                              text=True, capture_output=True, timeout=60)

    def test_what_was_enrolled_answers_after_a_restart(self):
        with tempfile.TemporaryDirectory() as place:
            keys, file = pathlib.Path(place) / "keys", pathlib.Path(place) / "jane.json"
            set_pin = self.under_keys(keys, "set-pin", "--new-pin-fd", "0")
            self.assertEqual(set_pin.returncode, 0, set_pin.stderr)
            enrolled = self.under_keys(keys, "enrol", "--rp-id", "x.example", "--user", "jane", "--out", file,
                                       "--pin-fd", "0")
            self.assertEqual(enrolled.returncode, 0, enrolled.stderr)
            tested = self.under_keys(keys, "test", "--enrolment", file, "--pin-fd", "0")
            self.assertEqual(tested.returncode, 0, tested.stderr)
            for remembered in keys.iterdir():
                self.assertEqual(stat.S_IMODE(remembered.stat().st_mode), 0o600)
            other = self.under_keys(pathlib.Path(place) / "others", "set-pin", "--new-pin-fd", "0")
            self.assertEqual(other.returncode, 0, "another drawer holds another key, without a PIN")


if __name__ == "__main__":
    unittest.main()
