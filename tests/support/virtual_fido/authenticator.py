"""A CTAP 2.1 authenticator without user verification of its own: commands in, replies out (CTAP 2.1, section 6).

What a person or a thief does to it is done through its `person` (see person.py); what is remembered is in `State`."""

import hashlib
import hmac
import os
import struct

import cbor
from attestation import Maker
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pin_protocol import KeyAgreement, cose_key, verify

OK = 0x00
INVALID_COMMAND, INVALID_PARAMETER, INVALID_CBOR, MISSING_PARAMETER = 0x01, 0x02, 0x12, 0x14
CREDENTIAL_EXCLUDED, UNSUPPORTED_ALGORITHM, INVALID_OPTION, NO_CREDENTIALS = 0x19, 0x26, 0x2C, 0x2E
PIN_INVALID, PIN_BLOCKED, PIN_AUTH_INVALID, PIN_AUTH_BLOCKED = 0x31, 0x32, 0x33, 0x34
PIN_NOT_SET, PIN_REQUIRED, PIN_POLICY_VIOLATION = 0x35, 0x36, 0x37

MAX_RETRIES = 8
FAILURES_PER_PLUG = 3
MAKE, ASSERT = 0x01, 0x02  # permissions of a token
UP, UV, ATTESTED, EXTENSIONS = 0x01, 0x04, 0x40, 0x80
CURVES = {-7: (ec.SECP256R1, hashes.SHA256), -35: (ec.SECP384R1, hashes.SHA384)}


class CtapError(Exception):
    def __init__(self, code):
        super().__init__(hex(code))
        self.code = code


class Credential:
    def __init__(self, rp, user, algorithm, protection, resident, identity=None, key=None):
        self.id = identity or os.urandom(32)
        self.rp, self.user, self.algorithm, self.protection, self.resident = rp, user, algorithm, protection, resident
        self.key = key or ec.generate_private_key(CURVES[algorithm][0]())

    def sign(self, message):
        return self.key.sign(message, ec.ECDSA(CURVES[self.algorithm][1]()))


class State:
    """What the key remembers, and how its maker built it. The control socket writes here."""

    def __init__(self, number):
        self.aaguid = hashlib.sha256(b"countersign virtual key model 1").digest()[:16]
        self.firmware = 0x050700
        self.algorithms = [-7]
        self.protects = True
        self.pin_hash = None
        self.retries = MAX_RETRIES
        self.failures = 0  # in a row since the key was plugged in
        self.counter = 10 * number
        self.credentials = {}
        self.attestation = "packed"
        self.protection = None  # the level that it gives instead of the one wanted; 0: it ignores the wish
        self.flags_set = 0  # of its authenticator data, whatever is true
        self.flags_cleared = 0

    def set_pin(self, pin):
        self.pin_hash = hashlib.sha256(pin.encode()).digest()[:16] if pin else None
        self.retries, self.failures = MAX_RETRIES, 0


