#!/usr/bin/env python3
"""A counterparty that is killed: it knows afterwards what it took and what it dealt, and so does the desk."""

import json
import subprocess
import unittest

from workplace import BIN, PATIENCE, Workplace


class VenueMemory(unittest.TestCase):
    def setUp(self):
        self.place = Workplace()
        self.addCleanup(self.place.close)

    def begin(self, **scenario):
        self.place.start_venue(scenarios=self.place.scenario(times=1, **scenario))
        self.place.write_desk()

    def kill_and_restart(self):
        port = self.place.venue.port
        self.place.venue.kill()
        self.place.start_venue(port=port)

    def look(self):
        """A run of the desk that lasts long enough to log on and hear what it missed."""
        return self.place.cli("rfq", "EUR/USD", "sell", "1m", "--dealers", "FIRM", "--for", "2s")

    def truth(self):
        """What the venue's book says, whether the venue runs or not: ClOrdID -> order."""
        done = subprocess.run([BIN / "countersign-venue", "orders", "--config", self.place.dir / "venue.toml"],
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {order["clOrdId"]: order for order in map(json.loads, done.stdout.splitlines())}

    def test_what_was_taken_and_not_decided_is_rejected_after_the_kill_and_the_desk_hears_it(self):
        self.begin(order="never-answer")
        run = self.place.deal()
        self.assertEqual(run.code, 5, (run.events, run.err))
        order = run.last("unknown")["clOrdId"]
        self.assertEqual(self.truth()[order]["state"], "taken")
        self.kill_and_restart()
        self.look()
        told = self.truth()[order]
        self.assertEqual((told["state"], told["cumQty"]), ("rejected", "0"))
        self.assertEqual(self.place.outcomes(), {order: "rejected"})

    def test_a_deal_that_was_not_reported_before_the_kill_is_reported_after_it_once(self):
        self.begin(order="drop-after-deal")
        run = self.place.deal(life="1s")
        order = run.last("unknown")["clOrdId"]
        self.kill_and_restart()
        self.look()
        self.look()
        self.assertEqual(self.place.outcomes(), {order: "filled"})
        told = self.truth()[order]
        self.assertEqual((told["state"], told["cumQty"]), ("filled", "5000000"))
        self.assertEqual(len(told["execIds"]), 1)

    def test_one_book_is_for_one_venue(self):
        self.begin()
        second = subprocess.run(
            [BIN / "countersign-venue", "--config", self.place.dir / "venue.toml", "--port", "0"],
            capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(second.returncode, 1)
        self.assertIn("in use by another program", second.stderr)


if __name__ == "__main__":
    unittest.main()
