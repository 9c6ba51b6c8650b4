"""The desk's word on an acceptance against the venue's: what may stand beside what."""

# The desk's state -> what the venue may have done. "nothing": the order is not in its book.
FITS = {
    "filled": ("filled",),
    "partly-filled": ("partly-filled",),
    "rejected": ("rejected", "nothing"),  # a message that was refused is no order
    "not-done": ("rejected",),
    "busted": ("busted",),
    "not-received": ("nothing",),
    "not-sent": ("nothing",),
    "unknown": ("filled", "partly-filled", "rejected", "busted", "taken", "nothing"),
    "closed": ("filled", "partly-filled", "rejected", "busted", "taken", "nothing"),
}


def contradiction(state, order, trades=None, messages=1):
    """Why they do not fit; empty where they do. `order` is the venue's, None where it has none; `trades` the desk's
    bookings as (quantity, price, discrepancy), where the price is to be compared; `messages`: how often the acceptance
    went over the wire."""
    if messages > 1:
        return f"DOUBLED: it went over the wire {messages} times"
    if state == "not-sent" and messages:
        return "WRONG: called not sent, but it went over the wire"
    truth = order["state"] if order else "nothing"
    if truth not in FITS.get(state, ()):
        return f"WRONG: the desk says {state}, the venue {truth}"
    if trades is None:
        return ""
    if state == "filled" and trades != [(order["cumQty"], order["price"], "")]:
        return f"WRONG: the desk booked {trades}, the venue dealt {order['cumQty']} at {order['price']}"
    if state not in ("filled", "partly-filled", "busted") and trades:
        return f"WRONG: the desk says {state} and booked {trades}"
    return ""
