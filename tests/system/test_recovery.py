#!/usr/bin/env python3
"""Never wonder whether you traded: asking, two persons, incidents, with the real programs and two real tokens."""

import contextlib
import sqlite3
import unittest

from workplace import PIN, SUPERVISOR_PIN, Workplace


class Recovery(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Workplace()
        cls.addClassCleanup(cls.place.close)

    def begin(self, **scenario):
        self.place.forget()
        self.place.start_venue(scenarios=self.place.scenario(**scenario))
        self.place.write_desk()

    def lose(self, **scenario):
        """An acceptance without an outcome; its ClOrdID."""
        self.begin(**scenario)
        run = self.place.deal()
        self.assertEqual(run.code, 5, (run.events, run.err))
        return run.last("unknown")["clOrdId"]

    def close(self, order, verdict="--not-traded", approver=None, second_pin=SUPERVISOR_PIN):
        return self.place.cli("close", order, verdict, "--reason", "no answer", "--reference", "J. Doe, 14:05",
                              "--approver", approver or self.place.pki["PKI_APPROVER_FINGERPRINT"], second_pin=second_pin)

    # ---- without signing in ----

    def test_outcomes_are_listed_without_a_token(self):
        order = self.lose(order="never-answer", times=1)
        run = self.place.cli("outcomes", pin=None)
        self.assertEqual(run.code, 5, run.err)
        unknown = run.last("unknown")
        self.assertEqual(unknown["clOrdId"], order)
        self.assertEqual(unknown["phone"], "+44 20 7946 0199")
        self.assertIn(f"11={order}|", unknown["message"])
        position = run.last("position")
        self.assertEqual((position["least"], position["most"], position["unknown"]), ("0", "5000000", [order]))
        self.assertEqual(run.all("access"), [])

    def test_outcomes_with_nothing_open_is_exit_zero(self):
        self.begin()
        self.assertEqual(self.place.deal().code, 0)
        run = self.place.cli("outcomes", pin=None)
        self.assertEqual(run.code, 0, run.events)
        self.assertEqual(run.last("position")["least"], "5000000")

    # ---- asking ----

    def test_recover_says_what_it_asks_and_what_it_learns(self):
        order = self.lose(order="drop-after-deal", times=1)
        run = self.place.recover()
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual(run.last("outcome")["state"], "filled")
        self.assertEqual(run.last("trade")["clOrdId"], order)
        self.assertIn("decided", [event["kind"] for event in run.all("evidence")])
        self.assertEqual(self.place.recover().code, 0)

    def test_recover_that_finds_nothing_out_says_whom_to_call(self):
        order = self.lose(order="never-answer", times=1)
        run = self.place.recover("3s")
        self.assertEqual(run.code, 5, run.events)
        self.assertIn("+44 20 7946 0199", run.last("end")["reason"])
        self.assertIn(order, run.last("end")["reason"])
        self.assertTrue(run.all("asking"))

    def test_recover_without_a_venue_is_exit_six(self):
        self.lose(order="never-answer", times=1)
        self.place.venue.stop()
        run = self.place.recover("1500ms")
        self.assertEqual(run.code, 6, run.events)
        self.assertEqual(list(self.place.outcomes().values()), ["unknown"])

    def test_a_run_may_wait_for_its_own_outcome(self):
        self.begin(order="drop-after-deal", times=1)
        run = self.place.deal("--recover", "15s")
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertTrue(run.all("unknown"))
        self.assertTrue(run.last("trade")["asAccepted"])

    def test_what_never_reached_the_dealer_is_not_traded(self):
        self.begin(order="drop-before-deal", times=1)
        run = self.place.deal("--recover", "15s")
        self.assertEqual(run.code, 4, (run.events, run.err))
        self.assertEqual(run.last("reject")["state"], "not-received")
        self.assertEqual(self.place.venue_orders(), {})

    # ---- two persons ----

    def test_two_persons_close_an_outcome_and_both_are_on_record(self):
        order = self.lose(order="never-answer", times=1)
        run = self.close(order)
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual(run.last("approval")["person"], self.place.pki["PKI_APPROVER_NAME"])
        self.assertIn(f"order: {order}\n", run.last("statement")["statement"])
        self.assertEqual(self.place.outcomes(), {order: "closed"})
        row, = self.place.query("SELECT verdict, reference, trader, approver, statement, certificate, signature "
                                "FROM outcome_closing")
        self.assertEqual(row[:4], ("not-traded", "J. Doe, 14:05", self.place.pki["PKI_TRADER_NAME"],
                                   self.place.pki["PKI_APPROVER_NAME"]))
        self.assertEqual(row[4], run.last("statement")["statement"])
        self.assertIn("BEGIN CERTIFICATE", row[5])
        self.assertTrue(row[6])
        self.assertEqual(self.place.cli("outcomes", pin=None).code, 0)
        self.assertEqual(self.close(order).code, 64)

    def test_a_wrong_second_pin_changes_nothing(self):
        order = self.lose(order="never-answer", times=1)
        run = self.close(order, second_pin="0000")
        self.assertEqual(run.code, 6, run.events)
        self.assertEqual(run.last("approval")["error"], "pin-wrong")
        self.assertEqual(self.place.outcomes(), {order: "unknown"})

    def test_one_person_is_not_two(self):
        order = self.lose(order="never-answer", times=1)
        run = self.close(order, approver=self.place.pki["PKI_TRADER_FINGERPRINT"], second_pin=PIN)
        self.assertEqual(run.code, 6, run.events)
        self.assertEqual(run.last("approval")["error"], "refused")
        self.assertEqual(self.place.outcomes(), {order: "unknown"})

    def test_only_an_unknown_outcome_can_be_closed(self):
        self.begin()
        self.assertEqual(self.place.deal().code, 0)
        order, = self.place.outcomes()
        self.assertEqual(self.close(order).code, 64)
        self.assertEqual(self.close("C-NOBODY").code, 64)

    # ---- twins ----

    def test_a_twin_is_blocked_until_two_persons_let_one_through(self):
        order = self.lose(order="never-answer", times=1)
        self.assertEqual(self.place.deal(life="1500ms").code, 3)
        twin = ("--twin-of", order, "--reason", "the client needs it", "--approver",
                self.place.pki["PKI_APPROVER_FINGERPRINT"])
        refused = self.place.cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--for", "6s",
                                 *twin, second_pin="0000")
        self.assertEqual(refused.code, 6, refused.events)
        self.assertEqual(refused.all("rfq"), [])
        run = self.place.cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--for", "6s", *twin,
                             second_pin=SUPERVISOR_PIN)
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertEqual(sorted(self.place.outcomes().values()), ["filled", "unknown"])
        self.assertEqual(self.place.deal(life="1500ms").code, 3)

    # ---- incidents ----

    def test_a_fill_after_a_close_is_booked_and_an_incident_until_somebody_acknowledges_it(self):
        order = self.lose(order="late-answer", later="4s", times=1)
        self.assertEqual(self.close(order).code, 0)
        self.place.wait_for(lambda: self.place.venue_orders()[order]["state"] == "filled")
        # The report waits for the next logon; it may come a moment after it, hence a run that lasts.
        self.place.cli("rfq", "EUR/USD", "sell", "1m", "--dealers", "FIRM", "--for", "2s")
        self.assertEqual(self.place.outcomes(), {order: "filled"})
        run = self.place.cli("outcomes", pin=None)
        self.assertEqual(run.code, 5, run.events)
        incident = run.last("incident")
        self.assertEqual((incident["kind"], incident["clOrdId"]), ("late-fill", order))
        self.assertEqual(run.last("position")["least"], "5000000")

        seen = self.place.cli("acknowledge", incident["incident"], "--note", "hedged")
        self.assertEqual(seen.code, 0, (seen.events, seen.err))
        self.assertEqual(self.place.cli("outcomes", pin=None).code, 0)
        self.assertEqual(self.place.cli("acknowledge", incident["incident"], "--note", "twice").code, 64)

    def test_a_dispute_needs_the_incident(self):
        self.begin(fill="worse-price")
        self.assertEqual(self.place.deal().code, 5)
        run = self.place.cli("dispute", "I-NOBODY", "--wait", "3s")
        self.assertEqual(run.code, 64, run.events)

    def test_a_fill_of_another_price_is_disputed_by_a_later_run(self):
        self.begin(fill="worse-price")
        self.assertEqual(self.place.deal().code, 5)
        incident = self.place.cli("outcomes", pin=None).last("incident")
        run = self.place.cli("dispute", incident["incident"])
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertIn("event=trade-doubted", self.place.venue.log())
        self.assertEqual(self.place.cli("dispute", incident["incident"]).code, 64, "once is enough")



