"""A trader's workplace for a test: a PKI, two SoftHSM2 tokens, a venue, the desk's configuration, the real programs."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ["COUNTERSIGN_BIN"])
SCENARIOS = ROOT / "app" / "venue" / "scenarios"
PIN = "7391846205"
SUPERVISOR_PIN = "5500119922"
PATIENCE = 60  # seconds; only reached when something hangs


class Venue:
    """countersign-venue as a process."""

    def __init__(self, config, scenario_files=(), environment=None, gateway_pin=None):
        self.log_path = config.with_suffix(".log")
        self._log = open(self.log_path, "wb")
        command = [BIN / "countersign-venue", "--config", config]
        for file in scenario_files:
            command += ["--scenario", file]
        pins = []
        if gateway_pin is not None:
            read_end, write_end = os.pipe()
            os.write(write_end, gateway_pin.encode() + b"\n")
            os.close(write_end)
            pins.append(read_end)
            command += ["--gateway-pin-fd", str(read_end)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True, env=environment,
                                        pass_fds=pins)
        for end in pins:
            os.close(end)
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            self.stop()
            raise AssertionError(f"the venue did not start: {line!r} {self.log()}")
        self.port = int(line.rsplit(":", 1)[1])

    def log(self):
        return self.log_path.read_text()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self._reap()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._reap()

    def _reap(self):
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self._log.close()
        return code


class Run:
    """What one run of countersign-cli said."""

    def __init__(self, code, out, err):
        self.code = code
        self.err = err
        self.events = [json.loads(line) for line in out.splitlines()]

    def all(self, name):
        return [event for event in self.events if event["event"] == name]

    def last(self, name):
        found = self.all(name)
        assert found, f"no {name} event among {self.events}; stderr: {self.err}"
        return found[-1]


class Workplace:
    """Everything one test needs, in a directory of its own."""

    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="countersign-system-"))
        made = subprocess.run([ROOT / "app" / "demo-pki", self.dir / "pki", PIN, SUPERVISOR_PIN], capture_output=True,
                              text=True)
        assert made.returncode == 0, made.stdout + made.stderr
        self.pki = dict(line.split("=", 1) for line in (self.dir / "pki" / "pki.env").read_text().splitlines())
        self.environment = {**os.environ, "SOFTHSM2_CONF": self.pki["SOFTHSM2_CONF"]}
        self.venue = None
        self.more_dealers = ""  # for the venue's catalogue

    def close(self):
        if self.venue:
            self.venue.stop()
        shutil.rmtree(self.dir)

    def forget(self):
        """As if both ends had never met: no journal, no order book, no sequence numbers. The keys stay."""
        if self.venue:
            self.venue.stop()
            self.venue = None
        for name in ("state", "venue-store", "venue-messages"):
            shutil.rmtree(self.dir / name, ignore_errors=True)

    # ---- the venue ----

    def start_venue(self, port=0, scenarios="", certificate_name="trader-7", certificate=None, key=None,
                    authority=None, scenario_files=(), listener="", environment=None, before=None):
        config = self.dir / "venue.toml"
        catalogue = self.dir / "dealers.toml"
        catalogue.write_text(DEALERS + self.more_dealers)
        config.write_text(f"""
seed = 7
catalogue = "{catalogue}"
[listener]
host = "127.0.0.1"
port = {port}
certificate = "{certificate or self.pki['PKI_VENUE_CERTIFICATE']}"
key = "{key or self.pki['PKI_VENUE_KEY']}"
client_authority = "{authority or self.pki['PKI_ROOT']}"
store = "venue-store"
message_log = "venue-messages"
{listener}
[[sessions]]
name = "TRADER-7"
kind = "venue"
sender_comp_id = "VENUE-X"
target_comp_id = "TRADER-7"
certificate_name = "{certificate_name}"
{scenarios}
""")
        if before:
            before()  # what is to be done with the configuration while no venue runs
        self.venue = Venue(config, scenario_files, environment)
        return self.venue

    def healthy_venue(self):
        """The same venue again, with its books and numbers, and nothing wrong with it any more."""
        port = self.venue.port
        self.venue.stop()
        return self.start_venue(port=port)

    def venue_orders(self, config="venue.toml"):
        """The venue's truth: ClOrdID -> what became of it."""
        listed = subprocess.run([BIN / "countersign-venue", "orders", "--config", self.dir / config],
                                capture_output=True, text=True, timeout=PATIENCE)
        assert listed.returncode == 0, listed.stderr
        orders = [json.loads(line) for line in listed.stdout.splitlines()]
        by_id = {order["clOrdId"]: order for order in orders}
        assert len(by_id) == len(orders), f"an order is in the book twice: {listed.stdout}"
        return by_id

    @staticmethod
    def wait_for(condition):
        """Asks again and again; a condition that runs a program takes its time by itself."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "what was waited for never came"

    def scenario(self, **settings):
        """One [[scenarios]] table for dealer FIRM."""
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        return "[[scenarios]]\ndealer = \"FIRM\"\n" + "\n".join(lines) + "\n"

    # ---- the desk ----

    def write_desk(self, port=None, ca=None, pins="", server_name="", extra="", target="VENUE-X", profile="", more_dealers=(),
                   **token):
        settings = {"module": self.pki["PKI_MODULE"], "key_id": self.pki["PKI_TOKEN_KEY_ID"],
                    "fingerprint": self.pki["PKI_TRADER_FINGERPRINT"], **token}
        path = self.dir / "countersign.toml"
        path.write_text(f"""
