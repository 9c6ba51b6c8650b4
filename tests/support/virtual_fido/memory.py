"""What a virtual key still knows after its program has ended: one JSON file per key, readable by its owner alone."""

import json
import os

from attestation import Maker, private_pem
from authenticator import Credential
from cryptography.hazmat.primitives import serialization


def private_key(pem):
    return serialization.load_pem_private_key(pem.encode(), None)


def save(path, authenticator):
    state = authenticator.state
    content = {
        "pin": state.pin_hash.hex() if state.pin_hash else None,
        "retries": state.retries,
        "counter": state.counter,
        "maker": authenticator.maker.pack(),
        "credentials": [{"id": item.id.hex(), "rp": item.rp, "user": item.user.hex(), "algorithm": item.algorithm,
                         "protection": item.protection, "resident": item.resident, "key": private_pem(item.key)}
                        for item in state.credentials.values()],
    }
    with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
    os.replace(path + ".new", path)


def load(path, authenticator):
    """Does nothing where there is no such file: the key is new."""
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    state = authenticator.state
    state.pin_hash = bytes.fromhex(content["pin"]) if content["pin"] else None
    state.retries, state.counter = content["retries"], content["counter"]
    authenticator.maker = Maker.unpack(content["maker"])
    for item in content["credentials"]:
        credential = Credential(item["rp"], bytes.fromhex(item["user"]), item["algorithm"], item["protection"],
                                item["resident"], bytes.fromhex(item["id"]), private_key(item["key"]))
        state.credentials[credential.id] = credential


def forget(path):
    if os.path.exists(path):
        os.unlink(path)
