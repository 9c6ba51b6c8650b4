#!/usr/bin/env python3
"""The life of a certificate with countersign-cli cert: SoftHSM2's token, by file and by OpenSSL's mock CMP server."""

import unittest

from cmp_world import REFERENCE, SECRET, Authority, CmpWorld, fingerprint, run


class Certificates(unittest.TestCase):
    def setUp(self):
        self.world = CmpWorld()
        self.addCleanup(self.world.close)
        self.ca = self.world.authority
        self._files = 0

    def file(self):
        self._files += 1
        return self.world.dir / f"out-{self._files}.pem"

    def refused(self, run, problem, code=6):
        self.assertEqual(run.code, code, (run.events, run.err))
        event = run.last("certificate-refused")
        self.assertEqual(event["error"], problem, event)
        self.assertTrue(event["detail"])
        self.assertEqual(run.last("end")["exitCode"], code)
        return event["detail"]

    def enrol(self, url, *more, secret=SECRET, ca=None, reference=REFERENCE):
        return self.world.cert("enrol", "--server", url, "--ca", ca or self.ca.certificate, "--subject",
                               "CN=trader-7,O=Test", "--out", self.file(), "--reference", reference, *more, secret=secret)

    def with_server(self, what, url, *more):
        return self.world.cert(what, "--server", url, "--ca", self.ca.certificate, *more)

    def gone(self, placed, *certificates):
        """What the event says has stood in the place of what was placed."""
        event = placed.last("certificate-placed")
        self.assertEqual([one["fingerprint"] for one in event["replaced"]], [fingerprint(one) for one in certificates])
        for one, file in zip(event["replaced"], certificates):
            self.assertEqual(one["serial"], run("openssl", "x509", "-in", file, "-noout", "-serial").strip().split("=")[1].lower())
        self.assertFalse(event["keyReplaced"])

    def imported(self, *validity):
        """A key and its certificate are on the token; the certificate's file."""
        issued = self.ca.issue(self.world.request(), *validity)
        done = self.world.cert("import", issued, "--ca", self.ca.certificate, "--replace")
        self.assertEqual(done.code, 0, (done.events, done.err))
        return issued


