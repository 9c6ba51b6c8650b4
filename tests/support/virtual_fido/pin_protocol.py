"""PIN/UV auth protocols one and two (CTAP 2.1, 6.5): the authenticator's side."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BLOCK = 16


def cose_key(public, algorithm):
    """An EC2 public key as a COSE map."""
    numbers = public.public_numbers()
    curve, size = {"secp256r1": (1, 32), "secp384r1": (2, 48)}[public.curve.name]
    return {1: 2, 3: algorithm, -1: curve, -2: numbers.x.to_bytes(size, "big"), -3: numbers.y.to_bytes(size, "big")}


class KeyAgreement:
    """The authenticator's ECDH key; changed after every wrong PIN."""

    def __init__(self):
        self.renew()

    def renew(self):
        self._key = ec.generate_private_key(ec.SECP256R1())

    def public(self):
        return cose_key(self._key.public_key(), -25)

    def secret(self, protocol, peer):
        """What both sides now share, as the protocol derives it from the platform's COSE key."""
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(peer[-2], "big"), int.from_bytes(peer[-3], "big"),
                                                ec.SECP256R1())
        z = self._key.exchange(ec.ECDH(), numbers.public_key())
        return SharedSecret(protocol, z)


class SharedSecret:
    def __init__(self, protocol, z):
        self.protocol = protocol
        if protocol == 1:
            self._mac_key = self._cipher_key = hashlib.sha256(z).digest()
        else:
            self._mac_key = self._derive(z, b"CTAP2 HMAC key")
            self._cipher_key = self._derive(z, b"CTAP2 AES key")

    @staticmethod
    def _derive(z, info):
        return HKDF(hashes.SHA256(), 32, bytes(32), info).derive(z)

    def decrypt(self, text):
        iv = bytes(BLOCK)
        if self.protocol == 2:
            iv, text = text[:BLOCK], text[BLOCK:]
        worker = Cipher(algorithms.AES(self._cipher_key), modes.CBC(iv)).decryptor()
        return worker.update(text) + worker.finalize()

    def encrypt(self, text):
        iv = os.urandom(BLOCK) if self.protocol == 2 else bytes(BLOCK)
        worker = Cipher(algorithms.AES(self._cipher_key), modes.CBC(iv)).encryptor()
        sealed = worker.update(text) + worker.finalize()
        return iv + sealed if self.protocol == 2 else sealed

    def verify(self, message, mac):
        return verify(self.protocol, self._mac_key, message, mac)


def verify(protocol, key, message, mac):
    expected = hmac.new(key, message, hashlib.sha256).digest()
    return hmac.compare_digest(expected[:16] if protocol == 1 else expected, mac)
