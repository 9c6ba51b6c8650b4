#!/usr/bin/env python3
"""What must not work: wrong PINs, wrong certificates, wrong names, servers that are none. Each ends in a clear message
and a meaningful exit code, and never in a message to a stranger."""

import os
import socket
import ssl
import subprocess
import threading
import time
import unittest

from workplace import PIN, Workplace


class Server:
    """A TCP server on loopback that treats each connection by a function."""

    def __init__(self, treat):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.connections = 0
        self._treat = treat
        self._stop = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection):
        with connection:
            try:
                self._treat(connection, self._stop)
            except OSError:
                pass

    def close(self):
        self._stop.set()
        self._listener.close()


class Refusals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Workplace()
        cls.addClassCleanup(cls.place.close)

    def tearDown(self):
        if self.place.venue:
            self.place.venue.stop()
            self.place.venue = None

    def issue(self, name, issuer="issuing", extensions="venue", subject="/CN=localhost", days="30"):
        """A certificate with its key below the test's PKI, as (certificate, key)."""
        folder = self.place.dir / "pki"
        command = ["openssl", "x509", "-new", "-subj", subject, "-days", days, "-CA", f"{issuer}.pem", "-CAkey",
                   f"{issuer}.key", "-set_serial", "77", "-extfile", "openssl.cnf", "-extensions", extensions, "-out",
                   f"{name}.pem", "-force_pubkey", f"{name}.pub"]
        for step in (["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key"],
                     ["openssl", "pkey", "-in", f"{name}.key", "-pubout", "-out", f"{name}.pub"], command):
            subprocess.run(step, cwd=folder, check=True, capture_output=True)
        (folder / f"{name}-chain.pem").write_text((folder / f"{name}.pem").read_text()
                                                  + (folder / "issuing.pem").read_text())
        return folder / f"{name}-chain.pem", folder / f"{name}.key"

    def other_authority(self):
        folder = self.place.dir / "pki"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", "other.key", "-out", "other.pem", "-subj", "/CN=Other Root", "-days", "30",
                        "-config", "openssl.cnf", "-extensions", "root"], cwd=folder, check=True, capture_output=True)
        return folder / "other.pem"

    def assert_refused(self, run, error, *words):
        self.assertEqual(run.code, 6, (run.events, run.err))
        refused = [event for event in run.all("session") if event.get("error")]
        self.assertIn(error, [event["error"] for event in refused], run.events)
        detail = " ".join(event["detail"] for event in refused)
        for word in words:
            self.assertIn(word, detail)

    # ---- who signs in ----

    def test_a_wrong_pin_opens_nothing(self):
        self.place.start_venue()
        self.place.write_desk()
        run = self.place.deal(pin="0000")
        self.assertEqual(run.code, 6)
        self.assertEqual(run.last("access")["error"], "pin-wrong")
        self.assertEqual(run.all("session"), [])
        self.assertNotIn("client-logged-on", self.place.venue.log())

    def test_an_empty_pin_is_no_try(self):
        self.place.start_venue()
        self.place.write_desk()
        run = self.place.deal(pin="")
        self.assertEqual(run.code, 6)
        self.assertEqual(run.last("access")["outcome"], "refused")

    def test_a_module_that_is_missing_or_not_allowed_is_not_loaded(self):
        self.place.start_venue()
        self.place.write_desk(module="/nowhere/libnone.so")
        run = self.place.deal()
        self.assertIn(run.code, (6, 78))
        self.place.write_desk(allowed="/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")
        run = self.place.deal()
        self.assertIn(run.code, (6, 78))
        self.assertNotIn("client-logged-on", self.place.venue.log())

    def test_a_key_that_is_not_on_the_token_is_named(self):
        self.place.start_venue()
        self.place.write_desk(fingerprint="ab" * 32)
        run = self.place.deal()
        self.assertEqual(run.code, 6)
        self.assertEqual(run.last("access")["error"], "key-not-found")

    # ---- whom we trust ----

    def test_a_venue_of_another_authority_is_not_trusted(self):
        self.place.start_venue()
        self.place.write_desk(ca=self.other_authority())
        self.assert_refused(self.place.deal(), "certificate-untrusted")
        self.assertNotIn("client-logged-on", self.place.venue.log())

    def test_a_venue_with_another_name_is_refused(self):
        self.place.start_venue()
        self.place.write_desk(server_name='server_name = "fix.venue-x.example"')
        self.assert_refused(self.place.deal(), "certificate-wrong-name", "fix.venue-x.example")

    def test_a_certificate_that_is_not_pinned_is_refused(self):
        self.place.start_venue()
        self.place.write_desk(pins=f'pins = ["{"5d" * 32}"]')
        self.assert_refused(self.place.deal(), "certificate-not-pinned")

    def test_a_client_certificate_does_not_make_a_server(self):
        certificate, key = self.issue("purpose", extensions="person")
        self.place.start_venue(certificate=certificate, key=key)
        self.place.write_desk()
        run = self.place.deal()
        self.assert_refused(run, "certificate-wrong-usage")

    def test_plaintext_is_not_tls(self):
        def greet(connection, _):
            connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
            connection.recv(1)

        server = Server(greet)
        self.addCleanup(server.close)
        self.place.write_desk(port=server.port)
        self.assert_refused(self.place.cli("venues", "--wait", "6s"), "tls-not-spoken")

    def test_a_silent_server_is_given_up_in_time(self):
        server = Server(lambda connection, stop: stop.wait())
        self.addCleanup(server.close)
        self.place.write_desk(port=server.port)
        began = time.monotonic()
        self.assert_refused(self.place.cli("venues", "--wait", "6s"), "timeout")
        self.assertLess(time.monotonic() - began, 40)

    def test_a_server_that_drips_is_given_up_in_time(self):
        def drip(connection, stop):
            for byte in b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" + bytes(60):
                connection.sendall(bytes([byte]))
                if stop.wait(1):
                    return

        server = Server(drip)
        self.addCleanup(server.close)
        self.place.write_desk(port=server.port)
        self.assert_refused(self.place.cli("venues", "--wait", "6s"), "timeout")

    def test_a_server_of_yesterday_is_refused(self):
        certificate, key = self.place.pki["PKI_VENUE_CERTIFICATE"], self.place.pki["PKI_VENUE_KEY"]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1

        def serve(connection, stop):
            with context.wrap_socket(connection, server_side=True):
                stop.wait()

        server = Server(serve)
        self.addCleanup(server.close)
        self.place.write_desk(port=server.port)
        self.assert_refused(self.place.cli("venues", "--wait", "6s"), "tls-version")

    def test_nobody_listening_is_said(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.place.write_desk(port=port)
        self.assert_refused(self.place.cli("venues", "--wait", "4s"), "connection-refused")

    # ---- who trusts us ----

    def test_a_venue_that_does_not_know_our_authority_refuses_us_once(self):
        self.place.start_venue(authority=self.other_authority())
        self.place.write_desk()
        run = self.place.cli("venues", "--wait", "30s")
        self.assert_refused(run, "certificate-refused")
        self.assertEqual(run.last("session")["phase"], "refused")
        self.assertEqual(len([e for e in run.all("session")]), 1)
        self.assertEqual(self.place.venue.log().count("event=client-refused"), 1)

    def test_a_certificate_speaks_for_its_own_comp_id_only(self):
        self.place.start_venue(certificate_name="somebody-else")
        self.place.write_desk()
        self.assertEqual(self.place.cli("venues", "--wait", "30s").code, 6)
        self.assertNotIn("client-logged-on", self.place.venue.log())
        self.assertIn("may not speak for TRADER-7", self.place.venue.log())

    def test_a_wrong_comp_id_is_refused(self):
        self.place.start_venue()
        self.place.write_desk(target="VENUE-Y")
        self.assertEqual(self.place.cli("venues", "--wait", "30s").code, 6)
        self.assertNotIn("client-logged-on", self.place.venue.log())

    # ---- what is configured ----

    def test_a_garbage_configuration_names_file_line_and_key(self):
        self.place.write_desk(port=1)
        path = self.place.dir / "countersign.toml"
        good = path.read_text()
        for change, words in ((lambda text: text.replace("port = 1", 'port = "x"'), ("port", "expected", "countersign.toml:")),
                              (lambda text: text.replace("heart", "x") + "\n[tokn]\n", ("tokn", "token")),
                              (lambda text: text.replace('session = "VENUE-X"', 'session = "VENUE-Z"', 1), ("VENUE-Z",)),
                              (lambda text: "\x00\xff" + text[:40], ("countersign.toml",)),
                              (lambda text: "", ("countersign.toml",))):
            path.write_text(change(good), encoding="latin-1")
            code, complaints = self.place.check_config()
            self.assertEqual(code, 78, complaints)
            for word in words:
                self.assertIn(word, complaints)

    def test_a_missing_configuration_is_said(self):
        os.unlink(self.place.write_desk(port=1))
        code, complaints = self.place.check_config()
        self.assertEqual(code, 78)
        self.assertIn("countersign.toml", complaints)

    def test_words_that_make_no_sense_are_a_usage_error(self):
        self.place.write_desk(port=1)
        for words in (["deal"], ["rfq", "EUR/USD", "buy"], ["rfq", "EUR/USD", "hold", "5m"], ["venues", "--pin", PIN],
                      ["rfq", "EUR/USD", "buy", "5m", "--limit", "cheap"]):
            self.assertEqual(self.place.cli(*words).code, 64, words)


if __name__ == "__main__":
    unittest.main()