class Authenticator:
    def __init__(self, number, person):
        self.state = State(number)
        self.maker = Maker()
        self.person = person
        self.remember = lambda: None  # called after each command, before its reply is sent
        self._power_up()

    def _power_up(self):
        self._agreement = KeyAgreement()
        self._token, self._permissions, self._token_rp = os.urandom(32), 0, None

    def replug(self):
        self.state.failures = 0
        self._power_up()

    def command(self, message):
        """The whole reply to one CTAPHID_CBOR message: status byte and CBOR."""
        reply = self._reply(message)
        self.remember()
        return reply

    def _reply(self, message):
        try:
            if not message:
                raise CtapError(INVALID_CBOR)
            handler = {0x01: self._make_credential, 0x02: self._get_assertion, 0x04: self._get_info,
                       0x06: self._client_pin, 0x0B: self._selection}.get(message[0])
            if handler is None:
                raise CtapError(INVALID_COMMAND)
            reply = handler(cbor.decode(message[1:]) if len(message) > 1 else {})
            return bytes([OK]) + (cbor.encode(reply) if reply is not None else b"")
        except CtapError as error:
            return bytes([error.code])
        except cbor.CborError:
            return bytes([INVALID_CBOR])
        except KeyError:
            return bytes([MISSING_PARAMETER])

    def _get_info(self, _):
        state = self.state
        return {1: ["FIDO_2_0", "FIDO_2_1"], 2: ["credProtect"] if state.protects else [], 3: state.aaguid,
                4: {"rk": True, "up": True, "plat": False, "clientPin": state.pin_hash is not None,
                    "pinUvAuthToken": True},
                5: 1200, 6: [2, 1], 7: 8, 8: 128, 9: ["usb"],
                10: [{"alg": algorithm, "type": "public-key"} for algorithm in state.algorithms],
                13: 4, 14: state.firmware}

    def _selection(self, _):
        self.person.touch()

    # PIN

    def _client_pin(self, request):
        sub = request[2]
        protocol = request.get(1, 1)
        if sub == 1:
            return {3: self.state.retries, 4: self.state.failures >= FAILURES_PER_PLUG}
        if sub == 2:
            return {1: self._agreement.public()}
        secret = self._agreement.secret(protocol, request[3])
        if sub == 3:
            if self.state.pin_hash or not secret.verify(request[5], request[4]):
                raise CtapError(PIN_AUTH_INVALID)
            self._store_pin(secret.decrypt(request[5]))
            return None
        if sub == 4:
            if not secret.verify(request[5] + request[6], request[4]):
                raise CtapError(PIN_AUTH_INVALID)
            self._check_pin(secret.decrypt(request[6]))
            self._store_pin(secret.decrypt(request[5]))
            return None
        if sub in (5, 9):
            self._check_pin(secret.decrypt(request[6]))
            self._token = os.urandom(32)
            self._permissions = request[9] if sub == 9 else MAKE | ASSERT
            self._token_rp = request.get(10)
            return {2: secret.encrypt(self._token)}
        raise CtapError(INVALID_PARAMETER)

    def _store_pin(self, padded):
        pin = padded.rstrip(b"\0")
        if len(pin.decode()) < 4:
            raise CtapError(PIN_POLICY_VIOLATION)
        self.state.set_pin(pin.decode())

    def _check_pin(self, pin_hash):
        state = self.state
        if not state.pin_hash:
            raise CtapError(PIN_NOT_SET)
        if state.retries == 0:
            raise CtapError(PIN_BLOCKED)
        if state.failures >= FAILURES_PER_PLUG:
            raise CtapError(PIN_AUTH_BLOCKED)
        state.retries -= 1
        if hmac.compare_digest(pin_hash, state.pin_hash):
            state.retries, state.failures = MAX_RETRIES, 0
            return
        self._agreement.renew()
        state.failures += 1
        if state.retries == 0:
            raise CtapError(PIN_BLOCKED)
        raise CtapError(PIN_AUTH_BLOCKED if state.failures >= FAILURES_PER_PLUG else PIN_INVALID)

    def _user_verified(self, parameter, protocol, client_data_hash, rp, permission):
        if parameter is None:
            return False
        if not parameter:  # 6.1.2 step 1: which of several keys does the person mean?
            self.person.touch()
            raise CtapError(PIN_INVALID if self.state.pin_hash else PIN_NOT_SET)
        allowed = verify(protocol, self._token, client_data_hash, parameter) and self._permissions & permission
        if not allowed or self._token_rp not in (None, rp):
            raise CtapError(PIN_AUTH_INVALID)
        return True

    # Credentials

    def _authenticator_data(self, rp, flags, rest=b""):
        flags = (flags | self.state.flags_set) & ~self.state.flags_cleared
        self.state.counter += 1
        return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + struct.pack(">I", self.state.counter) + rest

    def _make_credential(self, request):
        state, client_data_hash, rp = self.state, request[1], request[2]["id"]
        offered = [item["alg"] for item in request[4] if item.get("type") == "public-key"]
        verified = self._user_verified(request.get(8), request.get(9, 1), client_data_hash, rp, MAKE)
        algorithm = next((alg for alg in offered if alg in state.algorithms), None)
        if algorithm is None:
            raise CtapError(UNSUPPORTED_ALGORITHM)
        if state.pin_hash and not verified:
            raise CtapError(PIN_REQUIRED)
        for excluded in request.get(5, []):
            known = state.credentials.get(excluded["id"])
            if known and known.rp == rp:
                self.person.touch()
                raise CtapError(CREDENTIAL_EXCLUDED)
        self.person.touch()
        wanted = request.get(6, {}).get("credProtect")
        if wanted and state.protection is not None:
            wanted = state.protection
        credential = Credential(rp, request[3]["id"], algorithm, wanted or 1, request.get(7, {}).get("rk", False))
        state.credentials[credential.id] = credential
        attested = (state.aaguid + struct.pack(">H", len(credential.id)) + credential.id
                    + cbor.encode(cose_key(credential.key.public_key(), algorithm)))
        flags = UP | ATTESTED | (UV if verified else 0)
        if wanted and state.protects:
            flags |= EXTENSIONS
            attested += cbor.encode({"credProtect": wanted})
        data = self._authenticator_data(rp, flags, attested)
        kind, statement = self.maker.statement(state.attestation, state.aaguid, data + client_data_hash,
                                               credential.key, algorithm)
        return {1: kind, 2: data, 3: statement}

    def _get_assertion(self, request):
        rp, client_data_hash = request[1], request[2]
        verified = self._user_verified(request.get(6), request.get(7, 1), client_data_hash, rp, ASSERT)
        touched = request.get(5, {}).get("up", True)
        known = self.state.credentials
        named = [known.get(item["id"]) for item in request.get(3, [])]
        candidates = named if 3 in request else [item for item in known.values() if item.resident]
        usable = [item for item in candidates if item and item.rp == rp and (verified or item.protection < 3)]
        if touched:
            self.person.touch()
        if not usable:
            raise CtapError(NO_CREDENTIALS)
        credential = usable[0]
        data = self._authenticator_data(rp, (UP if touched else 0) | (UV if verified else 0))
        reply = {1: {"id": credential.id, "type": "public-key"}, 2: data, 3: credential.sign(data + client_data_hash)}
        if 3 not in request:
            reply[4] = {"id": credential.user}
        return reply
