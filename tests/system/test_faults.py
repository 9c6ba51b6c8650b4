#!/usr/bin/env python3
"""A counterparty that misbehaves: no trade is lost, doubled, or believed without evidence."""

import unittest

from workplace import PATIENCE, Run, Workplace


class Faults(unittest.TestCase):
    def setUp(self):
        self.place = Workplace()
        self.addCleanup(self.place.close)

    def begin(self, **scenario):
        self.place.start_venue(scenarios=self.place.scenario(**scenario))
        self.place.write_desk()

    # ---- quotes that must not be dealt on ----

    def test_a_quote_that_contradicts_the_request_or_itself_is_shown_and_never_dealt(self):
        for fault in ("without-type", "zero-offer", "wrong-date", "wrong-currency", "wrong-side",
                      "unknown-request", "already-expired"):
            with self.subTest(fault):
                self.begin(quote=fault)
                run = self.place.deal("--limit", "2.0000", life="1500ms")
                self.assertEqual(run.code, 3, (run.events, run.err))
                self.assertEqual(run.all("accept"), [])
                self.assertNotIn("event=order", self.place.venue.log())
                self.assertEqual([e for e in run.all("quote") if e["state"] == "firm"], [])
                self.place.venue.stop()

    def test_a_bid_above_the_offer_is_never_firm(self):
        self.begin(quote="crossed")
        run = self.place.cli("rfq", "EUR/USD", "two-way", "5m", "--dealers", "FIRM", "--for", "4s")
        self.assertEqual({event["state"] for event in run.all("quote")} - {"expired"}, {"invalid"})

    def test_a_quote_valid_for_a_day_is_believed_for_the_cap_only(self):
        self.begin(quote="far-expiry")
        run = self.place.cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--for", "4s")
        lives = [event["lifeMs"] for event in run.all("quote") if event["state"] == "firm"]
        self.assertTrue(lives)
        self.assertLessEqual(max(lives), 30_000)

    # ---- acceptances without an answer ----

    def assert_unknown_and_blocked(self, run):
        self.assertEqual(run.code, 5, (run.events, run.err))
        order = run.last("unknown")["clOrdId"]
        self.assertIn("+44 20 7946 0199", run.last("unknown")["phone"])
        self.assertEqual(self.place.outcomes()[order], "unknown")
        return order

    def test_silence_after_an_acceptance_is_unknown_and_the_twin_is_blocked(self):
        self.begin(order="never-answer")
        order = self.assert_unknown_and_blocked(self.place.deal())
        again = self.place.deal(life="2s")
        self.assertEqual(again.code, 3)
        self.assertEqual(list(self.place.outcomes()), [order])

    def test_a_hold_without_end_is_unknown(self):
        self.begin(order="hold-forever")
        run = self.place.deal()
        self.assert_unknown_and_blocked(run)
        self.assertIn("held", [event["state"] for event in run.all("accept")])

    def test_a_connection_lost_before_the_venue_processed_it_is_unknown(self):
        self.begin(order="drop-before-deal")
        self.assert_unknown_and_blocked(self.place.deal())

    def test_a_fill_that_was_lost_with_the_connection_is_found_after_the_next_logon(self):
        self.begin(order="drop-after-deal")
        order = self.assert_unknown_and_blocked(self.place.deal())
        # The replayed report is evidence; it may arrive a moment after the logon, hence a run that lasts.
        self.place.cli("rfq", "EUR/USD", "sell", "1m", "--dealers", "FIRM", "--for", "2s")
        self.assertEqual(self.place.outcomes(), {order: "filled"})

    def test_a_venue_killed_while_it_holds_leaves_an_unknown(self):
        self.begin(order="hold-forever")
        process = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--for", "6s")
        lines = []
        for line in process.stdout:
            lines.append(line)
            if '"held"' in line:
                self.place.venue.kill()
                break
        out, err = process.communicate(timeout=PATIENCE)
        self.assert_unknown_and_blocked(Run(process.returncode, "".join(lines) + out, err))

    def test_a_desk_killed_in_flight_comes_back_with_an_unknown(self):
        self.begin(order="never-answer")
        process = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--for", "6s")
        for line in process.stdout:
            if '"state":"sent"' in line:
                process.kill()
                break
        process.communicate(timeout=PATIENCE)
        self.assertEqual(len(self.place.outcomes()), 1)
        again = self.place.deal(life="2s")
        self.assertEqual(again.code, 3, again.events)
        self.assertEqual(list(self.place.outcomes().values()), ["unknown"])
        self.assertEqual(self.place.venue.log().count("event=order"), 1)

    def test_a_venue_killed_before_an_acceptance_makes_quotes_stale(self):
        self.begin(quote="far-expiry")
        process = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--limit", "1.0000", "--accept",
                                       "best", "--for", "30s")
        lines = []
        for line in process.stdout:
            lines.append(line)
            if '"firm"' in line:
                self.place.venue.kill()
                break
        out, err = process.communicate(timeout=PATIENCE)
        run = Run(process.returncode, "".join(lines) + out, err)
        self.assertEqual(run.code, 3, run.events)
        self.assertIn(run.all("quote")[-1]["state"], ("stale", "lost-session"))

    # ---- answers that are wrong ----

    def test_a_fill_that_differs_from_what_was_accepted_is_an_alarm(self):
        for fault in ("worse-price", "other-side", "other-date"):
            with self.subTest(fault):
                self.begin(fill=fault)
                run = self.place.deal()
                self.assertEqual(run.code, 5, (run.events, run.err))
                self.assertFalse(run.last("trade")["asAccepted"])
                self.assertTrue(run.all("alarm"))
                self.place.venue.stop()

    def test_a_doubled_report_is_one_trade(self):
        self.begin(fill="doubled")
        run = self.place.deal()
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual(len(run.all("trade")), 1)

    def test_a_full_fill_that_calls_itself_partial_is_a_trade(self):
        self.begin(fill="partial-status")
        self.assertEqual(self.place.deal().code, 0)

    def test_a_rejected_acceptance_says_so(self):
        self.begin(reject_every=1)
        run = self.place.deal()
        self.assertEqual(run.code, 4, (run.events, run.err))
        self.assertTrue(run.last("reject")["code"])
        self.assertEqual(list(self.place.outcomes().values()), ["rejected"])

    def test_a_withdrawn_quote_is_not_dealt_on(self):
        self.begin(withdraw_after="100ms")
        run = self.place.cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM,QUIET", "--accept", "best", "--wait",
                             "1700ms", "--for", "1900ms")  # before the dealer quotes anew
        self.assertEqual(run.code, 3, (run.events, run.err))
        self.assertIn("withdrawn", [event["state"] for event in run.all("quote")])
        self.assertEqual(run.all("accept"), [])


if __name__ == "__main__":
    unittest.main()
