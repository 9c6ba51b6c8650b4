#!/usr/bin/env python3
"""The life of a certificate on a PIV card with countersign-cli cert: from an empty card, by the card's own commands, by
file and by CMP against an authority that issues by itself. Run by tests/support/virtual_card/run."""

import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "system"), str(ROOT / "tests" / "support"), str(ROOT / "tests" / "cards")]
from authority import DemoAuthority  # noqa: E402
from cmp_world import fingerprint  # noqa: E402
from test_programs import MODULES, cards  # noqa: E402
from workplace import BIN, PATIENCE, Run, Workplace  # noqa: E402

PIN, NEW_PIN = "123456", "918273"
MANAGEMENT_KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef"
MANAGEMENT_KEYS = {"3des": MANAGEMENT_KEY, "aes128": MANAGEMENT_KEY[:32], "aes192": MANAGEMENT_KEY,
                   "aes256": MANAGEMENT_KEY + MANAGEMENT_KEY[:16]}


def descriptor(text):
    reading, writing = os.pipe()
    os.write(writing, text.encode() + b"\n")
    os.close(writing)
    return reading


class CardPlace(Workplace):
    """A workplace at which cards are filled."""

    def __init__(self, module):
        super().__init__()
        self.module = MODULES / module
        self.write_card_desk()
        pki = self.dir / "pki"
        self.authority = DemoAuthority(pki / "issuing.pem", pki / "issuing.key", self.dir)
        self.ca = pki / "issuing.pem"

    def write_card_desk(self, fingerprint=None, **more):
        """The desk whose key is in slot 9a of whatever card is there."""
        path = self.write_desk(module=self.module, key_id="01", fingerprint=fingerprint or "0" * 64,
                               port=self.venue.port if self.venue else 1, **more)
        if not fingerprint:
            path.write_text(path.read_text().replace(f'fingerprint = "{"0" * 64}"\n', "", 1))

    def close(self):
        self.authority.stop()
        super().close()

    def run(self, *words, **secrets):
        """countersign-cli WORDS, with each secret on a descriptor of its own."""
        command = [BIN / "countersign-cli", "--config", self.dir / "countersign.toml", "--format", "jsonl",
                   *map(str, words)]
        ends = [descriptor(secret) for secret in secrets.values()]
        for option, end in zip(secrets, ends):
            command += ["--" + option.replace("_", "-"), str(end)]
        done = subprocess.run(command, capture_output=True, text=True, pass_fds=ends, timeout=PATIENCE,
                              env={**self.environment, "no_proxy": "127.0.0.1"})
        for end in ends:
            os.close(end)
        for secret in secrets.values():
            assert secret not in done.stdout + done.stderr, "a secret was printed"
        return Run(done.returncode, done.stdout, done.stderr)

    def wait_for_a_card(self):
        """Until the module shows the card: pcscd looks at its readers every 400 ms."""
        found = self.run("token", "status", "--wait", f"{PATIENCE}s").last("token-status")
        assert found.get("error") != "token-absent", found

    def enrol(self, name, out, *more, secret="open sesame", **secrets):
        return self.run("cert", "enrol", "--server", self.authority.url, "--ca", self.ca, "--subject",
                        f"CN={name},O=Firm", "--out", self.dir / out, "--reference", f"REF-{name}", *more,
                        secret_fd=secret, **secrets)