[paths]
state = "state"
[token]
module = "{settings['module']}"
allowed_modules = ["{settings.get('allowed', settings['module'])}"]
key_id = "{settings['key_id']}"
fingerprint = "{settings['fingerprint']}"
chain = "{self.pki['PKI_CHAIN']}"
[approvers]
ca = "{self.pki['PKI_APPROVER_CA']}"
fingerprints = ["{self.pki['PKI_APPROVER_FINGERPRINT']}"]
[limits.max_quantity]
EUR = "50m"
[[profile]]
name = "impatient"
based_on = "venue"
hold_soft = "500ms"
hold_hard = "1500ms"
inquiries = ["order-status", "mass-status", "trade-capture", "replay"]
inquiry_patience = "700ms"
inquiry_retry = "500ms"
{profile or 'status_grace = "2s"'}
[[session]]
name = "VENUE-X"
host = "localhost"
port = {port or self.venue.port}
sender_comp_id = "TRADER-7"
target_comp_id = "{target}"
ca = "{ca or self.pki['PKI_ROOT']}"
{pins}
{server_name}
profile = "impatient"
connect_timeout = "2s"
logon_timeout = "2s"
reconnect_first = "200ms"
reconnect_most = "500ms"
{extra}
[[dealer]]
id = "FIRM"
name = "Firm Bank"
session = "VENUE-X"
phone = "+44 20 7946 0199"
[[dealer]]
id = "QUIET"
name = "Quiet Bank"
session = "VENUE-X"
""" + "".join(f'[[dealer]]\nid = "{id}"\nname = "{name}"\nsession = "VENUE-X"\n' for id, name in more_dealers))
        return path

    def start_cli(self, *words, pin=PIN, second_pin=None, environment=None):
        """The process, with each PIN waiting on a descriptor of its own; `pin` None: nobody signs in."""
        command = [BIN / "countersign-cli", "--config", self.dir / "countersign.toml", "--format", "jsonl"]
        ends = []
        for option, secret in (("--pin-fd", pin), ("--approver-pin-fd", second_pin)):
            if secret is not None:
                read_end, write_end = os.pipe()
                os.write(write_end, secret.encode() + b"\n")
                os.close(write_end)
                ends.append(read_end)
                command += [option, str(read_end)]
        try:
            return subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                    pass_fds=ends, env={**self.environment, **(environment or {})})
        finally:
            for end in ends:
                os.close(end)

    def cli(self, *words, pin=PIN, second_pin=None):
        process = self.start_cli(*words, pin=pin, second_pin=second_pin)
        out, err = process.communicate(timeout=PATIENCE)
        return Run(process.returncode, out, err)

    def recover(self, patience="15s"):
        return self.cli("recover", "--for", patience)

    def check_config(self):
        """What `config check` makes of the file: (exit code, complaints)."""
        done = subprocess.run([BIN / "countersign-cli", "--config", self.dir / "countersign.toml", "config", "check"],
                              capture_output=True, text=True, timeout=PATIENCE)
        return done.returncode, done.stderr

    def deal(self, *more, life="6s", pin=PIN):
        return self.cli("rfq", "EUR/USD", "buy", "5m", "--dealers", "FIRM", "--accept", "best", "--for", life, *more,
                        pin=pin)

    def query(self, sql):
        """Rows of the desk's journal."""
        with contextlib.closing(sqlite3.connect(f"file:{self.dir}/state/journal.sqlite?mode=ro", uri=True)) as journal:
            return journal.execute(sql).fetchall()

    def outcomes(self):
        """ClOrdID -> state, as the journal has it."""
        return dict(self.query("SELECT id, state FROM acceptance"))


# One dealer that always quotes at once and fills, one that never says a word to small amounts.
DEALERS = """
[currencies]
USD = { rate_percent = "3.85" }
EUR = { rate_percent = "1.95" }
[[instruments]]
symbol = "EUR/USD"
mid = "1.15342"
spread_pips = "0.4"
move_pips = "0.2"
[[dealers]]
id = "FIRM"
name = "Firm Bank"
spread_percent = 100
lean_percent = 10
most = 50_000_000
delay = { least = "20ms", most = "60ms" }
life = { least = "4s", most = "4s" }
requote = "2s"
[[dealers]]
id = "QUIET"
name = "Quiet Bank"
spread_percent = 100
lean_percent = 10
most = 50_000_000
delay = { least = "9s", most = "9s" }
life = { least = "2500ms", most = "2500ms" }
"""
