"""CTAPHID (CTAP 2.1, 11.2): 64-byte reports to messages and back, channels, keepalives, and what a broken key sends."""

import os
import queue
import select
import struct
import threading
import time

from testbed import REPORT, whole_reports

PING, INIT, CBOR, CANCEL, KEEPALIVE, ERROR = 0x01, 0x06, 0x10, 0x11, 0x3B, 0x3F
BROADCAST = b"\xff\xff\xff\xff"
OTHER = b"\x00\x00\xff\x07"  # the channel of another program
PROCESSING, UP_NEEDED = 1, 2
INVALID_COMMAND, INVALID_SEQUENCE, CHANNEL_BUSY = 0x01, 0x04, 0x06
KEEPALIVE_PERIOD = 0.1
FAULTS = ("short", "wrong-cid", "keepalive-flood", "oversize", "bad-sequence", "garbage", "silent", "mid-frame-unplug")


def reports(channel, command, payload):
    """`payload` cut into reports."""
    first = channel + bytes([command | 0x80]) + struct.pack(">H", len(payload)) + payload[:57]
    result = [first.ljust(REPORT, b"\0")]
    rest = payload[57:]
    sequence = 0
    while rest:
        result.append((channel + bytes([sequence]) + rest[:59]).ljust(REPORT, b"\0"))
        rest = rest[59:]
        sequence += 1
    return result


