#!/usr/bin/env python3
"""What goes through the module, with a key on a card: a certificate that its own key revokes, one that vouches for
another, and the next one for another key; against OpenSSL's CMP server. Run by tests/support/virtual_card/run."""

import pathlib
import subprocess
import sys
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "system"), str(ROOT / "tests" / "support"), str(ROOT / "tests" / "cards")]
from cmp_world import Authority, MockServer, fingerprint, run  # noqa: E402
from test_card_certificates import PIN, CardPlace  # noqa: E402
from test_programs import CARDS, cards  # noqa: E402

TOUCH = "The card is working. Touch it if it blinks."


class CardAuthority(unittest.TestCase):
    module = "opensc-pkcs11.so"

    def setUp(self):
        self.place = CardPlace(self.module)
        self.addCleanup(self.place.close)
        self.ca = Authority(self.place.dir, "Issuer")
        # In 9c a key that the maker's tool has put there, with a certificate that has ended: OpenSC shows no key without.
        cards("make trader 9c=p256:expired")
        cards("insert 0 trader")
        self.addCleanup(cards, "remove 0")
        self.place.wait_for_a_card()
        self.first = self.certified("first")

    def file(self, name):
        return self.place.dir / name

    def server(self, result, *more):
        server = MockServer(self.ca, result, *more)
        self.addCleanup(server.stop)
        return ("--server", server.url, "--ca", self.ca.certificate)

    def succeeded(self, done):
        self.assertEqual(done.code, 0, (done.events, done.err))
        return done

    def refused(self, done, problem, code=6):
        self.assertEqual(done.code, code, (done.events, done.err))
        event = done.last("certificate-refused")
        self.assertEqual(event["error"], problem, event)
        return event["detail"]

    def certified(self, name):
        """A key in 9a and its certificate, by file."""
        self.succeeded(self.place.run("cert", "request", "--generate", "ec-p256", "--subject", "CN=trader-7,O=Test", "--out",
                                      self.file(f"{name}.csr"), pin_fd=PIN))
        issued = self.ca.issue(self.file(f"{name}.csr"))
        self.succeeded(self.place.run("cert", "import", issued, "--ca", self.ca.certificate, pin_fd=PIN))
        return issued

    def issued_for_the_other_key(self, *more, serial=None):
        """What the authority issues for the key in 9c, whoever asks."""
        public = self.file("9c.pub")
        public.write_text(run("openssl", "x509", "-in", CARDS / "trader-9c.pem", "-noout", "-pubkey"))
        return self.ca.issue(self.file("first.csr"), *(more or ("-days", "10")), "-force_pubkey", public, serial=serial)

    def listed(self):
        return {event["keyId"]: event["fingerprint"] for event in self.place.run("cert", "list").all("certificate")}

    def signatures(self, slot):
        return cards("status trader")["signatures"].get(slot, 0)

    def test_a_certificate_is_revoked_by_its_own_key(self):
        revoke = ("cert", "revoke", *self.server(self.first), "--reason", "superseded", "--fingerprint")
        before = self.signatures("9a")
        self.refused(self.place.run(*revoke, "ab" * 32, pin_fd=PIN), "key-not-found")
        self.assertEqual(self.signatures("9a"), before, "what is revoked is named, never found")
        self.refused(self.place.run(*revoke, fingerprint(self.first), pin_fd="000000"), "pin-wrong")
        done = self.succeeded(self.place.run(*revoke, fingerprint(self.first), pin_fd=PIN))
        self.assertEqual(done.last("certificate-revoked")["fingerprint"], fingerprint(self.first))
        self.assertEqual(self.signatures("9a"), before + 1, "the request, by the card's key")

    def touched(self, *words, times, **secrets):
        """Runs a command while somebody touches the card, as often as it wants that and no more."""
        cards("touch trader always")
        cards("slow trader 600")
        touches = threading.Thread(target=lambda: [cards("touch trader now") for _ in range(times)])
        touches.start()
        done = self.succeeded(self.place.run(*words, **secrets))
        touches.join()
        cards("touch trader never")
        cards("slow trader 0")
        self.assertGreaterEqual(done.err.count(TOUCH), times, done.err)
        return done

    def test_whoever_waits_for_a_touch_is_told_by_each_command(self):
        self.touched("cert", "revoke", *self.server(self.first), "--fingerprint", fingerprint(self.first), times=1,
                     pin_fd=PIN)
        self.touched("cert", "request", "--subject", "CN=trader-7,O=Test", "--out", self.file("again.csr"), times=1,
                     pin_fd=PIN)
        self.touched("cert", "import", self.ca.issue(self.file("again.csr")), "--replace", times=1, pin_fd=PIN)

    def into_the_other_slot(self, done, issued):
        """The module leaves the writing to the maker's tool, and nothing is lost."""
        detail = self.refused(done, "unsupported")
        self.assertEqual(fingerprint(self.file("next.pem")), fingerprint(issued), detail)
        subprocess.run(["yubico-piv-tool", "-a", "import-certificate", "-s", "9c", "-i", self.file("next.pem")], check=True,
                       capture_output=True)
        self.assertEqual(self.listed(), {"01": fingerprint(self.first), "02": fingerprint(issued)})

    def test_a_certificate_vouches_for_another_key(self):
        issued = self.issued_for_the_other_key()
        done = self.place.run("cert", "enrol", *self.server(issued), "--subject", "CN=trader-7,O=Test", "--out",
                              self.file("next.pem"), "--key-id", "02", "--vouched-by", "01", pin_fd=PIN)
        self.into_the_other_slot(done, issued)

    def test_the_next_certificate_is_for_another_key(self):
        serial = "0x" + run("openssl", "x509", "-in", self.first, "-noout", "-serial").strip().split("=")[1]
        issued = self.issued_for_the_other_key("-days", "60", serial=serial)
        done = self.place.run("cert", "renew", *self.server(issued), "--out", self.file("next.pem"), "--next-key-id", "02",
                              pin_fd=PIN)
        self.into_the_other_slot(done, issued)


class CardAuthorityWithYkcs11(CardAuthority):
    module = "libykcs11.so"


if __name__ == "__main__":
    unittest.main()
