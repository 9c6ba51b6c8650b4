"""Attestation statements: a CA of our own, and everything that can be wrong with one."""

import base64
import datetime
import os

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AAGUID_OID = x509.ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4")
VARIANTS = ("packed", "none", "self", "bad-signature", "wrong-aaguid", "bad-ou", "ca-flag", "expired", "leaf-only",
            "unknown-root")


def _name(common_name, unit=None):
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
             x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Virtual Keys")]
    if unit:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return x509.Name(parts + [x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _new_key():
    return ec.generate_private_key(ec.SECP256R1())


def _certificate(subject, key, issuer, issuer_key, *, is_ca, extensions=(), days=(-1, 3650)):
    now = datetime.datetime.utcnow()
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
               .serial_number(x509.random_serial_number())
               .not_valid_before(now + datetime.timedelta(days[0])).not_valid_after(now + datetime.timedelta(days[1]))
               .add_extension(x509.BasicConstraints(is_ca, None), critical=True))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def private_pem(key):
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                             serialization.NoEncryption()).decode()


def _der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


class Maker:
    """A maker of security keys: root, intermediate, and one attestation key for a model."""

    def __init__(self):
        self._root_key, self._middle_key, self._leaf_key = _new_key(), _new_key(), _new_key()
        # A name of its own: whoever believes several makers finds the right one by it.
        root_name = _name(f"Virtual Keys Root {os.urandom(4).hex()}")
        self._middle_name = _name("Virtual Keys Attestation CA")
        self._root = _certificate(root_name, self._root_key, root_name, self._root_key, is_ca=True)
        self._middle = _certificate(self._middle_name, self._middle_key, root_name, self._root_key, is_ca=True)

    def pack(self):
        """What unpack() needs to be this maker again. Keys are in it."""
        return {"keys": [private_pem(key) for key in (self._root_key, self._middle_key, self._leaf_key)],
                "certificates": [base64.b64encode(_der(item)).decode() for item in (self._root, self._middle)]}

    @classmethod
    def unpack(cls, packed):
        maker = cls()
        maker._root_key, maker._middle_key, maker._leaf_key = (
            serialization.load_pem_private_key(pem.encode(), None) for pem in packed["keys"])
        maker._root, maker._middle = (
            x509.load_der_x509_certificate(base64.b64decode(item)) for item in packed["certificates"])
        return maker

    def root_pem(self):
        return self._root.public_bytes(serialization.Encoding.PEM).decode()

    def _leaf(self, aaguid, unit="Authenticator Attestation", is_ca=False, days=(-1, 3650)):
        marker = x509.UnrecognizedExtension(AAGUID_OID, b"\x04\x10" + aaguid)
        return _certificate(_name("Virtual Key Serial 1", unit), self._leaf_key, self._middle_name, self._middle_key,
                            is_ca=is_ca, extensions=(marker,), days=days)

    def statement(self, variant, aaguid, signed, credential_key, algorithm):
        """(fmt, attStmt) over `signed`, which is authenticatorData || clientDataHash."""
        if variant == "none":
            return "none", {}
        if variant == "self":
            digest = hashes.SHA384() if algorithm == -35 else hashes.SHA256()
            return "packed", {"alg": algorithm, "sig": credential_key.sign(signed, ec.ECDSA(digest))}
        leaf = {
            "wrong-aaguid": lambda: self._leaf(bytes(16)),
            "bad-ou": lambda: self._leaf(aaguid, unit="Something Else"),
            "ca-flag": lambda: self._leaf(aaguid, is_ca=True),
            "expired": lambda: self._leaf(aaguid, days=(-20, -10)),
        }.get(variant, lambda: self._leaf(aaguid))()
        chain = [_der(leaf)] if variant == "leaf-only" else [_der(leaf), _der(self._middle)]
        signature = self._leaf_key.sign(signed, ec.ECDSA(hashes.SHA256()))
        if variant == "bad-signature":
            signature = self._leaf_key.sign(signed + b"x", ec.ECDSA(hashes.SHA256()))
        if variant == "unknown-root":
            return Maker().statement("packed", aaguid, signed, credential_key, algorithm)
        return "packed", {"alg": -7, "sig": signature, "x5c": chain}
