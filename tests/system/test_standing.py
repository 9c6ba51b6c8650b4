#!/usr/bin/env python3
"""Whether certificates still hold, as the real programs judge it: answers of `openssl ocsp` that the venue shows, pins
that move on, trust by fingerprint alone."""

import hashlib
import pathlib
import ssl
import subprocess
import unittest

from workplace import BIN, PATIENCE, Run, Workplace


class Standing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Workplace()
        cls.addClassCleanup(cls.place.close)

    def tearDown(self):
        if self.place.venue:
            self.place.venue.stop()
            self.place.venue = None

    def venue_certificate(self):
        """The venue's own certificate, DER."""
        chain = pathlib.Path(self.place.pki["PKI_VENUE_CERTIFICATE"]).read_text()
        return ssl.PEM_cert_to_DER_cert(chain[:chain.index("-----END CERTIFICATE-----") + 25] + "\n")

    def answer(self, name, revoked=False):
        """What the authority says of the venue's certificate, as a file."""
        folder = self.place.dir / "pki"
        leaf = folder / "venue-leaf.pem"
        leaf.write_text(ssl.DER_cert_to_PEM_cert(self.venue_certificate()))
        serial = subprocess.run(["openssl", "x509", "-in", leaf, "-noout", "-serial"], check=True, capture_output=True,
                                text=True).stdout.strip().removeprefix("serial=")
        state = ("R", "260101000000Z,keyCompromise") if revoked else ("V", "")
        (folder / "index.txt").write_text(f"{state[0]}\t400101000000Z\t{state[1]}\t{serial}\tunknown\t/CN=venue\n")
        out = self.place.dir / name
        subprocess.run(["openssl", "ocsp", "-index", folder / "index.txt", "-CA", folder / "issuing.pem", "-rsigner",
                        folder / "issuing.pem", "-rkey", folder / "issuing.key", "-issuer", folder / "issuing.pem", "-cert", leaf,
                        "-ndays", "1", "-respout", out], check=True, capture_output=True)
        return out

    def refusals(self, run):
        return {event["error"] for event in run.all("session") if event.get("error")}

    def test_a_session_that_requires_an_answer_deals_with_one_and_not_without(self):
        answer = self.answer("venue.ocsp")
        good = answer.read_bytes()
        self.place.start_venue(listener=f'ocsp_answer = "{answer}"')
        self.place.write_desk(pins='ocsp = "required"')
        self.assertEqual(self.place.deal().code, 0)

        self.answer("venue.ocsp", revoked=True)
        self.assertNotEqual(answer.read_bytes(), good)
        self.assertEqual(self.refusals(self.place.deal(life="2s")), {"certificate-revoked"})

        self.place.venue.stop()
        answer.unlink()
        self.place.start_venue(listener=f'ocsp_answer = "{answer}"')
        self.place.write_desk(pins='ocsp = "required"')
        self.assertEqual(self.refusals(self.place.deal(life="2s")), {"revocation-unknown"})
        self.place.write_desk(pins='ocsp = "when-stapled"')
        self.assertEqual(self.place.deal().code, 0)

    def test_a_venue_that_shows_its_next_certificate_is_taken_and_told(self):
        self.place.start_venue()
        fingerprint = hashlib.sha256(self.venue_certificate()).hexdigest()
        self.place.write_desk(pins=f'pins = ["{"0" * 64}"]\nnext_pins = ["{fingerprint}"]')
        run = self.place.deal()
        self.assertEqual(run.code, 0, run.err)
        self.assertTrue(any(event.get("pinnedAsNext") for event in run.all("session")), run.events)
        self.place.write_desk(pins=f'pins = ["{fingerprint}"]')
        code, said = self.place.check_config()
        self.assertEqual(code, 0, said)

    def test_what_a_venue_shows_is_written_for_its_fingerprint_alone(self):
        self.place.start_venue()
        out = self.place.dir / "shown.pem"

        def trust(*words):
            done = subprocess.run([BIN / "countersign-cli", "--format", "jsonl", "cert", "trust", "--from",
                                   f"127.0.0.1:{self.place.venue.port}", *words], capture_output=True, text=True, timeout=PATIENCE)
            return Run(done.returncode, done.stdout, done.stderr)

        fingerprint = hashlib.sha256(self.venue_certificate()).hexdigest()
        self.assertEqual(trust().all("certificate-shown")[0]["fingerprint"], fingerprint)
        self.assertEqual(trust("--fingerprint", "0" * 64, "--out", out).code, 6)
        self.assertFalse(out.exists())
        self.assertEqual(trust("--fingerprint", fingerprint, "--out", out).code, 0)
        self.assertEqual(ssl.PEM_cert_to_DER_cert(out.read_text()), self.venue_certificate())


if __name__ == "__main__":
    unittest.main()
