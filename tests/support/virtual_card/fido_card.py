"""A FIDO2 security key as a card (CTAP 2.1, 11.3): the virtual key's authenticator behind an applet of ISO 7816, as a key
on an NFC reader, or one that speaks FIDO over CCID, shows it. It answers APDUs, and waits for the person as a key does."""

import pathlib
import sys
import threading

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "virtual_fido"))

from authenticator import Authenticator  # noqa: E402
from person import Person  # noqa: E402
from wire import GET_RESPONSE, WIRES  # noqa: E402

APPLICATION = bytes.fromhex("a0000006472f0001")
SELECT, MESSAGE, ANSWER = 0xA4, 0x10, 0x11
CAN_POLL, CANCEL = 0x80, 0x11  # P1
OK, WAIT = b"\x90\x00", b"\x91\x00"
NOT_FOUND, UNKNOWN_COMMAND, NOTHING_UNDER_WAY = b"\x6a\x82", b"\x6d\x00", b"\x69\x85"
PROCESSING, UP_NEEDED = 1, 2
AT_ONCE_SECONDS = 0.05  # what takes longer is to be asked for again


class _Pulled(threading.Event):
    """Out of the reader: whoever waits for a touch waits no longer."""

    def __init__(self, person):
        super().__init__()
        self._person = person

    def set(self):
        super().set()
        self._person.answer("unplugged")


class FidoCard:
    def __init__(self, name, pin=None, touch="auto"):
        self.name = name
        self.wire = WIRES["t1"]("other")
        self.person = Person()
        self.person.mode = touch
        self.authenticator = Authenticator(0, self.person)
        self.authenticator.state.set_pin(pin)
        self.pulled = _Pulled(self.person)
        self.touched = threading.Event()  # of a PIV card
        self.selections = 0
        self.commands = 0  # of any kind
        self.power_on()

    def power_on(self):
        self._selected = False
        self._chained = b""
        self._reply = None  # of the message under way
        self._done = threading.Event()
        self.wire.rest = b""

    def press(self):
        if not self.person.wait_until_asked(30) or not self.person.answer("press"):
            raise ValueError("the key does not wait for a touch")

    def status(self):
        state = self.authenticator.state
        return {"selections": self.selections, "commands": self.commands, "retries": state.retries,
                "credentials": len(state.credentials), "waiting": self.person.is_waiting()}

    def answer(self, apdu):
        """The response to one command."""
        self.commands += 1
        command, data = apdu[1], apdu[5:5 + apdu[4]] if len(apdu) > 5 else b""
        if command == GET_RESPONSE:
            return self.wire.answer(apdu, self.wire.rest, OK)
        if command == SELECT:
            self._selected = data == APPLICATION
            self.selections += self._selected
            return self.wire.answer(apdu, b"U2F_V2", OK) if self._selected else NOT_FOUND
        if not self._selected or command not in (MESSAGE, ANSWER):
            return UNKNOWN_COMMAND
        if command == ANSWER:
            if apdu[2] == CANCEL:
                self.person.cancel()
            return NOTHING_UNDER_WAY if self._reply is None else self._answer_or_wait(apdu)
        self._chained += data
        if apdu[0] & 0x10:
            return OK
        message, self._chained = self._chained, b""
        self._begin(message)
        if not apdu[2] & CAN_POLL:
            self._done.wait()
        return self._answer_or_wait(apdu)

    def _begin(self, message):
        self.person.begin()
        reply, done = [], threading.Event()
        self._reply, self._done = reply, done

        def work():
            reply.append(self.authenticator.command(message))
            done.set()

        threading.Thread(target=work, daemon=True).start()

    def _answer_or_wait(self, apdu):
        if not self._done.wait(AT_ONCE_SECONDS):
            return bytes([UP_NEEDED if self.person.is_waiting() else PROCESSING]) + WAIT
        reply, self._reply = self._reply[0], None
        return self.wire.answer(apdu, reply, OK)
