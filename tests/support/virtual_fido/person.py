"""The person at the key: touches it, refuses, or does nothing. And the wish to call an operation off."""

import threading
import time

from authenticator import CtapError

OPERATION_DENIED, KEEPALIVE_CANCEL, USER_ACTION_TIMEOUT = 0x27, 0x2D, 0x2F
PATIENCE = 30  # seconds until a key gives up by itself
TICK = 0.02


class Person:
    def __init__(self):
        self.mode = "auto"  # or "wait"
        self.ignores_cancel = False
        self.asked = 0  # touches the key has asked for
        self.patience = PATIENCE
        self._changed = threading.Condition()
        self._answer = None
        self._cancelled = False
        self._waiting = False

    def begin(self):
        """A new command: what was said before does not count."""
        with self._changed:
            self._cancelled = False
            self._answer = None

    def touch(self):
        with self._changed:
            self.asked += 1
            if self.mode == "auto":
                return
            self._waiting = True
            self._changed.notify_all()
            end = time.monotonic() + self.patience
            try:
                while self._answer is None and not self._cancelled:
                    if time.monotonic() > end:
                        raise CtapError(USER_ACTION_TIMEOUT)
                    self._changed.wait(TICK)
                if self._cancelled:
                    raise CtapError(KEEPALIVE_CANCEL)
                if self._answer != "press":
                    raise CtapError(OPERATION_DENIED)
            finally:
                self._waiting = False
                self._answer = None
                self._changed.notify_all()

    def answer(self, what):
        """`what`: press, deny or (the key is gone) unplugged. False where nothing was being asked."""
        with self._changed:
            if not self._waiting:
                return False
            # From now on it waits no longer, though its own thread has yet to notice: the next wait is another touch.
            self._waiting = False
            self._answer = what
            self._changed.notify_all()
            return True

    def cancel(self):
        with self._changed:
            if not self.ignores_cancel:
                self._cancelled = True
                self._changed.notify_all()

    def is_waiting(self):
        with self._changed:
            return self._waiting

    def wait_until_left(self, seconds):
        """Until nobody is asked for a touch any more."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def wait_until_asked(self, seconds):
        with self._changed:
            return self._changed.wait_for(lambda: self._waiting, seconds)
