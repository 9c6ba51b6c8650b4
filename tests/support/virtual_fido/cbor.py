"""CBOR (RFC 8949) as CTAP2 uses it: integers, byte and text strings, arrays, maps, true, false, null, canonical order."""


class CborError(Exception):
    """Bytes that are no CBOR of this subset."""


def _head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for code, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | code]) + number.to_bytes(size, "big")
    raise CborError("a number that is too large")


def encode(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    if isinstance(value, (list, tuple)):
        return _head(4, len(value)) + b"".join(encode(item) for item in value)
    if isinstance(value, dict):
        # CTAP2 canonical form: by major type, then length, then bytes of the encoded key.
        pairs = [(encode(key), encode(item)) for key, item in value.items()]
        pairs.sort(key=lambda pair: (pair[0][0] >> 5, len(pair[0]), pair[0]))
        return _head(5, len(pairs)) + b"".join(key + item for key, item in pairs)
    raise CborError(f"cannot encode {type(value)}")


class _Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise CborError("it ends too early")
        part = self.data[self.at:self.at + count]
        self.at += count
        return part

    def value(self):
        first = self.take(1)[0]
        major, short = first >> 5, first & 31
        if major == 7:
            simple = {20: False, 21: True, 22: None}
            if short not in simple:
                raise CborError("an unknown simple value")
            return simple[short]
        if short > 27:
            raise CborError("an indefinite length")
        number = short if short < 24 else int.from_bytes(self.take(1 << short - 24), "big")
        if major == 0:
            return number
        if major == 1:
            return -1 - number
        if major == 2:
            return self.take(number)
        if major == 3:
            return self.take(number).decode()
        if major == 4:
            return [self.value() for _ in range(number)]
        if major == 5:
            return {self.value(): self.value() for _ in range(number)}
        raise CborError("a tag")


def decode(data):
    """The one value that `data` holds."""
    reader = _Reader(data)
    value = reader.value()
    if reader.at != len(data):
        raise CborError("bytes behind the value")
    return value