class CardCertificates(unittest.TestCase):
    module = "opensc-pkcs11.so"
    kind_of_card = ""
    tells = True  # of its keys: by attestation, by metadata

    def setUp(self):
        self.place = CardPlace(self.module)
        self.addCleanup(self.place.close)

    def insert(self, *settings):
        card = cards(" ".join(("make", "fresh", *self.kind_of_card.split(), *settings)))
        cards("insert 0 fresh")
        self.addCleanup(cards, "remove 0")
        self.place.wait_for_a_card()
        return card

    def refused(self, run, problem, code=6):
        self.assertEqual(run.code, code, (run.events, run.err))
        event = run.last("certificate-refused")
        self.assertEqual(event["error"], problem, event)
        return event["detail"]

    def test_from_an_empty_card_by_cmp_to_the_next_certificate(self):
        self.insert()
        place = self.place
        self.assertEqual(place.run("token", "change-pin", pin_fd=PIN, new_pin_fd=NEW_PIN).code, 0)
        place.authority.invite("REF-trader-7", "open sesame", "trader-7")
        self.refused(place.enrol("trader-7", "a.pem", pin_fd=NEW_PIN), "key-not-found")
        self.refused(place.enrol("trader-7", "a.pem", "--generate", "ec-p256", secret="guessed", pin_fd=NEW_PIN),
                     "certificate-untrusted")
        # The key is made; nobody but the card knows which it is.
        generate = ("--generate", "ec-p256")
        if not self.tells:
            self.assertIn("--generate --replace", self.refused(place.enrol("trader-7", "a.pem", *generate, pin_fd=NEW_PIN),
                                                               "duplicate", 64))
            generate += ("--replace",)
        made = place.enrol("trader-7", "a.pem", *generate, pin_fd=NEW_PIN)
        self.assertEqual(made.code, 0, (made.events, made.err))
        placed = made.last("certificate-placed")
        self.assertEqual((placed["what"], placed["keyAlgorithm"], placed["replaced"]), ("enrolled", "EC P-256", []))
        self.assertEqual(placed["fingerprint"], fingerprint(place.dir / "a.pem"))
        place.write_card_desk(fingerprint=placed["fingerprint"])
        self.assertEqual(place.run("token", "status").last("token-status")["outcome"], "ready")

        self.check_the_cards_word(placed["fingerprint"])

        # The reference was for one, and what is there is left alone.
        self.refused(place.enrol("trader-7", "b.pem", pin_fd=NEW_PIN), "duplicate", 64)
        there = self.refused(place.enrol("trader-7", "b.pem", "--generate", "ec-p256", pin_fd=NEW_PIN), "duplicate", 64)
        self.assertIn(placed["fingerprint"], there)
        self.assertIn("still good", self.refused(place.enrol("trader-7", "b.pem", "--replace", pin_fd=NEW_PIN),
                                                 "rejected"))

        renewed = place.run("cert", "renew", "--server", place.authority.url, "--ca", place.ca, "--out",
                            place.dir / "next.pem", pin_fd=NEW_PIN)
        self.assertEqual(renewed.code, 0, (renewed.events, renewed.err))
        self.assertNotEqual(renewed.last("certificate-placed")["fingerprint"], placed["fingerprint"])
        self.gone(renewed.last("certificate-placed"), placed)
        listed = place.run("cert", "list").all("certificate")
        self.assertEqual([event["fingerprint"] for event in listed], [fingerprint(place.dir / "next.pem")])

    def check_the_cards_word(self, issued):
        """What the authority was sent with the request: the card's statement about the key that it has certified."""
        sent = list(self.place.authority.issued.glob("*.statement"))
        self.assertEqual(len(sent), 1 if self.tells else 0)
        for statement in sent:
            keys = {subprocess.run(["openssl", "x509", "-inform", form, "-in", file, "-noout", "-pubkey"], check=True,
                                   capture_output=True, text=True).stdout
                    for form, file in (("DER", statement), ("PEM", statement.with_suffix(".pem")))}
            self.assertEqual(len(keys), 1)
            self.assertEqual(fingerprint(statement.with_suffix(".pem")), issued)

    def test_another_key_in_the_place_of_one_that_is_not_wanted_any_more(self):
        self.insert()
        place = self.place
        place.authority.invite("REF-trader-7", "open sesame", "trader-7")
        first = place.enrol("trader-7", "a.pem", "--generate", "ec-p256", pin_fd=PIN).last("certificate-placed")
        self.assertEqual(self.key_in_the_slot(), place.dir / "a.pem")
        # A leaver's card, for somebody else, and with another kind of key.
        place.authority.invite("REF-trader-8", "open sesame", "trader-8")
        cost = self.refused(place.enrol("trader-8", "b.pem", "--generate", "ec-p384", "--replace", secret="guessed",
                                        pin_fd=PIN), "certificate-untrusted")
        self.assertIn(first["fingerprint"], cost, "what is gone all the same")
        self.assertEqual(place.run("cert", "list").all("certificate"), [], "key and certificate go together")
        made = place.enrol("trader-8", "b.pem", "--generate", "ec-p384", "--replace", pin_fd=PIN)
        self.assertEqual(made.code, 0, (made.events, made.err))
        placed = made.last("certificate-placed")
        self.gone(placed, key=self.tells)
        self.assertEqual(placed["keyAlgorithm"], "EC P-384")
        self.assertNotEqual(placed["fingerprint"], first["fingerprint"])
        self.assertEqual(place.run("token", "status").last("token-status")["outcome"], "ready")

        request = place.dir / "again.csr"
        asked = ("cert", "request", "--subject", "CN=trader-8,O=Firm", "--out", request, "--generate", "ec-p256")
        self.assertIn("CN=trader-8", self.refused(place.run(*asked, pin_fd=PIN), "duplicate", 64))
        again = place.run(*asked, "--replace", pin_fd=PIN)
        self.assertEqual((again.code, again.last("certificate-request")["keyAlgorithm"]), (0, "EC P-256"), again.err)
        self.gone(again.last("certificate-request"), placed, key=True)
        self.assertEqual(place.run("cert", "list").all("certificate"), [])

    def gone(self, event, *placed, key=False):
        """What the event says has stood in the place of what was placed or requested."""
        self.assertEqual([one["fingerprint"] for one in event["replaced"]], [one["fingerprint"] for one in placed])
        self.assertEqual([(one["subject"], one["serial"]) for one in event["replaced"]],
                         [(one["subject"], one["serial"]) for one in placed])
        self.assertEqual(event["keyReplaced"], key)

    def key_in_the_slot(self):
        """The file with the certificate that the card shows."""
        (listed,) = self.place.run("cert", "list").all("certificate")
        return next(file for file in self.place.dir.glob("*.pem") if fingerprint(file) == listed["fingerprint"])

    def test_the_wrong_person_and_the_wrong_pin(self):
        self.insert()
        place = self.place
        place.authority.invite("REF-trader-7", "open sesame", "trader-8")
        self.refused(place.enrol("trader-7", "a.pem", "--generate", "ec-p256", pin_fd="000000"), "pin-wrong")
        self.assertIn("CN=trader-8", self.refused(
            place.enrol("trader-7", "a.pem", "--generate", "ec-p256", pin_fd=PIN), "rejected"))
        self.refused(place.enrol("trader-7", "a.pem", "--generate", "rsa-3072", pin_fd=PIN), "unsupported")
        self.assertFalse((place.dir / "a.pem").exists())

    def test_a_management_key_of_ones_own_of_each_kind(self):
        for management in MANAGEMENT_KEYS:
            with self.subTest(management):
                card = cards(f"make {management} management={management} {self.kind_of_card}")
                cards(f"insert 0 {management}")
                try:
                    self.place.wait_for_a_card()
                    self.fill_with_its_own_key(card, management)
                finally:
                    cards("remove 0")

    def fill_with_its_own_key(self, card, management):
        place, name, key = self.place, f"trader-{management}", MANAGEMENT_KEYS[management]
        place.authority.invite(f"REF-{name}", "open sesame", name)
        # The factory's key is there; IT sets another one, which then is the only one that opens the card.
        cards(f"manage {management} {key}")
        generate = ("--generate", "ec-p384")
        self.refused(place.enrol(name, f"{name}.pem", *generate, pin_fd=PIN), "refused")
        self.refused(place.enrol(name, f"{name}.pem", *generate, pin_fd=PIN, management_key_fd="a" * len(key)), "refused")
        self.refused(place.enrol(name, f"{name}.pem", *generate, pin_fd=PIN, management_key_fd="abc"),
                     "invalid-input", 64)
        longer = "a" * (48 if len(key) != 48 else 64)
        if self.tells:
            self.assertIn(f"{len(key)} hexadecimal digits", self.refused(
                place.enrol(name, f"{name}.pem", *generate, pin_fd=PIN, management_key_fd=longer), "invalid-input", 64))
        else:
            self.refused(place.enrol(name, f"{name}.pem", *generate, pin_fd=PIN, management_key_fd=longer), "unsupported")
        made = place.enrol(name, f"{name}.pem", *generate, pin_fd=PIN, management_key_fd=key)
        self.assertEqual(made.code, 0, (made.events, made.err))
        self.assertEqual(made.last("certificate-placed")["keyAlgorithm"], "EC P-384")
        self.assertEqual(cards(f"status {management}")["guid"], card["guid"])

    def test_a_management_key_that_the_card_keeps_behind_its_pin(self):
        self.insert("management=aes256")
        cards(f"manage fresh {MANAGEMENT_KEYS['aes256']} kept")
        place = self.place
        place.authority.invite("REF-trader-7", "open sesame", "trader-7")
        made = place.enrol("trader-7", "a.pem", "--generate", "ec-p256", pin_fd=PIN)
        self.assertEqual(made.code, 0, (made.events, made.err))

    def test_by_file_with_the_cards_word(self):
        self.insert()
        place, request = self.place, self.place.dir / "trader-7.csr"
        asked = ("cert", "request", "--subject", "CN=trader-7,O=Firm", "--out", request)
        self.refused(place.run(*asked, pin_fd=PIN), "key-not-found")
        made = place.run(*asked, "--generate", "ec-p256", pin_fd=PIN)
        self.assertEqual(made.code, 0, (made.events, made.err))
        self.assertEqual(made.last("certificate-request")["attested"], self.tells)
        again = place.run(*asked[:-1], place.dir / "again.csr", "--generate", "ec-p256", pin_fd=PIN)
        if self.tells:
            self.assertEqual(again.code, 0, "a key that waits for its certificate is gone on with")
        else:
            self.refused(again, "duplicate", 64)
        pki = place.dir / "pki"
        for number, out in enumerate(("first.pem", "second.pem")):
            subprocess.run(["openssl", "x509", "-req", "-in", request, "-CA", pki / "issuing.pem", "-CAkey",
                            pki / "issuing.key", "-set_serial", str(4711 + number), "-days", "30", "-extfile",
                            pki / "openssl.cnf", "-extensions", "person", "-out", place.dir / out], check=True,
                           capture_output=True)
        # As some authorities hand it out: their own certificate first.
        chain = place.dir / "chain.pem"
        chain.write_text((pki / "issuing.pem").read_text() + (place.dir / "first.pem").read_text())
        placed = place.run("cert", "import", chain, "--ca", place.ca, pin_fd=PIN)
        self.assertEqual(placed.code, 0, (placed.events, placed.err))
        twice = place.run("cert", "import", place.dir / "first.pem", pin_fd=PIN)
        self.gone(twice.last("certificate-placed"))
        self.refused(place.run("cert", "import", place.dir / "second.pem", pin_fd=PIN), "duplicate", 64)
        replaced = place.run("cert", "import", place.dir / "second.pem", "--replace", pin_fd=PIN)
        self.gone(replaced.last("certificate-placed"), placed.last("certificate-placed"))
        self.assertEqual(cards("status fresh")["pin"], 3)


class CardCertificatesWithYkcs11(CardCertificates):
    module = "libykcs11.so"


class CardCertificatesOfAnotherMaker(CardCertificates):
    kind_of_card = "maker=other"
    tells = False


if __name__ == "__main__":
    unittest.main()
