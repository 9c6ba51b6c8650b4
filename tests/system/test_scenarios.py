#!/usr/bin/env python3
"""Every scenario of the venue's library against the desk: what the desk says at first, and what it knows after it asked
a venue that is well again. The venue's order book is the judge."""

import unittest

from truth import contradiction
from workplace import SCENARIOS, Workplace

NO_DEAL = ({3}, {None}, {None})
TRADED = ({0}, {"filled"}, {"filled"})
NOT_TRADED = ({4}, {"rejected"}, {"rejected"})
A_PERSON_MUST_LOOK = ({5}, {"filled"}, {"filled"})


def unknown_then(*states):
    return {5}, {"unknown"}, set(states)


# Scenario -> (exit codes of the deal, the acceptance's state then, and after `recover`). None: nothing was accepted.
EXPECTED = {
    "business-reject": NOT_TRADED,
    "change-certificate": TRADED,
    "clock-ahead": TRADED,
    "clock-behind": NO_DEAL,
    "decline-by-quote-status": NO_DEAL,
    "drop-after-deal": unknown_then("filled"),
    "drop-after-report": ({0, 5}, {"filled", "unknown"}, {"filled"}),
    "drop-before-deal": unknown_then("not-received"),
    "drop-during-hold": unknown_then("filled", "rejected"),  # decided before the venue was stopped, or given up by it
    "every-decline-code": NO_DEAL,
    "every-reject-code": NOT_TRADED,
    "fill-after-reject": NOT_TRADED,
    "fill-busted": TRADED,
    "fill-corrected": TRADED,
    "fill-doubled": TRADED,
    "fill-less-quantity": ({5}, {"partly-filled"}, {"partly-filled"}),
    "fill-other-date": A_PERSON_MUST_LOOK,
    "fill-other-order": ({0}, {"filled"}, {"filled"}),
    "fill-other-side": A_PERSON_MUST_LOOK,
    "fill-partial-status": TRADED,
    "fill-partial-then-status": TRADED,
    "fill-replayed": TRADED,
    "fill-resent": TRADED,
    "fill-unknown-fields": TRADED,
    "fill-unknown-status": TRADED,
    "fill-worse-price": A_PERSON_MUST_LOOK,
    "happy": TRADED,
    "hold-forever": unknown_then("rejected"),
    "ignore-resend-requests": TRADED,
    "last-look-10ms": TRADED,
    "last-look-5s": unknown_then("filled", "rejected"),
    "late-answer": unknown_then("rejected"),
    "late-fill": unknown_then("rejected"),
    "late-fill-after-reject": NOT_TRADED,
    "logout-after-deal": unknown_then("filled"),
    "logout-before-deal": unknown_then("not-received"),
    "lose-report": ({0}, {"filled"}, {"filled"}),
    "lose-report-and-numbers": unknown_then("filled"),
    "never-answer": unknown_then("rejected"),
    "no-resend": TRADED,
    "pass": NO_DEAL,
    "quote-crossed": TRADED,  # there is no bid where somebody buys, and nothing to cross
    "quote-expired": NO_DEAL,
    "quote-far-expiry": TRADED,
    "quote-short-life": TRADED,
    "quote-unknown-request": NO_DEAL,
    "quote-withdrawn": TRADED,
    "quote-without-expiry": TRADED,
    "quote-without-type": NO_DEAL,
    "quote-wrong-currency": NO_DEAL,
    "quote-wrong-date": NO_DEAL,
    "quote-wrong-side": NO_DEAL,
    "quote-zero-bid": TRADED,
    "quote-zero-offer": NO_DEAL,
    "rate-limit": TRADED,
    "reject": NOT_TRADED,
    "reject-after-fill": TRADED,
    "reject-every-third": TRADED,
    "replace-then-reject": NOT_TRADED,
    "reset-session": TRADED,
    "restart": unknown_then("rejected"),
    "restart-without-numbers": unknown_then("rejected"),
    "session-reject": NOT_TRADED,
    "silence": NO_DEAL,
    "withdraw-then-fill": TRADED,
    "withdraw-then-reject": NOT_TRADED,
}

# Nobody but a person begins the numbers again: until then the session is refused.
NUMBERS_LOST = ("lose-report-and-numbers", "restart-without-numbers")


class Scenarios(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Workplace()
        cls.addClassCleanup(cls.place.close)

    def test_the_library_and_this_table_are_the_same(self):
        self.assertEqual({file.stem for file in SCENARIOS.glob("*.toml")}, set(EXPECTED))

    def test_each_scenario_ends_with_the_venues_truth(self):
        for name, expected in EXPECTED.items():
            with self.subTest(name):
                self.play(name, *expected)

    def play(self, name, codes, at_first, in_the_end):
        self.place.forget()
        # What change-certificate changes to: the certificate may be the same one, as after a renewal of nothing but dates.
        again = (f'next_certificate = "{self.place.pki["PKI_VENUE_CERTIFICATE"]}"\n'
                 f'next_key = "{self.place.pki["PKI_VENUE_KEY"]}"')
        self.place.start_venue(scenario_files=[SCENARIOS / f"{name}.toml"], listener=again)
        self.place.write_desk()
        run = self.place.deal(life="2500ms")
        self.assertIn(run.code, codes, (run.events, run.err))
        self.assertIn(self.state(), at_first, run.events)

        self.place.healthy_venue()
        recovery = self.place.recover()
        if name in NUMBERS_LOST:
            self.assertEqual(recovery.code, 6, recovery.events)
            self.assertIn("MsgSeqNum", recovery.last("end")["reason"])
            self.assertEqual(self.place.cli("venues", "--reset-sequence", "NOBODY").code, 64)
            reset = self.place.cli("venues", "--reset-sequence", "VENUE-X")
            self.assertEqual(reset.code, 0, (reset.events, reset.err))
            recovery = self.place.recover()
        self.assertEqual(recovery.code, 0, (recovery.events, recovery.err))
        self.assertIn(self.state(), in_the_end, recovery.events)
        orders = self.place.venue_orders()
        for order, state in self.place.outcomes().items():
            self.assertEqual(contradiction(state, orders.get(order)), "", order)
        self.assertLessEqual(set(orders), set(self.place.outcomes()))

    def state(self):
        """Of the one acceptance there may be."""
        states = list(self.place.outcomes().values())
        self.assertLessEqual(len(states), 1)
        return states[0] if states else None


if __name__ == "__main__":
    unittest.main()
