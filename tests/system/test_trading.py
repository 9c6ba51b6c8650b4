#!/usr/bin/env python3
"""The whole main job with the real programs: a key on a SoftHSM2 token, mutual TLS, a venue, an RFQ, a fill."""

import os
import re
import signal
import subprocess
import unittest

from workplace import PATIENCE, PIN, Run, Workplace


class Trading(unittest.TestCase):
    def setUp(self):
        self.place = Workplace()
        self.addCleanup(self.place.close)

    def test_an_accepted_quote_comes_back_as_the_same_trade(self):
        self.place.start_venue()
        self.place.write_desk()
        run = self.place.deal("--limit", "1.3000")

        self.assertEqual(run.code, 0, run.err)
        accept, trade, end = run.last("accept"), run.last("trade"), run.last("end")
        for field in ("dealer", "symbol", "side", "quantity", "currency", "price", "valueDate", "clOrdId"):
            self.assertEqual(trade[field], accept[field], field)
        self.assertTrue(trade["asAccepted"])
        self.assertEqual(end["exitCode"], 0)
        quoted = [event["offer"] for event in run.all("quote") if event["state"] == "firm"]
        self.assertIn(trade["price"], quoted)
        # What was on the wire: the venue's record of the order carries the price digit by digit.
        self.assertRegex(self.place.venue.log(), rf"order={accept['clOrdId']} .*price={re.escape(trade['price'])} .*filled")
        self.assertEqual(self.place.outcomes(), {accept["clOrdId"]: "filled"})

    def test_the_connection_is_mutual_tls_and_its_facts_are_shown(self):
        self.place.start_venue()
        self.place.write_desk(pins=f"pins = [\"{self.place.pki['PKI_VENUE_FINGERPRINT']}\"]")
        run = self.place.cli("venues")
        self.assertEqual(run.code, 0, run.err)
        access, session = run.last("access"), run.last("session")
        self.assertEqual(access["outcome"], "signed-in")
        self.assertEqual(access["fingerprint"], self.place.pki["PKI_TRADER_FINGERPRINT"])
        self.assertEqual(session["phase"], "logged-on")
        self.assertEqual(session["tlsVersion"], "TLSv1.3")
        self.assertIn("GCM", session["cipherSuite"])
        self.assertEqual(session["peerFingerprint"], self.place.pki["PKI_VENUE_FINGERPRINT"])
        self.assertTrue(session["pinned"])
        self.assertIn(f"fingerprint={self.place.pki['PKI_TRADER_FINGERPRINT']}", self.place.venue.log())

    def test_no_quote_inside_the_limit_is_not_dealt(self):
        self.place.start_venue()
        self.place.write_desk()
        run = self.place.deal("--limit", "1.0000", life="2s")
        self.assertEqual(run.code, 3, run.err)
        self.assertEqual(run.all("accept"), [])
        self.assertNotIn("event=order", self.place.venue.log())

    def test_a_stream_of_quotes_can_be_watched_without_dealing(self):
        self.place.start_venue()
        self.place.write_desk()
        run = self.place.cli("rfq", "EUR/USD", "two-way", "5m", "--dealers", "FIRM", "--for", "5s")
        self.assertEqual(run.code, 0, run.err)
        firm = [event for event in run.all("quote") if event["state"] == "firm"]
        self.assertGreaterEqual(len(firm), 2)
        self.assertTrue(all("bid" in event and "offer" in event for event in firm))

    def test_an_interrupted_request_is_ended_at_the_venue(self):
        self.place.start_venue()
        self.place.write_desk()
        process = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM,QUIET", "--for", "60s")
        lines = []
        for line in process.stdout:
            lines.append(line)
            if '"quote"' in line:
                process.send_signal(signal.SIGINT)
                break
        out, err = process.communicate(timeout=PATIENCE)
        run = Run(process.returncode, "".join(lines) + out, err)
        self.assertEqual(run.code, 3, err)
        self.assertRegex(self.place.venue.log(), r'event=request-ended .*why="?(the client|ended|cancel)')

    def test_the_pin_is_nowhere_on_disk(self):
        self.place.start_venue()
        self.place.write_desk()
        self.assertEqual(self.place.deal("--limit", "1.3000").code, 0)
        self.place.deal(pin="9081726354")
        searched = 0
        for folder, _, files in os.walk(self.place.dir):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    content = file.read()
                searched += 1
                for secret in (PIN, "9081726354"):
                    self.assertNotIn(secret.encode(), content, os.path.join(folder, name))
        self.assertGreater(searched, 10)
        for folder in ("state", "state/log"):
            self.assertEqual(os.stat(self.place.dir / folder).st_mode & 0o077, 0, folder)

    def test_two_runs_go_on_with_the_same_sequence_numbers(self):
        self.place.start_venue()
        self.place.write_desk()
        self.assertEqual(self.place.deal("--limit", "1.3000").code, 0)
        self.assertEqual(self.place.deal("--limit", "1.3000").code, 0)
        self.assertEqual(len(self.place.outcomes()), 2)

    def test_a_process_that_knows_a_pin_leaves_no_core(self):
        self.place.start_venue()
        self.place.write_desk()
        process = self.place.start_cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--for", "60s")
        try:
            for line in process.stdout:
                if '"access"' in line:
                    break
            with open(f"/proc/{process.pid}/limits", encoding="ascii") as limits:
                core = next(line for line in limits if line.startswith("Max core file size"))
            self.assertEqual(core.split()[4:6], ["0", "0"])
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE)

    def test_help_and_version_need_nothing(self):
        for option in ("--help", "--version"):
            done = subprocess.run([os.path.join(os.environ["COUNTERSIGN_BIN"], "countersign-cli"), option],
                                  capture_output=True, text=True, timeout=PATIENCE)
            self.assertEqual(done.returncode, 0)
            self.assertIn("countersign-cli", done.stdout)


if __name__ == "__main__":
    unittest.main()
