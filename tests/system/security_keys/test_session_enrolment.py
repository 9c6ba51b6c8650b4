#!/usr/bin/env python3
"""Security keys enrolled at the venue over the session, by countersign-cli: the first one in the hours that the
administrator opens, the second one with a touch on the first, and what is refused. The real programs, a SoftHSM2 token,
TLS and two virtual security keys; under tests/support/virtual_fido/run --keys 2 --plugged 0."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from test_key_commands import Keys  # noqa: E402
from test_step_up import DEAL, KEY_PIN, GuardedPlace  # noqa: E402

SECOND_PIN = "135790"
MAY = "view,request-quote,accept,arm-ticket,manage-keys"


class SessionEnrolment(unittest.TestCase):
    def setUp(self):
        self.keys = Keys()
        self.addCleanup(self.keys.close)
        for key, pin in ((0, KEY_PIN), (1, SECOND_PIN)):
            self.keys.ask("fresh", key)
            self.keys.ask("pin", key, value=pin)
        self.keys.ask("unplug", 1)
        self.place = GuardedPlace(self.keys, makers=(0, 1))
        self.addCleanup(self.place.close)

    def enrol(self, name, **pins):
        return self.place.touching("key", "enrol", "--session", "VENUE-X", "--name", name, **pins)

    def known(self):
        lines = self.place.administer("credential", "list").splitlines()
        return {entry["name"]: entry for entry in map(json.loads, lines)}

    def test_two_keys_and_a_deal_with_the_second(self):
        self.place.start_guarded(may=MAY, more=("--enrol-hours", "1"))
        run = self.enrol("blue key", new_key_pin=KEY_PIN)
        self.assertEqual(run.code, 0, (run.events, run.err))
        enrolled = run.last("key-enrolled")
        self.assertEqual((enrolled["session"], enrolled["name"]), ("VENUE-X", "blue key"))
        self.assertEqual(self.known()["blue key"]["credential"], enrolled["credentialId"])

        # The permission was for one key; now that one is asked for its word. Both are plugged in.
        path = self.keys.ask("plug", 1)["path"]
        run = self.place.touching("key", "enrol", "--session", "VENUE-X", "--name", "key of the safe", "--key", path,
                                  new_key_pin=SECOND_PIN)
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertIn(["Enrol the new security key: key of the safe", f"User: {self.place.pki['PKI_TRADER_NAME']}"],
                      [event["action"] for event in run.all("step-up")])

        self.place.administer("credential", "rename", run.last("key-enrolled")["credentialId"], "--name", "red key")
        self.assertEqual(sorted(self.known()), ["blue key", "red key"])
        self.keys.ask("unplug", 0)
        run = self.place.touching(*DEAL, key_pin=SECOND_PIN)
        self.assertEqual(run.code, 0, (run.events, run.err))
        self.assertTrue(run.last("trade")["asAccepted"])

    def test_without_permission_no_first_key(self):
        self.place.start_guarded(may=MAY)
        run = self.enrol("blue key", new_key_pin=KEY_PIN)
        self.assertEqual(run.code, 6, (run.events, run.err))
        refused = run.last("key-refused")
        self.assertEqual(refused["problem"], "not-permitted-there")
        self.assertIn("Reference", refused["detail"])
        self.assertEqual(self.known(), {})
        self.assertEqual(self.keys.ask("status")["credentials"], [], "the key was not even asked")

    def test_whoever_may_not_manage_keys_enrols_none(self):
        self.place.start_guarded(more=("--enrol-hours", "1"))
        run = self.enrol("blue key", new_key_pin=KEY_PIN)
        self.assertEqual(run.code, 6, (run.events, run.err))
        self.assertEqual(run.last("key-refused")["problem"], "not-permitted-there")
        self.assertEqual(self.known(), {})

    def test_a_wrong_pin_of_the_new_key_costs_one_try(self):
        self.place.start_guarded(may=MAY, more=("--enrol-hours", "1"))
        run = self.enrol("blue key", new_key_pin="000000")
        self.assertEqual(run.code, 6, (run.events, run.err))
        refused = run.last("key-refused")
        self.assertEqual((refused["problem"], refused["pinTriesLeft"]), ("pin-wrong", 7))
        self.assertEqual(self.known(), {})
        run = self.enrol("blue key", new_key_pin=KEY_PIN)
        self.assertEqual(run.code, 0, "the permission stands until a key is enrolled")


if __name__ == "__main__":
    unittest.main()