class Locks(unittest.TestCase):
    """Somebody whom the desk itself lets in no more, and the privileged person who ends that."""

    @classmethod
    def setUpClass(cls):
        cls.place = Workplace()
        cls.addClassCleanup(cls.place.close)

    def test_a_lock_of_the_desk_ends_with_the_card_of_a_privileged_person(self):
        config = self.place.write_desk(port=1)
        config.write_text(config.read_text() + "[access]\n")
        store = self.place.dir / "state" / "access.sqlite"
        run = self.place.cli("access", "status", pin=None)
        self.assertEqual((run.code, run.all("locked")), (0, []), run.err)
        with contextlib.closing(sqlite3.connect(store)) as locks:
            locks.execute("INSERT INTO users(name, role, locked_why) VALUES('alice', 'standard', 'the counter did not rise')")
            locks.commit()
        run = self.place.cli("access", "status", pin=None)
        self.assertEqual([(one["user"], one["why"]) for one in run.all("locked")], [("alice", "the counter did not rise")])

        def unlock(name, pin=SUPERVISOR_PIN):
            return self.place.cli("access", "unlock", name, "--reason", "a new key", "--approver",
                                  self.place.pki["PKI_APPROVER_FINGERPRINT"], pin=None, second_pin=pin)

        self.assertEqual(unlock("bob").code, 64)
        self.assertEqual(unlock("alice", pin="000000").code, 6)
        self.assertEqual(len(self.place.cli("access", "status", pin=None).all("locked")), 1)
        run = unlock("alice")
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertIn("unlock=alice", run.last("statement")["statement"])
        self.assertEqual(run.last("approval")["person"], self.place.pki["PKI_APPROVER_NAME"])
        self.assertEqual(self.place.cli("access", "status", pin=None).all("locked"), [])
        with contextlib.closing(sqlite3.connect(store)) as locks:
            self.assertEqual(locks.execute("SELECT target, by_whom, reason FROM change_events").fetchall(),
                             [("alice", self.place.pki["PKI_APPROVER_NAME"], "a new key")])


if __name__ == "__main__":
    unittest.main()
