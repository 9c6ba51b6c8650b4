#!/usr/bin/env python3
"""cardd.py PORT DIRECTORY: virtual cards for the two readers of one vpcd driver, on PORT and PORT + 1.

DIRECTORY/control is a socket that takes one command a line and answers one JSON object a line:

  make NAME [SLOT=KEY[:expired|:cipher|:OBJECT]]... [pin=] [puk=] [management=3des|aes128|aes192|aes256] [person=]
       [like=NAME] [maker=yubikey|other] [version=5.4.3] [protocol=t1|t0] [chuid=own|none|blank|agency]
       [pins=own|global]
                          a card; SLOT is 9a, 9c, 9d or 9e, KEY is p256, p384, rsa2048, rsa3072, rsa4096 or ed25519,
                          OBJECT is how its certificate stands there: gzip, empty, none, ... (piv_card.py). like: the keys
                          and certificates of another card on one with a number of its own
  key NAME [pin=] [touch=auto|wait]
                          a FIDO2 security key as a card; touch NAME now touches one that waits
  insert READER NAME      READER is 0 or 1
  remove READER           at once, whatever the card is doing
  slow NAME MILLISECONDS  each signature takes so long
  touch NAME never|always|now
                          whether a signature waits for a touch, and the touch
  foreign NAME verify PIN|logout|reset
                          what another program's use of the card leaves behind
  manage NAME HEX [kept]  another management key, as IT sets it; kept: on the card, for whoever has given its PIN
  status NAME             tries, signatures by slot, fingerprints of the certificates, ...

DIRECTORY/ca.pem is the authority of all certificates, DIRECTORY/NAME-SLOT.pem is each of them."""

import contextlib
import json
import os
import pathlib
import socket
import socketserver
import struct
import sys
import threading
import time

import material
from fido_card import FidoCard
from piv_card import CERTIFICATE_OBJECTS, PivCard

POWER_OFF, POWER_ON, RESET, GET_ATR = 0, 1, 2, 4


# pcscd looks at its readers every 400 ms. Nobody swaps a card faster than that, and a swap that it does not see would
# be one that no reader of this world makes.
SWAP_SECONDS = 0.6