class ByFile(Certificates):
    def test_every_kind_of_key_is_made_requested_and_certified(self):
        for number, (kind, algorithm) in enumerate(
                (("ec-p256", "EC P-256"), ("ec-p384", "EC P-384"), ("rsa-2048", "RSA 2048")), 1):
            with self.subTest(kind):
                key = f"0{number}"
                request = self.world.request("--generate", kind, "--key-id", key, name=f"{kind}.csr")
                text = run("openssl", "req", "-in", request, "-noout", "-verify", "-subject", "-text")
                self.assertIn("CN = trader-7", text)
                self.assertIn("TLS Web Client Authentication", text)
                issued = self.ca.issue(request)
                done = self.world.cert("import", issued, "--ca", self.ca.certificate, "--key-id", key)
                self.assertEqual(done.code, 0, (done.events, done.err))
                event = self.world.placed()[key]
                self.assertEqual(event["fingerprint"], fingerprint(issued))
                self.assertEqual(event["keyAlgorithm"], algorithm)
                self.assertEqual(event["expiry"], "month")

    def test_der_is_read_too_and_twice_is_once(self):
        issued = self.ca.issue(self.world.request())
        der = self.file()
        run("openssl", "x509", "-in", issued, "-outform", "DER", "-out", der)
        for _ in range(2):
            done = self.world.cert("import", der)
            self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertEqual(len(self.world.cert("list", pin=None).all("certificate")), 1)

    def test_a_bag_with_the_chain_is_read_in_both_forms(self):
        below = self.ca.issuing("Issuing")
        issued = below.issue(self.world.request())
        for form in ("PEM", "DER"):
            with self.subTest(form):
                bag = self.file()
                run("openssl", "crl2pkcs7", "-nocrl", "-certfile", self.ca.certificate, "-certfile", below.certificate,
                    "-certfile", issued, "-outform", form, "-out", bag)
                done = self.world.cert("import", bag, "--ca", self.ca.certificate)
                self.assertEqual(done.code, 0, (done.events, done.err))
                self.assertEqual(self.world.placed()["01"]["fingerprint"], fingerprint(issued))

    def test_what_does_not_belong_on_the_token_is_refused(self):
        request = self.world.request()
        other = Authority(self.world.dir, "Other")
        ca = ("--ca", self.ca.certificate)
        self.refused(self.world.cert("import", other.issue(request), *ca), "certificate-untrusted")
        self.refused(self.world.cert("import", self.ca.person("somebody")[0], *ca), "key-not-found")
        past = self.ca.issue(request, "-days", "-1")
        self.refused(self.world.cert("import", past, *ca), "certificate-expired")
        junk = self.file()
        junk.write_text("no certificate")
        self.refused(self.world.cert("import", junk, *ca), "invalid-input", 64)
        self.assertEqual(self.world.placed(), {})

    def test_a_valid_certificate_gives_way_only_when_told(self):
        first = self.imported()
        second = self.ca.issue(self.world.dir / "request.csr")
        detail = self.refused(self.world.cert("import", second), "duplicate", 64)
        self.assertIn("--replace", detail)
        self.assertEqual(self.world.placed()["01"]["fingerprint"], fingerprint(first))
        replaced = self.world.cert("import", second, "--replace")
        self.assertEqual(replaced.code, 0)
        self.gone(replaced, first)
        self.assertEqual([event["fingerprint"] for event in self.world.cert("list", pin=None).all("certificate")],
                         [fingerprint(second)])

    def test_a_key_is_never_overwritten(self):
        self.world.request()
        out = self.file()
        again = ("request", "--subject", "CN=trader-7", "--out", out, "--generate", "ec-p256")
        self.refused(self.world.cert(*again), "duplicate", 64)
        self.assertFalse(out.exists())

    def test_the_public_key_that_is_given_must_be_the_tokens(self):
        self.world.request()
        key = self.ca.person("somebody")[1]
        public = self.file()
        run("openssl", "pkey", "-in", key, "-pubout", "-out", public)
        out = self.file()
        self.refused(self.world.cert("request", "--subject", "CN=trader-7", "--out", out, "--public-key", public),
                     "key-not-found")
        self.assertFalse(out.exists())

    def test_the_token_itself_can_say_no(self):
        self.world.request()
        out = ("--subject", "CN=trader-7", "--out", self.file())
        self.refused(self.world.cert("request", *out, pin="00000000"), "pin-wrong")
        self.refused(self.world.cert("request", *out, "--token", "none"), "token-absent")
        self.refused(self.world.cert("request", *out, "--key-id", "77"), "key-not-found")
        self.refused(self.world.cert("request", "--subject", "trader-7", "--out", self.file()), "invalid-input", 64)
        self.world.add_token("second")
        self.assertIn("--token", self.refused(self.world.cert("request", *out), "key-not-found"))

    def test_the_list_warns_before_the_end(self):
        for days, expiry in ((40, "fine"), (20, "month"), (5, "week"), (1, "day")):
            with self.subTest(expiry):
                request = self.world.dir / "request.csr"
                if not request.exists():
                    self.world.request()
                issued = self.ca.issue(request, "-days", str(days))
                self.assertEqual(self.world.cert("import", issued, "--replace").code, 0)
                self.assertEqual(self.world.placed()["01"]["expiry"], expiry)


