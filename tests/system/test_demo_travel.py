#!/usr/bin/env python3
"""`app/demo --scenario travel` as it is, with the programs of this build, in a directory of its own: a trader is let in
from an hotel, asked for a touch with a device that nobody manages, and denied in a strange country, with an alert at a
real rsyslog and a trail that verifies."""

import os
import re
import signal
import subprocess
import tempfile
import unittest

from workplace import BIN, ROOT

PATIENCE = 300  # seconds; only reached when something hangs


class TravelTest(unittest.TestCase):
    def test_allows_asks_denies_and_proves_it(self):
        with tempfile.TemporaryDirectory(prefix="countersign-travel-") as place:
            environment = dict(os.environ, COUNTERSIGN_DEMO_BIN=str(BIN), COUNTERSIGN_DEMO_PLACE=place)
            demo = subprocess.Popen([ROOT / "app" / "demo", "--scenario", "travel"], env=environment, text=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                    start_new_session=True)
            try:
                said, _ = demo.communicate(timeout=PATIENCE)
            finally:
                if demo.poll() is None:
                    os.killpg(demo.pid, signal.SIGKILL)  # and what it has started
                    demo.wait()
            self.assertEqual(demo.returncode, 0, said)
            for expected in (r"^   allow 15 \(.*network 15.*\n   dealt$", r"^   step-up 25 \(.*device 25",
                             r"^   deny 55 \(.*country 40.*\n   refused$", r"^alert countersign-venue access-decision ",
                             r"records hold"):
                self.assertTrue(re.search(expected, said, re.M), f"{expected} is not in:\n{said}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
