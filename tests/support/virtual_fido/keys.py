"""The drawer of virtual keys: which exist, which are plugged in, and what a test may do to them."""

import os
import threading

from authenticator import Authenticator
import memory
from attestation import VARIANTS
from hid import FAULTS, Hid
from person import Person
from testbed import Port

from gi.repository import GLib, UMockdev


def on_main_thread(work):
    """Runs `work` on the GLib thread, which owns the testbed, and waits for it."""
    done = threading.Event()
    outcome = []

    def run():
        try:
            outcome.append((work(), None))
        except Exception as error:  # goes back to who asked
            outcome.append((None, error))
        done.set()
        return False

    GLib.idle_add(run, priority=GLib.PRIORITY_HIGH)
    done.wait()
    if outcome[0][1]:
        raise outcome[0][1]
    return outcome[0][0]


class Key:
    def __init__(self, drawer, number):
        self._drawer = drawer
        self._number = number
        self.person = Person()
        self.authenticator = Authenticator(number, self.person)
        if drawer.place:
            path = drawer.file(number)
            memory.load(path, self.authenticator)
            self.authenticator.remember = lambda: memory.save(path, self.authenticator)
            self.authenticator.remember()
        self.port = None
        self.hid = None

    def plug(self):
        """On the GLib thread."""
        if self.port is None:
            self.authenticator.replug()
            self.port = Port(self._drawer.bed, self._drawer.next_number(), f"Virtual Key {self._number + 1}")
            self.hid = Hid(self.port.descriptor, self.authenticator, self.person, lambda: on_main_thread(self.unplug))

    def unplug(self):
        """On the GLib thread."""
        if self.port is not None:
            self.hid.stop()
            self.port.remove()
            self.port = self.hid = None


class Drawer:
    def __init__(self, count, place=None):
        """`place`: a directory in which the keys remember; without it they are new each time."""
        self.place = place
        self.bed = UMockdev.Testbed.new()
        self._plugged = 0
        self.keys = [Key(self, number) for number in range(count)]

    def file(self, number):
        return os.path.join(self.place, f"key-{number + 1}.json")

    def next_number(self):
        self._plugged += 1
        return self._plugged - 1

    def handle(self, request):
        """One request of the control socket: `do` names it, `key` the key (0)."""
        key = self.keys[request.get("key", 0)]
        action = getattr(self, "_do_" + request["do"].replace("-", "_"))
        return action(key, request) or {}

    @staticmethod
    def _do_plug(key, _):
        on_main_thread(key.plug)
        return {"path": key.port.path}

    @staticmethod
    def _do_unplug(key, _):
        on_main_thread(key.unplug)

    @staticmethod
    def _do_replug(key, _):
        on_main_thread(key.unplug)
        on_main_thread(key.plug)
        return {"path": key.port.path}

    def _do_fresh(self, key, request):
        """A new key in place of this one: nothing on it, no PIN, plugged in."""
        on_main_thread(key.unplug)
        number = request.get("key", 0)
        if self.place:
            memory.forget(self.file(number))
        self.keys[number] = Key(self, number)
        on_main_thread(self.keys[number].plug)
        return {"path": self.keys[number].port.path}

    @staticmethod
    def _do_touch(key, request):
        """`mode`: auto or wait; `press` and `deny` answer a key that waits."""
        mode = request["mode"]
        if mode in ("auto", "wait"):
            key.person.mode = mode
        elif not key.person.answer(mode):
            raise ValueError("the key does not wait for a touch")

    @staticmethod
    def _do_wait_touch(key, request):
        if not key.person.wait_until_asked(request.get("seconds", 30)):
            raise ValueError("the key was not asked for a touch")

    @staticmethod
    def _do_wait_idle(key, request):
        if not key.person.wait_until_left(request.get("seconds", 15)):
            raise ValueError("the key still waits for a touch")

    @staticmethod
    def _do_pin(key, request):
        """`value` sets (null: removes) the PIN; `retries` and `failures` (in a row) are the key's counters."""
        state = key.authenticator.state
        if "value" in request:
            state.set_pin(request["value"])
        state.retries = request.get("retries", state.retries)
        state.failures = request.get("failures", state.failures)
        key.authenticator.remember()

    @staticmethod
    def _do_build(key, request):
        """How the key is made: counter, algorithms, firmware, aaguid (hex), protects, protection (the level that it gives
        and tells instead of the one wanted; 0: ignores the wish), flags_set, flags_cleared, attestation."""
        state = key.authenticator.state
        for name in ("counter", "algorithms", "firmware", "protects", "protection", "flags_set", "flags_cleared"):
            if name in request:
                setattr(state, name, request[name])
        if "aaguid" in request:
            state.aaguid = bytes.fromhex(request["aaguid"])
        if "attestation" in request:
            if request["attestation"] not in VARIANTS:
                raise ValueError(f"attestation is one of {VARIANTS}")
            state.attestation = request["attestation"]

    @staticmethod
    def _do_behave(key, request):
        """`fault` of the next answer, `delay` in seconds before each, `ignores_cancel`, `patience` in seconds. Of another
        program: `taken` (it has the key now), `taken_at` (it is quicker at the next message of this first byte), `chatter`
        (it is told things in between)."""
        if request.get("fault") not in (None, *FAULTS):
            raise ValueError(f"fault is one of {FAULTS}")
        if "fault" in request:
            key.hid.fault = request["fault"]
        for name in ("delay", "chatter", "taken_at"):
            if name in request:
                setattr(key.hid, name, request[name])
        if "taken" in request:
            (key.hid.take if request["taken"] else key.hid.give_back)()
        key.person.ignores_cancel = request.get("ignores_cancel", key.person.ignores_cancel)
        key.person.patience = request.get("patience", key.person.patience)

    @staticmethod
    def _do_roots(key, _):
        return {"pem": key.authenticator.maker.root_pem()}

    @staticmethod
    def _do_status(key, _):
        state = key.authenticator.state
        return {"path": key.port.path if key.port else None, "credentials": [item.hex() for item in state.credentials],
                "retries": state.retries, "counter": state.counter, "touches": key.person.asked,
                "waiting": key.person.is_waiting(), "mode": key.person.mode, "pin": state.pin_hash is not None,
                "commands": key.hid.commands if key.hid else []}