class ByCmp(Certificates):
    def test_from_the_secret_to_the_end(self):
        issued = self.ca.issue(self.world.request())
        done = self.enrol(self.world.server(issued))
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertEqual(done.last("certificate-placed")["what"], "enrolled")
        self.gone(done)
        self.assertEqual(self.world.placed()["01"]["fingerprint"], fingerprint(issued))
        self.assertEqual(fingerprint(self.world.dir / "out-1.pem"), fingerprint(issued))

        renewed = self.ca.issue_after(issued, self.world.dir / "request.csr")
        done = self.with_server("renew", self.world.server(renewed), "--out", self.file())
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.gone(done, issued)
        self.assertEqual([event["fingerprint"] for event in self.world.cert("list", pin=None).all("certificate")],
                         [fingerprint(renewed)])

        revoke = ("--fingerprint", fingerprint(renewed), "--reason", "superseded")
        done = self.with_server("revoke", self.world.server(renewed), *revoke)
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertEqual(done.last("certificate-revoked")["fingerprint"], fingerprint(renewed))

    def test_renewal_goes_to_a_new_key_where_one_is_named(self):
        first = self.imported()
        request = self.world.request("--generate", "ec-p384", "--key-id", "02", name="next.csr")
        next_one = self.ca.issue_after(first, request)
        done = self.with_server("renew", self.world.server(next_one), "--out", self.file(), "--next-key-id", "02")
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertIn('key_id = "02"', done.last("end")["reason"])
        self.assertEqual({key: event["fingerprint"] for key, event in self.world.placed().items()},
                         {"01": fingerprint(first), "02": fingerprint(next_one)})

    def test_a_certificate_vouches_for_the_next(self):
        self.imported()
        next_one = self.ca.issue(self.world.request("--generate", "rsa-2048", "--key-id", "02", name="next.csr"))
        done = self.with_server("enrol", self.world.server(next_one), "--out", self.file(), "--subject", "CN=trader-7",
                                "--key-id", "02", "--vouched-by", "01")
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertEqual(self.world.placed()["02"]["fingerprint"], fingerprint(next_one))

    def test_a_wrong_secret_or_reference_enrols_nobody(self):
        url = self.world.server(self.ca.issue(self.world.request()))
        self.refused(self.enrol(url, secret="not-the-secret"), "certificate-untrusted")
        self.assertEqual(self.world.placed(), {})

    def test_an_authority_that_protects_by_the_secret_need_not_say_who_it_is(self):
        issued = self.ca.issue(self.world.request())
        done = self.enrol(self.world.server(issued, signs=False))
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertEqual(self.world.placed()["01"]["fingerprint"], fingerprint(issued))

    def test_who_signs_the_answer_to_a_first_request_is_the_authority_all_the_same(self):
        issued = self.ca.issue(self.world.request())
        certificate, key = self.ca.person("mallory")
        url = self.world.server(issued, certificate=certificate, key=key, knows_secret=False)
        self.refused(self.enrol(url), "certificate-untrusted")
        self.assertEqual(self.world.placed(), {})

    def test_what_an_authority_below_has_issued_is_accepted_with_what_it_sends_along(self):
        below = self.ca.issuing("Issuing")
        issued = below.issue(self.world.request())
        self.refused(self.enrol(self.world.server(issued)), "certificate-untrusted")
        done = self.enrol(self.world.server(issued, "-rsp_extracerts", below.certificate))
        self.assertEqual(done.code, 0, (done.events, done.err))

    def test_another_authority_is_not_believed(self):
        issued = self.imported()
        url = self.world.server(issued)
        for other in (Authority(self.world.dir, "Other"), Authority(self.world.dir / "elsewhere", "Issuer")):
            with self.subTest(other.dir):
                renew = ("renew", "--server", url, "--out", self.file(), "--ca", other.certificate)
                self.refused(self.world.cert(*renew), "certificate-untrusted")

    def test_a_person_of_the_same_authority_is_not_the_authority(self):
        issued = self.imported()
        # Certificate and key of somebody whom the same authority has certified.
        certificate, key = self.ca.person("mallory")
        url = self.world.server(issued, certificate=certificate, key=key)
        self.refused(self.with_server("renew", url, "--out", self.file()), "certificate-untrusted")
        # Unless it is named as who answers.
        done = self.with_server("renew", url, "--out", self.file(), "--responder", "CN=mallory")
        self.assertEqual(done.code, 0, (done.events, done.err))

    def test_what_is_not_protected_is_not_believed(self):
        issued = self.imported()
        for more in (("-send_error", "-send_unprot_err"), ("-send_unprotected",)):
            with self.subTest(more):
                url = self.world.server(issued, *more)
                self.refused(self.with_server("renew", url, "--out", self.file()), "certificate-untrusted")
        url = self.world.server(issued, "-send_unprotected", "-send_unprot_err", "-send_error")
        self.refused(self.with_server("revoke", url, "--fingerprint", fingerprint(issued)), "certificate-untrusted")

    def test_a_no_that_nothing_proves_is_told_and_not_believed(self):
        issued = self.imported()
        no = ("-pkistatus", "2", "-failure", "23", "-statusstring", "ask the desk\thead", "-send_unprot_err")
        for what, more in (("renew", ("--out", self.file())), ("revoke", ("--fingerprint", fingerprint(issued)))):
            with self.subTest(what):
                detail = self.refused(self.with_server(what, self.world.server(issued, *no), *more), "certificate-untrusted")
                self.assertIn("whoever asks may not do that there (notAuthorized)", detail)
                self.assertIn("ask the desk head", detail)
                self.assertIn("nothing proves", detail)
        url = self.world.server(issued, "-send_error", "-send_unprot_err")
        detail = self.refused(self.with_server("renew", url, "--out", self.file()), "certificate-untrusted")
        self.assertIn("says no", detail)

    def test_an_authority_whose_certificate_only_issues_signs_its_own_messages(self):
        only = Authority(self.world.dir, "Only", "authority_that_only_issues")
        self.ca = self.world.authority = only
        issued = self.imported()
        renew = ("renew", "--out", self.file(), "--ca", only.certificate, "--server")
        done = self.world.cert(*renew, self.world.server(only.issue_after(issued, self.world.dir / "request.csr")))
        self.assertEqual(done.code, 0, (done.events, done.err))
        # Of anybody else it must say so.
        certificate, key = only.person("registrar", "person_that_only_agrees")
        url = self.world.server(issued, certificate=certificate, key=key)
        self.refused(self.world.cert("renew", "--out", self.file(), "--ca", only.certificate, "--server", url,
                                     "--responder", "CN=registrar"), "certificate-untrusted")

    def test_an_authority_takes_its_time_to_decide(self):
        issued = self.ca.issue(self.world.request())
        done = self.enrol(self.world.server(issued, "-poll_count", "1", "-check_after", "1"))
        self.assertEqual(done.code, 0, (done.events, done.err))
        renewed = self.ca.issue_after(issued, self.world.dir / "request.csr")
        url = self.world.server(renewed, "-poll_count", "1000", "-check_after", "1")
        detail = self.refused(self.with_server("renew", url, "--out", self.file(), "--for", "2s"), "timeout")
        self.assertIn("has not decided", detail)

    def test_over_tls_the_server_is_the_one_that_is_asked(self):
        issued = self.ca.issue(self.world.request())
        behind = self.world.server(issued)
        stranger = Authority(self.world.dir, "Other").person("front", "server")
        for identity in (stranger, self.ca.person("other", "other_server")):
            front = self.world.front(behind, identity)
            detail = self.refused(self.enrol(front.url), "certificate-untrusted")
            self.assertIn("the TLS certificate of https://", detail)
            self.assertEqual(front.paths, [])
        front = self.world.front(behind, self.ca.person("front", "server"))
        done = self.enrol(front.url + "?profile=trader")
        self.assertEqual(done.code, 0, (done.events, done.err))
        self.assertEqual(set(front.paths), {"/pkix/?profile=trader"})
        self.assertEqual(self.world.placed()["01"]["fingerprint"], fingerprint(issued))

    def test_what_is_no_cmp_server_is_said_to_be_none(self):
        self.imported()
        html = {"Content-Type": "text/html"}
        for answer, words in (((404, html, b"not here"), "does not speak CMP"), ((200, html, b"welcome"), "does not speak CMP"),
                              ((301, {"Location": "https://127.0.0.1:9/"}, b""), "names another address")):
            with self.subTest(answer):
                url = self.world.front(answer=answer).url
                detail = self.refused(self.with_server("renew", url, "--out", self.file()), "connection-lost")
                self.assertIn(words, detail)

    def test_the_authoritys_no_is_told_in_its_words(self):
        issued = self.imported()
        url = self.world.server(issued, "-pkistatus", "2", "-failure", "23", "-statusstring", "ask the desk head")
        detail = self.refused(self.with_server("renew", url, "--out", self.file()), "rejected")
        self.assertIn("ask the desk head", detail)
        self.assertEqual(self.world.placed()["01"]["fingerprint"], fingerprint(issued))

    def test_a_certificate_of_another_key_or_authority_is_not_accepted(self):
        self.world.request()
        stranger = self.ca.person("somebody")[0]
        self.assertIn("another key", self.refused(self.enrol(self.world.server(stranger)), "key-not-found"))
        foreign = Authority(self.world.dir, "Other").issue(self.world.dir / "request.csr")
        self.refused(self.enrol(self.world.server(foreign)), "certificate-untrusted")
        self.assertEqual(self.world.placed(), {})

    def test_nothing_is_asked_for_that_could_not_be_placed(self):
        issued = self.imported()
        # Nobody listens there: had it been asked, the answer would be another one.
        nowhere = "http://127.0.0.1:9/"
        self.refused(self.enrol(nowhere), "duplicate", 64)
        self.refused(self.with_server("renew", nowhere, "--out", issued), "duplicate", 64)
        self.refused(self.with_server("renew", nowhere, "--out", self.file(), "--for", "1s"), "timeout")
        for address in ("ftp://127.0.0.1/", "127.0.0.1", "http://name@127.0.0.1/"):
            self.refused(self.with_server("renew", address, "--out", self.file()), "invalid-input", 64)
        self.refused(self.with_server("revoke", nowhere, "--fingerprint", "ab" * 32), "key-not-found")


if __name__ == "__main__":
    unittest.main()
