#!/usr/bin/env python3
"""The venue's audit trail: written, verified with our program and with nothing but openssl and sqlite3, sent to a real
rsyslog over mutual TLS, which goes away and comes back."""

import contextlib
import json
import re
import signal
import socket
import sqlite3
import subprocess
import unittest

from cryptography import x509

from collector import Authority, Rsyslog, free_port, wait_for
from workplace import BIN, PATIENCE, ROOT, Workplace

SERVER = x509.ExtendedKeyUsageOID.SERVER_AUTH
CLIENT = x509.ExtendedKeyUsageOID.CLIENT_AUTH


def audit(*words):
    """countersign-cli audit ..., its exit code and its lines."""
    run = subprocess.run([BIN / "countersign-cli", "audit", *words], capture_output=True, text=True, timeout=PATIENCE)
    return run.returncode, run.stdout.splitlines(), run.stderr


def documented(name):
    """A shell script of docs/audit.md, found by its first line."""
    text = (ROOT / "docs" / "audit.md").read_text()
    return re.search(rf"```sh\n# {name}\n(.*?)```", text, re.S).group(1)


class AuditTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Workplace()
        cls.dir = cls.place.dir
        cls.authority = Authority(cls.dir, "siem-ca")
        cls.client = cls.authority.issue("venue.example", CLIENT)
        cls.signer = cls.authority.issue("audit.example", CLIENT)

    @classmethod
    def tearDownClass(cls):
        cls.place.close()

    def setUp(self):
        self.rsyslog = None
        self.port = free_port()
        self.here = self.dir / self.id().rsplit(".", 1)[1]
        self.here.mkdir()
        self.trail = self.here / "audit.db"
        self.anchor = self.here / "anchor"

    def tearDown(self):
        if self.place.venue:
            self.place.venue.stop()
            self.place.venue = None
        if self.rsyslog:
            self.rsyslog.stop()
        self.place.forget()

    def collect(self, authority=None):
        identity = (authority or self.authority).issue("siem.example", SERVER)
        self.rsyslog = Rsyslog(self.here, self.port, self.authority, identity, "venue.example")

    def serve(self, form="structured"):
        return self.place.start_venue(listener=f"""
[audit]
trail = "{self.trail}"
signing_key = "{self.signer[1]}"
anchor = "{self.anchor}"
[audit.syslog]
host = "127.0.0.1"
port = {self.port}
server_name = "siem.example"
ca = "{self.authority.pem}"
certificate = "{self.client[0]}"
key = "{self.client[1]}"
host_name = "venue.example"
format = "{form}"
settle = "1s"
retry_most = "300ms"
""")

    def knock(self, times):
        """Connections that speak no TLS: each one is refused, and on the record."""
        for _ in range(times):
            with socket.create_connection(("127.0.0.1", self.place.venue.port), PATIENCE) as connection:
                connection.sendall(b"8=FIX.4.4|not TLS\r\n\r\n")
                try:
                    while connection.recv(64):
                        pass
                except ConnectionError:
                    pass

    def knocked(self, times):
        """As knock(), and the trail has every one of them: whoever is refused hears of it first."""
        self.knock(times)
        wait_for(lambda: self.refusals() == times)

    def refusals(self):
        with sqlite3.connect(f"file:{self.trail}?mode=ro", uri=True) as trail:
            return trail.execute("SELECT count(*) FROM record WHERE text LIKE '%session-refused%'").fetchone()[0]

    def written(self):
        """How many records are in the trail."""
        with sqlite3.connect(f"file:{self.trail}?mode=ro", uri=True) as trail:
            return trail.execute("SELECT max(number) FROM record").fetchone()[0]

    def assert_all_arrived(self, last):
        """Every record is there, first ones in their order."""
        newest = 0
        for number in self.rsyslog.numbers():
            self.assertLessEqual(number, newest + 1, "a record is missing")
            newest = max(newest, number)
        self.assertEqual(newest, last)

    def test_a_session_is_on_the_record_and_at_the_collector(self):
        self.collect()
        self.serve()
        self.place.write_desk()
        self.assertEqual(self.place.cli("venues").code, 0)
        self.knock(1)
        wait_for(lambda: {"session-opened", "session-closed", "session-refused"}
                 <= {message.kind for message in self.rsyslog.messages()})
        self.place.venue.stop()
        last = self.written()
        wait_for(lambda: last in self.rsyslog.numbers())
        self.assert_all_arrived(last)
        messages = {message.kind: message for message in self.rsyslog.messages()}
        self.assertEqual([message.kind for message in self.rsyslog.messages()][:2], ["trail-started", "program-started"])
        self.assertIn("program-stopped", messages)
        opened = messages["session-opened"]
        self.assertEqual((opened.pri, opened.host, opened.program), ("110", "venue.example", "countersign-venue"))
        self.assertEqual(opened.own["user"], "trader-7")
        self.assertEqual(opened.own["session"], "TRADER-7")
        self.assertEqual(opened.own["address"], "127.0.0.1")
        self.assertEqual(opened.own["tls"], "TLSv1.3")
        self.assertEqual(opened.elements["meta"]["sequenceId"], opened.own["number"])
        self.assertEqual(messages["session-refused"].own["error"], "tls-not-spoken")
        self.assertEqual(messages["session-refused"].pri, "108")

        code, lines, problems = audit("verify", self.trail, "--key", self.signer[0], "--anchor", self.anchor,
                                      "--format", "jsonl")
        self.assertEqual(code, 0, problems)
        verdict = json.loads(lines[0])
        self.assertEqual((verdict["records"], verdict["coveredTo"]), (last, last))
        self.assertTrue(verdict["signaturesChecked"])
        code, lines, _ = audit("show", self.trail, "--kind", "session-opened", "--format", "jsonl")
        self.assertEqual(json.loads(lines[0])["hash"], opened.own["hash"], "the collector anchors the chain too")

    def test_a_collector_that_goes_away_and_comes_back_misses_nothing(self):
        self.serve()
        self.knock(60)
        self.collect()
        wait_for(lambda: self.written() in self.rsyslog.numbers())
        for by in (signal.SIGTERM, signal.SIGKILL):
            self.knock(20)
            self.rsyslog.stop(by)
            self.knock(40)
            self.rsyslog.start()
            self.knock(20)
            wait_for(lambda: self.written() in self.rsyslog.numbers())
        self.place.venue.stop()
        last = self.written()
        wait_for(lambda: last in self.rsyslog.numbers())
        self.assertEqual(set(self.rsyslog.numbers()), set(range(1, last + 1)))
        self.assertEqual(last, 223, "the trail's and the program's start, the program's end, 220 refusals")
        self.assert_all_arrived(last)

    def test_a_collector_with_a_wrong_certificate_gets_nothing(self):
        self.collect(Authority(self.here, "other-ca"))
        venue = self.serve()
        self.knock(3)
        wait_for(lambda: "event=collector-down" in venue.log())
        self.assertIn("certificate-untrusted", venue.log())
        self.assertEqual(self.rsyslog.messages(), [])
        self.rsyslog.stop()
        self.collect()
        wait_for(lambda: self.written() in self.rsyslog.numbers())
        self.assert_all_arrived(self.written())
        self.assertIn("event=collector-up", venue.log())

    def test_ocsf_arrives_as_json(self):
        self.collect()
        self.serve("ocsf")
        self.knock(1)
        wait_for(lambda: "session-refused" in {message.kind for message in self.rsyslog.messages()})
        event = json.loads(next(m for m in self.rsyslog.messages() if m.kind == "session-refused").text)
        self.assertEqual((event["class_uid"], event["activity_id"], event["src_endpoint"]["ip"]), (4001, 5, "127.0.0.1"))

    def test_tampering_is_named(self):
        self.serve()
        self.knocked(5)
        self.place.venue.stop()
        last = self.written()
        with sqlite3.connect(self.trail) as trail:
            rules = [sql for sql, in trail.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
            trail.execute("DROP TRIGGER record_not_updated")
            trail.execute("UPDATE record SET text = replace(text, '127.0.0.1', '10.0.0.1') WHERE number = 4")
        code, lines, _ = audit("verify", self.trail, "--format", "jsonl")
        self.assertEqual(code, 5)
        self.assertEqual((json.loads(lines[1])["fault"], json.loads(lines[1])["record"]), ("edited", 4))
        checked = self.shell("the chain")
        self.assertEqual(checked.returncode, 1)
        self.assertIn("record 4 ", checked.stdout)
        with sqlite3.connect(self.trail) as trail:
            trail.execute("DROP TRIGGER record_not_deleted")
            trail.execute("DROP TRIGGER head_not_deleted")
            trail.execute("UPDATE record SET text = replace(text, '10.0.0.1', '127.0.0.1') WHERE number = 4")
            for table in ("record", "head"):
                trail.execute(f"DELETE FROM {table} WHERE number > 5")
        code, lines, _ = audit("verify", self.trail, "--key", self.signer[0], "--format", "jsonl")
        self.assertEqual((code, json.loads(lines[1])["fault"]), (5, "remade"), "the triggers are gone")
        with sqlite3.connect(self.trail) as trail:
            kept = [sql for sql, in trail.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
            for rule in rules:
                if rule not in kept:
                    trail.execute(rule)
        self.assertEqual(audit("verify", self.trail, "--key", self.signer[0])[0], 0, "cut off with its heads")
        code, lines, _ = audit("verify", self.trail, "--anchor", self.anchor, "--format", "jsonl")
        self.assertEqual((code, json.loads(lines[1])["fault"]), (5, "truncated"))
        restarted = subprocess.run([BIN / "countersign-venue", "--config", self.dir / "venue.toml"],
                                   capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(restarted.returncode, 1)
        self.assertIn(f"record {last} was signed, and the last one is 5", restarted.stderr)

    def test_a_venue_that_cannot_write_its_trail_stops(self):
        venue = self.serve()
        with contextlib.closing(sqlite3.connect(self.trail, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            self.knock(1)
            self.assertEqual(venue.process.wait(PATIENCE), 1)
        self.assertIn("event=audit-failed", venue.log())
        self.assertEqual(audit("verify", self.trail, "--key", self.signer[0], "--anchor", self.anchor)[0], 0)

    def shell(self, name):
        return subprocess.run(["bash", "-euo", "pipefail", "-c", documented(name)], capture_output=True, text=True,
                              cwd=self.here, timeout=PATIENCE,
                              env={"PATH": "/usr/bin:/bin", "TRAIL": str(self.trail), "CERTIFICATE": str(self.signer[0])})

    def test_openssl_and_sqlite3_verify_it_alone(self):
        self.serve()
        self.knocked(3)
        self.place.venue.stop()
        for name, answer in (("the chain", "whole, "), ("the last head", "Verified OK")):
            checked = self.shell(name)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
            self.assertIn(answer, checked.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
