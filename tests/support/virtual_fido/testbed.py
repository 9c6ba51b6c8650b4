"""Plugs keys in and out: a hidraw device, its ioctls and its uevents, faked by umockdev. On the GLib main thread only."""

import os
import struct
import termios
import tty

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev  # noqa: E402

HIDIOCGRDESCSIZE, HIDIOCGRDESC = 0x80044801, 0x90044802
MAX_DESCRIPTOR = 4096
# Usage page FIDO Alliance, usage CTAPHID: 64 bytes in, 64 bytes out.
DESCRIPTOR = bytes.fromhex("06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0")
REPORT = 64


def whole_reports(descriptor, size=REPORT):
    """hidraw hands over report by report; this line is a stream of bytes that holds 4095 of them, of which the last 63
    are no report. A reader that comes to them before the rest has followed must wait for it."""
    settings = termios.tcgetattr(descriptor)
    settings[6][termios.VMIN] = size
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)


class _Ioctls(UMockdev.IoctlBase):
    def do_handle_ioctl(self, client):
        argument = client.get_arg()
        if client.get_request() == HIDIOCGRDESCSIZE:
            argument.resolve(0, 4).update(0, list(struct.pack("i", len(DESCRIPTOR))))
        elif client.get_request() == HIDIOCGRDESC:
            argument.resolve(0, 4 + MAX_DESCRIPTOR).update(0, list(struct.pack("I", len(DESCRIPTOR)) + DESCRIPTOR))
        else:
            return False
        client.complete(0, 0)
        return True


class Port:
    """One plugged-in key, as the kernel would show it. A key plugged in again gets a new hidraw number."""

    def __init__(self, bed, number, product):
        self._bed = bed
        self.path = f"/dev/hidraw{number}"
        usb = f"/devices/pci0000:00/0000:00:14.0/usb1/1-{number + 1}"
        hid = f"{usb}/0003:1050:0407.{number + 1:04X}"
        self._places = [f"{hid}/hidraw/hidraw{number}", hid, usb]
        bed.add_from_string(f"""P: {usb}
E: DEVTYPE=usb_device
E: SUBSYSTEM=usb
A: manufacturer=Countersign\\n
A: product={product}\\n

P: {hid}
E: SUBSYSTEM=hid
E: HID_ID=0003:00001050:00000407
E: HID_NAME=Countersign {product}

P: {self._places[0]}
N: hidraw{number}
E: DEVNAME={self.path}
E: SUBSYSTEM=hidraw
""")
        self._ioctls = _Ioctls()
        bed.attach_ioctl(self.path, self._ioctls)
        self.descriptor = bed.get_dev_fd(self.path)
        tty.setraw(self.descriptor)
        whole_reports(self.descriptor)
        # Held open, so that the last reader's close does not hang the line up.
        self._held = os.open(self.path, os.O_RDWR | os.O_NOCTTY)
        bed.uevent("/sys" + self._places[0], "add")

    def remove(self):
        self._bed.detach_ioctl(self.path)
        os.unlink(self._bed.get_root_dir() + self.path)
        os.close(self._held)
        os.close(self.descriptor)
        self._bed.uevent("/sys" + self._places[0], "remove")
        for place in self._places:
            self._bed.remove_device("/sys" + place)
