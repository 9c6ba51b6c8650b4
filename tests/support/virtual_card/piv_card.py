"""A card with the PIV application of SP 800-73-4 and the commands that YubiKeys add, as far as OpenSC, ykcs11 and
yubico-piv-tool use them. It knows nothing of readers: it answers APDUs, and remembers what was asked of it."""

import gzip
import os
import threading

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import private_keys
import tlv
from material import Authority, der
from wire import GET_RESPONSE, WIRES

APPLICATION = bytes.fromhex("a000000308000010000100")
VERSION = "5.4.3"
METADATA_SINCE, ATTESTATION_SINCE, SERIAL_SINCE = (5, 3, 0), (4, 3, 0), (5, 0, 0)
TRIES_IN_ONE_DIGIT_SINCE = (1, 0, 4)  # 63Cx; before that 63xx
OBJECT_OF_SLOT = {0x9A: 0x5FC105, 0x9C: 0x5FC10A, 0x9D: 0x5FC10B, 0x9E: 0x5FC101}
CHUID, CAPABILITIES, DISCOVERY, ATTESTATION = 0x5FC102, 0x5FC107, 0x7E, 0x5FFF01
ADMINISTRATION, PRINTED = 0x5FFF00, 0x5FC109
NOBODY = bytes.fromhex("d4e739da739ced39ce739d836858210842108421c84210c3eb")  # FASC-N of cards outside the US government
AGENCY = bytes.fromhex("d04310da01")  # how one inside it begins
BEHIND_PIN = {0x5FC103, 0x5FC108, PRINTED, 0x5FC121}
MANAGEMENT_KEY = bytes.fromhex("010203040506070801020304050607080102030405060708")  # as every YubiKey is shipped
MANAGEMENT_CIPHERS = {"3des": (0x03, algorithms.TripleDES, 24), "aes128": (0x08, algorithms.AES, 16),
                      "aes192": (0x0A, algorithms.AES, 24), "aes256": (0x0C, algorithms.AES, 32)}  # number, cipher, bytes
MOST_TRIES = 3
TOUCH_SECONDS = 15

OK = 0x9000
NOT_ALLOWED, BLOCKED, NOT_FOUND, NO_SUCH_KEY = 0x6982, 0x6983, 0x6A82, 0x6A88
WRONG_DATA, WRONG_PARAMETERS, WRONG_LENGTH, UNKNOWN_COMMAND = 0x6A80, 0x6A86, 0x6700, 0x6D00


class Refused(Exception):
    def __init__(self, status):
        super().__init__(f"{status:04x}")
        self.status = status


def framed(content, information=0x00):
    """A certificate object (SP 800-73-4, part 1, table 10): the content, and what CertInfo says of it."""
    return tlv.encode(0x70, content) + bytes([0x71, 1, information, 0xFE, 0])