class Reader:
    """One slot of the driver. A connection to it is a card that is inserted."""

    def __init__(self, port):
        self._port = port
        self._lock = threading.Lock()
        self._connection = None
        self._card = None
        self._removed = 0.0

    def insert(self, card):
        with self._lock:
            time.sleep(max(0.0, self._removed + SWAP_SECONDS - time.monotonic()))
            if self._connection:
                raise ValueError("the reader holds a card already")
            connection = socket.create_connection(("127.0.0.1", self._port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            card.power_on()
            card.pulled.clear()
            self._connection, self._card = connection, card
        threading.Thread(target=self._serve, args=(connection, card), daemon=True).start()

    def remove(self):
        with self._lock:
            connection, card = self._connection, self._card
            self._connection = self._card = None
            if connection:
                self._removed = time.monotonic()
        if connection:
            card.pulled.set()
            card.touched.set()
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, connection, card):
        with connection, contextlib.suppress(EOFError, OSError):
            while True:
                size = struct.unpack(">H", self._read(connection, 2))[0]
                message = self._read(connection, size)
                if size > 1:
                    self._write(connection, card.answer(message))
                elif message[0] == GET_ATR:
                    self._write(connection, card.wire.atr)
                elif message[0] in (POWER_OFF, POWER_ON, RESET):
                    card.power_on()
        # The driver has gone, and the service with it: whoever starts it again finds the card in its place.
        with self._lock:
            if self._connection is not connection:
                return
            self._connection = self._card = None
        self._insert_again(card)

    def _insert_again(self, card):
        while not card.pulled.wait(0.05):
            try:
                self.insert(card)
                return
            except (OSError, ValueError):
                continue

    @staticmethod
    def _read(connection, size):
        data = b""
        while len(data) < size:
            # The driver sends each message in two pieces; an acknowledgement that is held back costs 40 ms.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            more = connection.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    @staticmethod
    def _write(connection, data):
        connection.sendall(struct.pack(">H", len(data)) + data)


class Desk:
    """The cards, the readers and the commands."""

    def __init__(self, port, directory):
        self._authority = material.Authority()
        self._directory = directory
        (directory / "ca.pem").write_bytes(self._authority.pem())
        self._readers = [Reader(port), Reader(port + 1)]
        self._cards = {}

    def obey(self, line):
        words = line.split()
        commands = {"make": self._make, "key": self._key, "insert": self._insert, "remove": self._remove, "slow": self._slow,
                    "touch": self._touch, "foreign": self._foreign, "manage": self._manage, "status": self._status}
        try:
            return commands[words[0]](*words[1:]) or {}
        except (KeyError, ValueError, TypeError, IndexError, OSError) as problem:
            return {"error": f"{line.strip()}: {problem!r}"}

    def _make(self, name, *settings):
        given = dict(setting.split("=", 1) for setting in settings)
        kind_of_card = ("pin", "puk", "management", "maker", "protocol", "chuid", "version", "pins")
        options = {what: given.pop(what) for what in kind_of_card if what in given}
        person = given.pop("person", name)
        card = PivCard(name, 10_000_000 + int.from_bytes(os.urandom(3), "big"), **options)
        like = given.pop("like", None)
        if like:
            for slot, key in self._cards[like].keys.items():
                card.put_key(slot, key, self._cards[like].certificates.get(slot))
        for slot, wanted in given.items():
            kind, _, flaw = wanted.partition(":")
            if flaw not in ("expired", "cipher") and flaw not in CERTIFICATE_OBJECTS:
                raise ValueError(f"no such flaw: {flaw}")
            key = material.make_key(kind)
            kept = flaw if flaw in CERTIFICATE_OBJECTS else ""
            certificate = self._authority.issue(person, key, flaw)
            (self._directory / f"{name}-{slot}.pem").write_bytes(material.pem(certificate))
            card.put_key(int(slot, 16), key, certificate, kept)
        self._cards[name] = card
        return self._status(name)

    def _key(self, name, *settings):
        self._cards[name] = FidoCard(name, **dict(setting.split("=", 1) for setting in settings))

    def _insert(self, reader, name):
        self._readers[int(reader)].insert(self._cards[name])

    def _remove(self, reader):
        self._readers[int(reader)].remove()

    def _slow(self, name, milliseconds):
        self._cards[name].slow_seconds = int(milliseconds) / 1000

    def _touch(self, name, when):
        card = self._cards[name]
        if isinstance(card, FidoCard):
            if when != "now":
                raise ValueError("a security key is touched, or made so that it needs none")
            card.press()
        elif when == "now":
            if not card.waiting_for_touch.wait(30):
                raise ValueError("nothing waits for a touch")
            card.touched.set()
        else:
            card.touch_wanted = {"never": False, "always": True}[when]

    def _foreign(self, name, what, pin=""):
        card = self._cards[name]
        if what == "verify":
            card.answer(bytes([0x00, 0x20, 0x00, 0x80, 8]) + pin.encode().ljust(8, b"\xff"))
        elif what == "logout":
            card.verified = False
        elif what == "reset":
            card.power_on()
        else:
            raise ValueError(f"no such use: {what}")

    def _manage(self, name, key, kept=""):
        self._cards[name].set_management_key(bytes.fromhex(key), kept == "kept")

    def _status(self, name):
        card = self._cards[name]
        if isinstance(card, FidoCard):
            return card.status()
        return {"serial": card.serial, "guid": card.guid.hex(), "fascn": card.fascn.hex(),
                "pin": card.pin.left, "otherPinTries": card.other_pin.left, "puk": card.puk.left,
                "wrong_pins": card.pin.refusals,
                "verified": card.verified, "verifications": card.verifications,
                "waiting": card.waiting_for_touch.is_set(),
                "signatures": {f"{slot:02x}": count for slot, count in card.signatures.items()},
                "fingerprints": {f"{slot:02x}": material.fingerprint(each)
                                 for slot, each in card.certificates.items()}}


class Control(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


def main():
    port, directory = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    desk = Desk(port, directory)

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self):
            for line in self.rfile:
                self.wfile.write(json.dumps(desk.obey(line.decode())).encode() + b"\n")

    # Under its last name only when it listens: who sees it may connect.
    with Control(str(directory / "control.new"), Conversation) as server:
        os.rename(directory / "control.new", directory / "control")
        server.serve_forever()


if __name__ == "__main__":
    main()