class Hid:
    """One plugged-in key: reads reports from `descriptor`, has `authenticator` answer, writes the answer."""

    def __init__(self, descriptor, authenticator, person, unplug):
        self.fault = None  # of the next CBOR answer
        self.delay = 0.0  # seconds before each CBOR answer
        self.commands = []  # first byte of each CBOR message
        self.chatter = False  # another program is told things before each report of ours
        self.taken_at = None  # the first byte of a CBOR message that finds another program at work
        self._descriptor = descriptor
        self._authenticator = authenticator
        self._person = person
        self._unplug = unplug
        self._is_short = False  # a report was cut off; what follows is whole again
        self._gone = threading.Event()
        self._partial = {}
        self._channels = 1
        self._busy = None
        self._work = queue.Queue()
        self._writing = threading.Lock()
        self._wake, self._woken = os.pipe()
        self._reader = threading.Thread(target=self._read_reports, daemon=True)
        self._reader.start()
        threading.Thread(target=self._answer_messages, daemon=True).start()

    def stop(self):
        """Lets go of the device: a read that is under way would keep it from hanging up."""
        with self._writing:
            self._gone.set()
        os.write(self._woken, b"x")
        self._reader.join()
        os.close(self._wake)
        os.close(self._woken)
        self._work.put(None)
        self._person.answer("unplugged")

    def _send(self, channel, command, payload):
        for report in reports(channel, command, payload):
            if self.chatter:
                self._tell_other()
            self._write(report)

    def _tell_other(self):
        """All that another program may hear: another's INIT, a wait for a touch, an answer, and that the key is busy."""
        init = bytes(8) + OTHER + bytes([2, 5, 7, 0, 0x04 | 0x08])
        for channel, command, payload in ((BROADCAST, INIT, init), (OTHER, KEEPALIVE, bytes([UP_NEEDED])),
                                          (OTHER, CBOR, b"\0" + b"\xbf" * 200), (OTHER, ERROR, bytes([CHANNEL_BUSY]))):
            for report in reports(channel, command, payload):
                self._write(report)

    def take(self):
        """Another program has the key work and wait for a touch, until give_back()."""
        self._busy = OTHER
        threading.Thread(target=self._serve_other, daemon=True).start()

    def give_back(self):
        if self._busy == OTHER:
            self._busy = None

    def _serve_other(self):
        while self._busy == OTHER and not self._gone.wait(KEEPALIVE_PERIOD):
            self._send(OTHER, KEEPALIVE, bytes([UP_NEEDED]))

    def _write(self, report):
        with self._writing:
            if self._gone.is_set():
                return
            try:
                os.write(self._descriptor, report)
            except OSError:
                self._gone.set()

    def _read_reports(self):
        data = b""
        while not self._gone.is_set():
            ready, _, _ = select.select([self._descriptor, self._wake], [], [])
            if self._wake in ready:
                return
            try:
                got = os.read(self._descriptor, REPORT + 1 - len(data))
            except OSError:
                return
            data += got
            if len(data) == REPORT + 1:
                if self._is_short:
                    self._is_short = False
                    whole_reports(self._descriptor)
                self._report(data[1:])
                data = b""

    def _report(self, report):
        channel = report[:4]
        if report[4] & 0x80:
            command, size = report[4] & 0x7F, struct.unpack(">H", report[5:7])[0]
            self._partial[channel] = [command, size, report[7:7 + size], 0]
        else:
            partial = self._partial.get(channel)
            if partial is None:
                return
            if partial[3] != report[4]:
                del self._partial[channel]
                self._send(channel, ERROR, bytes([INVALID_SEQUENCE]))
                return
            partial[2] += report[5:5 + min(59, partial[1] - len(partial[2]))]
            partial[3] += 1
        command, size, payload, _ = self._partial[channel]
        if len(payload) == size:
            del self._partial[channel]
            self._message(channel, command, payload)

    def _message(self, channel, command, payload):
        if command == INIT:
            self._channels += 1
            given = struct.pack(">I", self._channels)
            # Protocol 2, version 5.7.0; CBOR and no U2F messages.
            self._send(channel, INIT, payload[:8] + given + bytes([2, 5, 7, 0, 0x04 | 0x08]))
        elif command == CANCEL:
            if self._busy == channel:
                self._person.cancel()
        elif command == PING:
            self._send(channel, PING, payload)
        elif command != CBOR:
            self._send(channel, ERROR, bytes([INVALID_COMMAND]))
        elif self._busy is not None or self._is_taken(payload):
            self._send(channel, ERROR, bytes([CHANNEL_BUSY]))
        else:
            self._busy = channel
            self._person.begin()
            self._work.put((channel, payload))

    def _is_taken(self, payload):
        if self.taken_at is None or payload[:1] != bytes([self.taken_at]):
            return False
        self.taken_at = None
        return True

    def _answer_messages(self):
        while True:
            work = self._work.get()
            if work is None:
                return
            channel, payload = work
            self.commands.append(payload[0] if payload else -1)
            done = threading.Event()
            keeper = threading.Thread(target=self._keep_alive, args=(channel, done), daemon=True)
            keeper.start()
            if self.delay:
                self._gone.wait(self.delay)
            reply = self._authenticator.command(payload)
            fault, self.fault = self.fault, None
            if fault == "keepalive-flood":
                self._flood(channel)
            done.set()
            keeper.join()
            self._busy = None
            if fault is None:
                self._send(channel, CBOR, reply)
            elif fault != "keepalive-flood":
                self._misbehave(fault, channel, reply)

    def _keep_alive(self, channel, done):
        while not done.wait(KEEPALIVE_PERIOD) and not self._gone.is_set():
            self._send(channel, KEEPALIVE, bytes([UP_NEEDED if self._person.is_waiting() else PROCESSING]))

    def _flood(self, channel):
        """Keepalives without end, and no answer to a cancel."""
        end = time.monotonic() + 60
        while time.monotonic() < end and not self._gone.wait(0.005):
            self._send(channel, KEEPALIVE, bytes([PROCESSING]))

    def _misbehave(self, fault, channel, reply):
        whole = reports(channel, CBOR, reply)
        if fault == "short":
            self._is_short = True
            whole_reports(self._descriptor, 1)
            self._write(whole[0][:20])
        elif fault == "wrong-cid":
            for report in reports(b"\x0b\xad\x0b\xad", CBOR, reply):
                self._write(report)
        elif fault == "oversize":
            self._write(channel + bytes([CBOR | 0x80]) + b"\xff\xff" + bytes(57))
        elif fault == "bad-sequence":
            self._write(whole[0])
            self._write(channel + bytes([0x7A]) + bytes(59))
        elif fault == "garbage":
            self._send(channel, CBOR, b"\x00" + b"\xbf" * 200)
        elif fault == "mid-frame-unplug":
            self._write(whole[0])
            self._unplug()
