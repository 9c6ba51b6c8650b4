#!/usr/bin/env python3
"""From an empty card to a fill by countersign-cli, as `app/demo --headless --empty-card` does it (app/demo-card), with the
programs that were built for the tests. In namespaces of its own; where the kernel forbids them it fails and says so."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 240


class EmptyCard(unittest.TestCase):
    def test_leads_to_a_fill(self):
        with tempfile.TemporaryDirectory(prefix="countersign-card-") as place:
            done = subprocess.run(
                [ROOT / "tests/support/virtual_card/run", ROOT / "tests/support/virtual_fido/run",
                 ROOT / "app/demo-card", os.environ["COUNTERSIGN_BIN"], place, "headless"],
                capture_output=True, text=True, timeout=PATIENCE)
        steps = done.stdout
        self.assertEqual(done.returncode, 0, steps + done.stderr)
        for said in ("The PIN is", "stands beside", "Ready to sign in", "is enrolled at VENUE-X", '"name":"blue key"',
                     "From an empty card to a fill", "The card counts "):
            self.assertIn(said, steps)


if __name__ == "__main__":
    unittest.main()
