"""BER-TLV as PIV cards use it (SP 800-73-4): tags of one or more bytes, definite lengths."""


def encode(tag, value):
    size = len(value)
    if size < 0x80:
        length = bytes([size])
    elif size < 0x100:
        length = bytes([0x81, size])
    else:
        length = bytes([0x82]) + size.to_bytes(2, "big")
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length + value


def decode(data):
    """Tag -> value of the objects that follow one another in `data`. ValueError where it is malformed."""
    found = {}
    at = 0
    try:
        while at < len(data):
            tag = data[at]
            at += 1
            if tag & 0x1F == 0x1F:
                more = True
                while more:
                    tag = tag << 8 | data[at]
                    more = bool(data[at] & 0x80)
                    at += 1
            size = data[at]
            at += 1
            if size > 0x80:
                count = size - 0x80
                size = int.from_bytes(data[at:at + count], "big")
                at += count
            if at + size > len(data):
                raise ValueError("an object is longer than what holds it")
            found[tag] = data[at:at + size]
            at += size
    except IndexError:
        raise ValueError("an object ends in its tag or length") from None
    return found
