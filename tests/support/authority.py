"""demo-authority (tests/support/cmp_authority) as a process: issues by CMP to whom it was told to."""

import os
import pathlib
import subprocess

BIN = pathlib.Path(os.environ["COUNTERSIGN_BIN"])
PATIENCE = 60


class DemoAuthority:
    def __init__(self, certificate, key, folder):
        folder = pathlib.Path(folder)
        self.issued = folder / "issued"
        self._invitations = folder / "invitations.csv"
        self._invitations.write_text("")
        self._log = open(folder / "authority.log", "wb")
        self.process = subprocess.Popen([BIN / "demo-authority", certificate, key, self.issued, self._invitations],
                                        stdout=subprocess.PIPE, stderr=self._log, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), f"demo-authority did not start: {line!r}"
        self.url = line.removeprefix("listening on ").strip()

    def invite(self, reference, secret, common_name):
        with self._invitations.open("a") as file:
            file.write(f"{reference},{secret},{common_name}\n")

    def stop(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self._log.close()
