"""Keys and certificates of virtual cards, all from one authority of the run."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = datetime.timedelta(days=1)
CURVES = {"p256": ec.SECP256R1, "p384": ec.SECP384R1}
RSA_BITS = {"rsa2048": 2048, "rsa3072": 3072, "rsa4096": 4096}


def make_key(kind):
    if kind in CURVES:
        return ec.generate_private_key(CURVES[kind]())
    if kind in RSA_BITS:
        return rsa.generate_private_key(65537, RSA_BITS[kind])
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    raise ValueError(f"a key is {', '.join([*CURVES, *RSA_BITS])} or ed25519, not {kind}")


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def fingerprint(certificate):
    return certificate.fingerprint(hashes.SHA256()).hex()


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Authority:
    """Issues what people's cards hold. Its own certificate is for the verifying side."""

    def __init__(self, name="Virtual Card Authority"):
        self._key = make_key("p256")
        self.certificate = (
            self._builder(named(name), named(name), self._key.public_key(), -1, 3650)
            .add_extension(x509.BasicConstraints(True, None), True)
            .add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)
            .sign(self._key, hashes.SHA256()))

    def pem(self):
        return pem(self.certificate)

    def issue(self, person, key, flaw=""):
        """`flaw`: expired, or cipher for a key that may encipher and agree on keys, and not sign."""
        cipher = flaw == "cipher"
        first, last = (-30, -1) if flaw == "expired" else (-1, 365)
        return (self._builder(named(person), self.certificate.subject, key.public_key(), first, last)
                .add_extension(x509.BasicConstraints(False, None), True)
                .add_extension(x509.KeyUsage(not cipher, False, cipher, False, cipher, False, False, False, False), True)
                .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False)
                .sign(self._key, hashes.SHA256()))

    def attest(self, key, slot, serial, version):
        """What a YubiKey says of a key that it has made: Yubico's extensions 3 (firmware), 7 (serial), 8 (policies)."""
        builder = self._builder(named(f"YubiKey PIV Attestation {slot:02x}"), self.certificate.subject, key.public_key(),
                                -1, 3650)
        values = {3: version, 7: b"\x02\x04" + serial.to_bytes(4, "big"), 8: b"\x02\x01"}
        for arc, value in values.items():
            kind = x509.ObjectIdentifier(f"1.3.6.1.4.1.41482.3.{arc}")
            builder = builder.add_extension(x509.UnrecognizedExtension(kind, value), False)
        return builder.sign(self._key, hashes.SHA256())

    @staticmethod
    def _builder(subject, issuer, key, first, last):
        now = datetime.datetime.utcnow()
        return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
                .serial_number(x509.random_serial_number()).not_valid_before(now + first * DAY)
                .not_valid_after(now + last * DAY))
