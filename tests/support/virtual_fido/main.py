"""Under umockdev-wrapper: plugs virtual keys in, runs a command that sees them as /dev/hidrawN, exits as it does.

The control socket takes one JSON object a line and answers each with one: {"ok": true, ...} or {"ok": false, "error"}.
What it understands is what keys.Drawer does."""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib  # noqa: E402

from keys import Drawer  # noqa: E402


def serve_one(connection, drawer):
    with connection, connection.makefile("rw", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            try:
                answer = {"ok": True, **drawer.handle(json.loads(line))}
            except Exception as error:  # the test that asked is told
                answer = {"ok": False, "error": f"{type(error).__name__}: {error}"}
            stream.write(json.dumps(answer) + "\n")
            stream.flush()


def serve(listener, drawer):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve_one, args=(connection, drawer), daemon=True).start()


def child_environment(command, control, bed):
    # The testbed sets its directory with setenv(3), which os.environ does not see.
    environment = dict(os.environ, COUNTERSIGN_VIRTUAL_FIDO=control, UMOCKDEV_DIR=bed.get_root_dir())
    # A sanitizer's runtime must be the first library of all.
    linked = subprocess.run(["ldd", command[0]], capture_output=True, text=True).stdout
    runtime = re.findall(r"=> (\S*lib[at]san\S*)", linked)
    environment["LD_PRELOAD"] = ":".join(runtime + [environment.get("LD_PRELOAD", "")])
    return environment


def main():
    parser = argparse.ArgumentParser(prog="virtual_fido/run", description=__doc__)
    parser.add_argument("--keys", type=int, default=1, help="how many keys there are")
    parser.add_argument("--plugged", type=int, help="how many of them are plugged in at the start (all)")
    parser.add_argument("--memory", help="a directory in which the keys remember what they hold")
    parser.add_argument("--roots", help="a file that gets the root certificate of the first key's maker, as PEM")
    parser.add_argument("--touch", choices=("auto", "wait"), default="auto",
                        help="whether the keys are touched by themselves, or wait for the control socket")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.command:
        parser.error("a command is expected")

    if options.memory:
        os.makedirs(options.memory, mode=0o700, exist_ok=True)
    drawer = Drawer(options.keys, options.memory)
    for key in drawer.keys:
        key.person.mode = options.touch
    if options.roots:
        with open(options.roots, "w", encoding="ascii") as file:
            file.write(drawer.keys[0].authenticator.maker.root_pem())
    for key in drawer.keys[:options.plugged if options.plugged is not None else options.keys]:
        key.plug()
    loop = GLib.MainLoop()
    code = []
    with tempfile.TemporaryDirectory(prefix="virtual-fido-") as place:
        control = os.path.join(place, "control")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(control)
        listener.listen()
        threading.Thread(target=serve, args=(listener, drawer), daemon=True).start()

        def run():
            environment = child_environment(options.command, control, drawer.bed)
            # Descriptors too: PINs are handed over on them.
            code.append(subprocess.call(options.command, env=environment, close_fds=False))
            GLib.idle_add(loop.quit)

        threading.Thread(target=run, daemon=True).start()
        loop.run()
    sys.stdout.flush()
    # The threads that serve keys end with the process.
    os._exit(code[0] if code[0] >= 0 else 128 - code[0])


if __name__ == "__main__":
    main()