# What may stand as a certificate beside a key.
CERTIFICATE_OBJECTS = {
    "": lambda plain: framed(plain),
    "gzip": lambda plain: framed(gzip.compress(plain), 0x01),
    "gzip80": lambda plain: framed(gzip.compress(plain), 0x80),  # the same table, read from the other end
    "empty": lambda _: framed(b""),
    "none": lambda _: None,
    "cut": lambda plain: framed(plain[:len(plain) // 2]),  # as a writing that was broken off leaves it
    "noise": lambda plain: bytes([0x70, 0x82, 0x7F, 0xFF]) + plain[:100],  # longer than what holds it
    "badgzip": lambda plain: framed(gzip.compress(plain)[:-20], 0x01),
}


class Secret:
    """A PIN or PUK with its tries."""

    def __init__(self, text, status_of_tries):
        self._status_of_tries = status_of_tries
        self.factory = text.encode().ljust(8, b"\xff")
        self.refusals = 0  # of wrong ones, ever
        self.set(self.factory)

    def set(self, value):
        if len(value) != 8:
            raise Refused(WRONG_LENGTH)
        self.value = value
        self.left = MOST_TRIES

    def tries_status(self):
        return self._status_of_tries | self.left if self.left else BLOCKED

    def metadata(self):
        return bytes([0x05, 1, self.value == self.factory, 0x06, 2, MOST_TRIES, self.left])

    def check(self, given):
        if not self.left:
            raise Refused(BLOCKED)
        if given != self.value:
            self.left -= 1
            self.refusals += 1
            raise Refused(self.tries_status())
        self.left = MOST_TRIES


class PivCard:
    def __init__(self, name, serial, pin="123456", puk="12345678", management="3des", maker="yubikey", protocol="t1",
                 chuid="own", version=VERSION, pins="own"):
        """`maker`: yubikey, or other for a card without Yubico's commands. `protocol`: t1 or t0. `chuid`: own, none, or
        one in which nobody has filled in the GUID: blank, or agency where it has a FASC-N of the card's own. `version`:
        a YubiKey's firmware. `pins`: whose the person's PIN is, PIV's own, or global where it is the whole card's; PIV's
        is then another one."""
        self.name = name
        self.wire = WIRES[protocol](maker)
        self._yubico = maker == "yubikey"
        self._version = tuple(map(int, version.split(".")))
        self._chuid = chuid
        self._persons_pin, self._policy = {"own": (0x80, "4000"), "global": (0x00, "6020")}[pins]
        self.serial = serial
        self.guid = bytes(16) if chuid in ("blank", "agency") else os.urandom(16)
        self.fascn = AGENCY + os.urandom(20) if chuid == "agency" else NOBODY
        self.keys = {}
        self.signatures = {}  # slot -> how many were made
        self.verifications = 0  # how often a right PIN was given
        self.slow_seconds = 0.0  # for each signature
        self.touch_wanted = False
        self.touched = threading.Event()
        self.waiting_for_touch = threading.Event()
        self.pulled = threading.Event()  # out of the reader: what is under way ends
        self.certificates = {}
        self._management = management
        self._factory(pin, puk)

    def _factory(self, pin, puk):
        status_of_tries = 0x63C0 if not self._yubico or self._version >= TRIES_IN_ONE_DIGIT_SINCE else 0x6300
        self.pin = Secret(pin, status_of_tries)
        self.other_pin = Secret("97531864", status_of_tries)
        self.puk = Secret(puk, status_of_tries)
        self._management_number, self._management_cipher, size = MANAGEMENT_CIPHERS[self._management]
        self._management_key = (MANAGEMENT_KEY * 2)[:size]
        self._maker = Authority("Virtual PIV Attestation")
        self.objects = {
            CHUID: tlv.encode(0x30, self.fascn) + tlv.encode(0x34, self.guid)
            + b"\x35\x0820500101\x3e\x00\xfe\x00",
            CAPABILITIES: b"\xf0\x15\xa0\x00\x00\x01\x16\xff\x02" + os.urandom(14)
            + bytes.fromhex("f10121f20121f300f40100f50110f600f700fa00fb00fc00fd00fe00"),
        }
        if self._chuid == "none":
            del self.objects[CHUID]
        if self._yubico:
            self.objects[ATTESTATION] = framed(der(self._maker.certificate))
        self.power_on()

    def power_on(self):
        """After a reset of the card, nothing is selected and nobody has given a PIN."""
        self._selected = False
        self.verified = False
        self._fresh_pin = False  # for slot 9c: the PIN came right before
        self._managed = False
        self._witness = None
        self._chained = b""
        self.wire.rest = b""

    def put_key(self, slot, key, certificate=None, kept=""):
        """`kept`: how the certificate stands on the card, see CERTIFICATE_OBJECTS."""
        self.keys[slot] = key
        if certificate is not None:
            self.certificates[slot] = certificate
            content = CERTIFICATE_OBJECTS[kept](der(certificate))
            if content is not None:
                self.objects[OBJECT_OF_SLOT[slot]] = content

    def answer(self, apdu):
        """The response to one command."""
        refusal = self.wire.refusal(apdu)
        if refusal:
            return refusal
        try:
            return self._answer(apdu)
        except Refused as refused:
            return refused.status.to_bytes(2, "big")
        except (ValueError, IndexError, KeyError):
            return WRONG_DATA.to_bytes(2, "big")

    def _answer(self, apdu):
        command, first, second, data = apdu[1], apdu[2], apdu[3], self._data_of(apdu)
        if command == GET_RESPONSE:
            return self.wire.answer(apdu, self.wire.rest, OK.to_bytes(2, "big"))
        if apdu[0] & 0x10:
            self._chained += data
            return OK.to_bytes(2, "big")
        data, self._chained = self._chained + data, b""
        if command == 0xA4:
            return self.wire.answer(apdu, self._select(data), OK.to_bytes(2, "big"))
        handler = self.COMMANDS.get(command)
        known = command not in self.YUBICO or (self._yubico and self._version >= self.YUBICO[command])
        if not self._selected or handler is None or not known:
            raise Refused(UNKNOWN_COMMAND)
        fresh, self._fresh_pin = self._fresh_pin, False
        if command == 0x87 and second == 0x9C and not fresh:
            raise Refused(NOT_ALLOWED)
        return self.wire.answer(apdu, handler(self, first, second, data), OK.to_bytes(2, "big"))

    @staticmethod
    def _data_of(apdu):
        body = apdu[4:]
        if len(body) >= 3 and body[0] == 0:
            return body[3:3 + int.from_bytes(body[1:3], "big")]
        return body[1:1 + body[0]] if len(body) > 1 else b""

    def _select(self, data):
        if len(data) < 5 or not APPLICATION.startswith(data[:len(APPLICATION)]):
            self._selected = self.verified = False
            raise Refused(NOT_FOUND)
        self._selected = True
        return tlv.encode(0x61, tlv.encode(0x4F, APPLICATION[5:]) + tlv.encode(0x79, tlv.encode(0x4F, APPLICATION[:5])))

    def _get_data(self, _first, _second, data):
        wanted = int.from_bytes(tlv.decode(data)[0x5C], "big")
        if wanted == DISCOVERY:
            return tlv.encode(0x7E, tlv.encode(0x4F, APPLICATION) + bytes.fromhex("5f2f02" + self._policy))
        if wanted in BEHIND_PIN and not self.verified:
            raise Refused(NOT_ALLOWED)
        if wanted not in self.objects:
            raise Refused(NOT_FOUND)
        return tlv.encode(0x53, self.objects[wanted])

    def _put_data(self, _first, _second, data):
        self._need_management()
        parts = tlv.decode(data)
        wanted, value = int.from_bytes(parts[0x5C], "big"), parts[0x53]
        if value:
            self.objects[wanted] = value
        else:
            self.objects.pop(wanted, None)
        return b""

    def _pin_called(self, reference):
        if reference == self._persons_pin:
            return self.pin
        if reference != 0x80:
            raise Refused(NO_SUCH_KEY)
        return self.other_pin

    def _verify(self, first, second, data):
        pin = self._pin_called(second)
        if first == 0xFF:
            self.verified = False
            return b""
        if not data:
            if self.verified:
                return b""
            raise Refused(pin.tries_status())
        self.verified = False
        pin.check(data)
        self.verified = self._fresh_pin = True
        self.verifications += 1
        return b""

    def _change_secret(self, _first, second, data):
        secret = self.puk if second == 0x81 else self._pin_called(second)
        secret.check(data[:8])
        secret.set(data[8:])
        return b""

    def _unblock(self, _first, second, data):
        if second != 0x80:
            raise Refused(NO_SUCH_KEY)
        self.puk.check(data[:8])
        self._pin_called(second).set(data[8:])
        return b""

    def _authenticate(self, first, second, data):
        parts = tlv.decode(tlv.decode(data)[0x7C])
        if second == 0x9B:
            if first != self._management_number:
                raise Refused(WRONG_PARAMETERS)
            return self._authenticate_management(parts)
        if second not in self.keys:
            raise Refused(NO_SUCH_KEY)
        if second != 0x9E and not self.verified:
            raise Refused(NOT_ALLOWED)
        if self.slow_seconds:
            self.pulled.wait(self.slow_seconds)
        if self.touch_wanted:
            self._wait_for_touch()
        if self.pulled.is_set():
            raise Refused(NOT_ALLOWED)
        signature = private_keys.sign(self.keys[second], parts[0x81])
        self.signatures[second] = self.signatures.get(second, 0) + 1
        return tlv.encode(0x7C, tlv.encode(0x82, signature))

    def _wait_for_touch(self):
        self.touched.clear()
        self.waiting_for_touch.set()
        touched = self.touched.wait(TOUCH_SECONDS)
        self.waiting_for_touch.clear()
        if not touched:
            raise Refused(NOT_ALLOWED)

    def _authenticate_management(self, parts):
        algorithm = self._management_cipher(self._management_key)
        encrypt = Cipher(algorithm, modes.ECB()).encryptor()
        if parts.get(0x80) == b"":
            self._witness = os.urandom(algorithm.block_size // 8)
            return tlv.encode(0x7C, tlv.encode(0x80, encrypt.update(self._witness)))
        if self._witness is None or parts[0x80] != self._witness:
            raise Refused(NOT_ALLOWED)
        self._managed, self._witness = True, None
        return tlv.encode(0x7C, tlv.encode(0x82, encrypt.update(parts[0x81])))

    def _need_management(self):
        if not self._managed:
            raise Refused(NOT_ALLOWED)

    def _generate(self, _first, second, data):
        self._need_management()
        algorithm = tlv.decode(tlv.decode(data)[0xAC])[0x80]
        key = private_keys.generate(algorithm[0])
        self.keys[second] = key
        return tlv.encode(0x7F49, private_keys.public_parts(key))

    def _import_key(self, first, second, data):
        self._need_management()
        self.keys[second] = private_keys.from_parts(first, tlv.decode(data))
        return b""

    def _set_management_key(self, _first, _second, data):
        self._need_management()
        kinds = {number: cipher for number, cipher, _ in MANAGEMENT_CIPHERS.values()}
        self._management_number, self._management_cipher = data[0], kinds[data[0]]
        self._management_key = data[3:3 + data[2]]
        return b""

    def set_management_key(self, key, kept):
        """`kept`: behind the PIN, as Yubico's tools do it with --protect."""
        self._management_key = key
        if kept:
            self.objects[ADMINISTRATION] = tlv.encode(0x80, bytes([0x81, 1, 0x02]))
            self.objects[PRINTED] = tlv.encode(0x88, tlv.encode(0x89, key))

    def _set_tries(self, first, second, _data):
        self._need_management()
        self.pin.left, self.puk.left = first, second
        return b""

    def _reset(self, _first, _second, _data):
        if self.pin.left or self.puk.left:
            raise Refused(0x6985)
        self.keys.clear()
        self.certificates.clear()
        self._factory("123456", "12345678")
        self._selected = True
        return b""

    def _attest(self, first, _second, _data):
        if first not in self.keys:
            raise Refused(NO_SUCH_KEY)
        return der(self._maker.attest(self.keys[first], first, self.serial, bytes(self._version)))

    def _metadata(self, _first, second, _data):
        if second in (0x80, 0x81):
            return {0x80: self.pin, 0x81: self.puk}[second].metadata()
        if second == 0x9B:
            is_factory = self._management_key == (MANAGEMENT_KEY * 2)[:len(self._management_key)]
            return bytes([0x01, 1, self._management_number, 0x02, 2, 0, 1, 0x05, 1, is_factory])
        if second not in self.keys:
            raise Refused(NO_SUCH_KEY)
        key = self.keys[second]
        return bytes([0x01, 1, private_keys.algorithm_of(key), 0x02, 2, 2, 1, 0x03, 1, 1]) + tlv.encode(
            0x04, private_keys.public_parts(key))

    COMMANDS = {
        0xCB: _get_data, 0xDB: _put_data, 0x20: _verify, 0x24: _change_secret, 0x2C: _unblock, 0x87: _authenticate,
        0x47: _generate, 0xFE: _import_key, 0xFF: _set_management_key, 0xFA: _set_tries, 0xFB: _reset, 0xF9: _attest,
        0xF7: _metadata, 0xFD: lambda self, *_: bytes(self._version), 0xF8: lambda self, *_: self.serial.to_bytes(4, "big"),
        0x84: lambda *_: os.urandom(8),
    }
    YUBICO = {0xF7: METADATA_SINCE, 0xF8: SERIAL_SINCE, 0xF9: ATTESTATION_SINCE,
              **dict.fromkeys((0xFA, 0xFB, 0xFD, 0xFE, 0xFF), (0, 0, 0))}  # command -> since which firmware
