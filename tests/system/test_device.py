#!/usr/bin/env python3
"""A workstation that proves how it was started: the real programs, TLS, a SoftHSM2 token, and a TPM 2.0 in software
(swtpm) through tpm2-tss, as a normal user."""

import signal
import socket
import subprocess
import unittest

from workplace import BIN, PATIENCE, ROOT, Workplace


class Tpm:
    """A process of swtpm with its state in `directory`. Its registers begin at zero, as at a start of the machine."""

    def __init__(self, directory):
        directory.mkdir()
        self.path = directory / "tpm"
        self.process = subprocess.Popen(
            ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={directory}", "--server", f"type=unixio,path={self.path}",
             "--ctrl", f"type=unixio,path={self.path}.ctrl", "--flags", "not-need-init,startup-clear",
             "--log", f"file={directory}/log"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            Workplace.wait_for(self.answers)
            for register in (0, 7):
                self.extend(register, bytes([register]) * 32)
        except BaseException:
            self.stop()
            raise

    def answers(self):
        assert self.process.poll() is None, "swtpm has ended"
        with socket.socket(socket.AF_UNIX) as control, socket.socket(socket.AF_UNIX) as tpm:
            return control.connect_ex(f"{self.path}.ctrl") == 0 and tpm.connect_ex(str(self.path)) == 0

    def extend(self, register, digest):
        """TPM2_PCR_Extend, with an empty password."""
        body = (register.to_bytes(4, "big") + bytes.fromhex("00000009" "40000009" "0000" "00" "0000")
                + bytes.fromhex("00000001" "000b") + digest)
        with socket.socket(socket.AF_UNIX) as tpm:
            tpm.connect(str(self.path))
            tpm.sendall(bytes.fromhex("8002") + (10 + len(body)).to_bytes(4, "big") + bytes.fromhex("00000182") + body)
            answer = tpm.recv(64)
        assert answer[6:10] == bytes(4), answer.hex()

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class ProvenPlace(Workplace):
    """A workplace whose venue lets in who proves that the workstation is as it was registered: an unknown network is 15,
    an unmanaged device 25, and from 40 on access is denied."""

    def __init__(self):
        super().__init__()
        self.tpm = Tpm(self.dir / "t")

    def close(self):
        self.tpm.stop()
        super().close()

    def start(self):
        self.sign_policy()
        self.start_venue(scenarios=f"""
[pep]
rp_id = "stepup.example.com"
identities = "{self.dir}/identities.sqlite"
attestation_roots = "{self.dir}/officer.pem"
hardware_key = "registered"
security_keys = ["00000000-0000-0000-0000-000000000001"]
policy = "{self.dir}/policy.toml"
policy_id = "test"
policy_signers = "{self.dir}/officer.pem"
policy_kept = "{self.dir}/policy-kept"
""", before=self.register)

    def write_device(self, tcti):
        self.write_desk(port=getattr(getattr(self, "venue", None), "port", 1),
                        extra='access = "enforced"\nstep_up_domain = "stepup.example.com"')
        with (self.dir / "countersign.toml").open("a") as config:
            config.write(f'\n[device]\ntpm = "{tcti}"\n')

    @property
    def tcti(self):
        return f"swtpm:path={self.tpm.path}"

    def sign_policy(self):
        text = (ROOT / "core" / "access" / "default_policy.toml").read_text()
        text = text.replace('id = "default"', 'id = "test"').replace('policy = "default"', 'policy = "test"')
        text = text.replace("countries = []", 'countries = ["DE"]')
        text = text.replace("# The last table", '[[place]]\nnetwork = "127.0.0.0/8"\ncountry = "DE"\n\n# The last table')
        policy, certificate, key = self.dir / "policy.toml", self.dir / "officer.pem", self.dir / "officer.key"
        policy.write_text(text)
        for command in (["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                         "-subj", "/CN=Officer", "-keyout", key, "-out", certificate],
                        ["cms", "-sign", "-binary", "-in", policy, "-signer", certificate, "-inkey", key,
                         "-outform", "DER", "-out", f"{policy}.cms"]):
            subprocess.run(["openssl", *command], check=True, capture_output=True)

    def show_device(self, out):
        return self.cli("device", "show", "--out", out, pin=None)

    def register(self):
        """What the officer does: reads the machine while it is as it should be, and registers it."""
        self.write_device(self.tcti)
        shown = self.show_device(self.dir / "device.json")
        assert shown.code == 0, (shown.events, shown.err)
        self.administer("user", "add", self.pki["PKI_TRADER_NAME"], "--certificate", self.pki["PKI_TRADER_CERTIFICATE"],
                        "--key", "hardware", "--device-key", self.dir / "device.json", "--may", "view,request-quote")

    def administer(self, *words):
        done = subprocess.run([BIN / "countersign-venue", *words, "--config", self.dir / "venue.toml"],
                              capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def come(self):
        """The desk connects; what the venue decided about the device."""
        run = self.cli("venues", "--wait", "40s")
        decision = run.last("access-decision")
        return run, decision, next(line for line in decision["lines"] if line["attribute"] == "device")


class ADevice(unittest.TestCase):
    def setUp(self):
        self.place = ProvenPlace()
        self.addCleanup(self.place.close)
        self.place.start()

    def test_that_is_as_registered_is_let_in_and_no_other(self):
        self.place.write_device(self.place.tcti)
        for _ in range(2):
            run, decision, device = self.place.come()
            self.assertEqual((run.code, decision["outcome"], decision["score"]), (0, "allow", 15), (run.events, run.err))
            self.assertIn("TPM proves", device["evidence"])

        with self.subTest("without its TPM"):
            self.place.write_device("none")
            run, decision, device = self.place.come()
            self.assertEqual((run.code, decision["outcome"], device["score"]), (6, "deny", 25), (run.events, run.err))
            self.assertNotIn("device-quote-refused", self.place.venue.log())

        with self.subTest("started in another way"):
            self.place.tpm.extend(7, b"\x99" * 32)
            self.place.write_device(self.place.tcti)
            run, decision, device = self.place.come()
            self.assertEqual((run.code, decision["outcome"], device["score"]), (6, "deny", 25), (run.events, run.err))
            self.assertIn("registered: 7", device["evidence"])
            self.assertIn("device-quote-refused", self.place.venue.log())
            self.assertIn("registers-changed", self.place.venue.log())

        with self.subTest("registered anew"):
            fingerprint = self.place.pki["PKI_TRADER_FINGERPRINT"]
            shown = self.place.show_device(self.place.dir / "again.json")
            self.assertEqual(shown.code, 0, (shown.events, shown.err))
            self.place.administer("certificate", "change", fingerprint, "--device-key", self.place.dir / "again.json")
            run, decision, _ = self.place.come()
            self.assertEqual((run.code, decision["outcome"]), (0, "allow"), (run.events, run.err))

        with self.subTest("another TPM"):
            other = Tpm(self.place.dir / "o")
            self.addCleanup(other.stop)
            other.extend(7, b"\x99" * 32)
            self.place.write_device(f"swtpm:path={other.path}")
            run, decision, device = self.place.come()
            self.assertEqual((run.code, decision["outcome"]), (6, "deny"), (run.events, run.err))
            self.assertIn("did not sign", device["evidence"])

    def test_without_a_tpm_nothing_can_be_registered(self):
        self.place.write_device("none")
        shown = self.place.show_device(self.place.dir / "none.json")
        self.assertEqual(shown.code, 6, (shown.events, shown.err))
        self.assertIn("no TPM", shown.last("end")["reason"])
        self.assertFalse((self.place.dir / "none.json").exists())


if __name__ == "__main__":
    unittest.main()
