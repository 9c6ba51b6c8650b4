"""How commands and answers go between a reader and a card (ISO 7816-3, ISO 7816-4), and what a card says of itself when
it is switched on. A yubikey's historical bytes make OpenSC take it for one; others say only that they chain commands."""

import functools
import operator

HISTORICAL_BYTES = {"yubikey": bytes.fromhex("8073c021c057597562694b6579"), "other": bytes.fromhex("8073c02180")}
WRONG_LENGTH = b"\x67\x00"
GET_RESPONSE = 0xC0


def more_follows(size):
    """61xx: so much is left to be fetched; 00 is 256 or more."""
    return bytes([0x61, size if size < 256 else 0])


class BlockWire:
    """T=1: a command is carried as it is, and its answer with it, 256 bytes of it at most."""

    def __init__(self, maker):
        self.rest = b""
        if maker == "yubikey":
            self.atr = bytes.fromhex("3bfd1300008131fe158073c021c057597562694b657940")  # of a YubiKey 5
        else:
            said = bytes([0x80 | len(HISTORICAL_BYTES[maker]), 0x01]) + HISTORICAL_BYTES[maker]
            self.atr = b"\x3b" + said + bytes([functools.reduce(operator.xor, said)])

    @staticmethod
    def refusal(_command):
        """The answer to what no such card takes for a command."""
        return None

    def answer(self, _command, data, status):
        self.rest = data[256:]
        return data[:256] + (more_follows(len(self.rest)) if self.rest else status)


class ByteWire:
    """T=0 and nothing else: a command has either data or an expected length, its fifth byte says of which how much, and
    that must be so exactly. What there is to tell to a command with data is fetched by another one."""

    def __init__(self, maker):
        self.rest = b""
        self.atr = bytes([0x3B, len(HISTORICAL_BYTES[maker])]) + HISTORICAL_BYTES[maker]

    @staticmethod
    def refusal(command):
        if len(command) < 5 or (len(command) > 5 and len(command) != 5 + command[4]):
            return WRONG_LENGTH
        return None

    def answer(self, command, data, status):
        if not data:
            return status
        if len(command) > 5:
            self.rest = data
            return more_follows(len(data))
        wanted, there = command[4] or 256, min(len(data), 256)
        if wanted > there or (wanted != there and command[1] != GET_RESPONSE):
            self.rest = data if command[1] == GET_RESPONSE else b""
            return bytes([0x6C, there % 256])
        self.rest = data[wanted:]
        return data[:wanted] + (more_follows(len(self.rest)) if self.rest else status)


WIRES = {"t1": BlockWire, "t0": ByteWire}
