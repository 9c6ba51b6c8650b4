"""What a PIV card does with private keys, and how PIV numbers and encodes them."""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, utils

import tlv
from material import make_key

# The last three are of YubiKeys from firmware 5.7 on; 05 is in SP 800-78-5, too.
KIND_OF_ALGORITHM = {0x07: "rsa2048", 0x11: "p256", 0x14: "p384", 0x05: "rsa3072", 0x16: "rsa4096", 0xE0: "ed25519"}
CURVE_OF_ALGORITHM = {0x11: ec.SECP256R1(), 0x14: ec.SECP384R1()}


def generate(algorithm):
    return make_key(KIND_OF_ALGORITHM[algorithm])


def from_parts(algorithm, parts):
    if algorithm in CURVE_OF_ALGORITHM:
        return ec.derive_private_key(int.from_bytes(parts[0x06], "big"), CURVE_OF_ALGORITHM[algorithm])
    p, q = (int.from_bytes(parts[tag], "big") for tag in (0x01, 0x02))
    e, n = 65537, p * q
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q),
                                    rsa.RSAPublicNumbers(e, n))
    return numbers.private_key()


def algorithm_of(key):
    if isinstance(key, rsa.RSAPrivateKey):
        kind = f"rsa{key.key_size}"
    else:
        kind = "ed25519" if isinstance(key, ed25519.Ed25519PrivateKey) else f"p{key.curve.key_size}"
    return next(number for number, each in KIND_OF_ALGORITHM.items() if each == kind)


def public_parts(key):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return tlv.encode(0x86, key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))
    numbers = key.public_key().public_numbers()
    if isinstance(key, rsa.RSAPrivateKey):
        return (tlv.encode(0x81, numbers.n.to_bytes(key.key_size // 8, "big"))
                + tlv.encode(0x82, numbers.e.to_bytes(3, "big")))
    size = (key.curve.key_size + 7) // 8
    return tlv.encode(0x86, b"\x04" + numbers.x.to_bytes(size, "big") + numbers.y.to_bytes(size, "big"))


def sign(key, block):
    """RSA: the bare operation on a padded block. EC: ECDSA on a digest of the curve's size. Ed25519: what is signed."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(block)
    if isinstance(key, rsa.RSAPrivateKey):
        private = key.private_numbers()
        size = key.key_size // 8
        if len(block) != size:
            raise ValueError("a block is as long as the modulus")
        return pow(int.from_bytes(block, "big"), private.d, private.public_numbers.n).to_bytes(size, "big")
    size = (key.curve.key_size + 7) // 8
    digest = block[:size].rjust(size, b"\0")
    return key.sign(digest, ec.ECDSA(utils.Prehashed({32: hashes.SHA256(), 48: hashes.SHA384()}[size])))
