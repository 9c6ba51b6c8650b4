#!/usr/bin/env python3
"""A workstation that has a certificate of the firm's device CA, its key in a SoftHSM2 token of its own: the real programs
and TLS."""

import pathlib
import shutil
import subprocess
import unittest

from test_device import ProvenPlace
from workplace import Workplace

DEVICE_PIN = "660044"


class CertifiedPlace(Workplace):
    """A workplace whose venue knows the firm's device CA: an unknown network is 15, an unmanaged device 25, and from 40 on
    access is denied."""

    sign_policy = ProvenPlace.sign_policy
    administer = ProvenPlace.administer
    come = ProvenPlace.come

    def __init__(self):
        super().__init__()
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                     "-subj", "/CN=Firm Device CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
                     "-keyout", "device-ca.key", "-out", "device-ca.pem")
        # SoftHSM2 once more, as another module: that of the traders' tokens is theirs alone.
        self.module = self.dir / "device-module.so"
        shutil.copyfile(pathlib.Path(self.pki["PKI_MODULE"]).resolve(), self.module)
        self.pin_file = self.dir / "device.pin"
        self.pin_file.write_text(DEVICE_PIN + "\n")
        self.pin_file.chmod(0o600)
        subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "device", "--pin", DEVICE_PIN,
                        "--so-pin", "12345678"], check=True, capture_output=True, env=self.environment)
        for number, host in (("01", "ws-17"), ("02", "ws-18")):
            self.enrol(number, host)

    def openssl(self, *words):
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=self.dir)

    def enrol(self, number, host):
        """What MDM or AD CS does: a key in the token, and a certificate of the device CA."""
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-subj", f"/CN={host}", "-keyout", f"{host}.key", "-out", f"{host}.csr")
        (self.dir / f"{host}.ext").write_text(
            f"basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n"
            f"subjectAltName=DNS:{host}.firm.example\n")
        self.openssl("x509", "-req", "-in", f"{host}.csr", "-CA", "device-ca.pem", "-CAkey", "device-ca.key", "-days", "2",
                     "-CAcreateserial", "-extfile", f"{host}.ext", "-out", f"{host}.pem")
        self.openssl("pkcs8", "-topk8", "-nocrypt", "-in", f"{host}.key", "-out", f"{host}.p8")
        subprocess.run(["softhsm2-util", "--import", self.dir / f"{host}.p8", "--token", "device", "--pin", DEVICE_PIN,
                        "--label", host, "--id", number], check=True, capture_output=True, env=self.environment)
        (self.dir / f"{host}.p8").unlink()

    def start(self):
        self.sign_policy()
        self.start_venue(scenarios=f"""
[pep]
rp_id = "stepup.example.com"
identities = "{self.dir}/identities.sqlite"
attestation_roots = "{self.dir}/officer.pem"
hardware_key = "registered"
security_keys = ["00000000-0000-0000-0000-000000000001"]
device_roots = "{self.dir}/device-ca.pem"
policy = "{self.dir}/policy.toml"
policy_id = "test"
policy_signers = "{self.dir}/officer.pem"
policy_kept = "{self.dir}/policy-kept"
""", before=self.register)

    def register(self):
        """What the officer does: says which workstation is this person's."""
        self.administer("user", "add", self.pki["PKI_TRADER_NAME"], "--certificate", self.pki["PKI_TRADER_CERTIFICATE"],
                        "--key", "hardware", "--device-certificate", self.dir / "ws-17.pem",
                        "--may", "view,request-quote")

    def write_device(self, certificate=None, key=None):
        self.write_desk(port=self.venue.port, extra='access = "enforced"\nstep_up_domain = "stepup.example.com"')
        section = '\n[device]\ntpm = "none"\n'
        if certificate:
            section += f'certificate = "{self.dir}/{certificate}"\nkey = "{key}"\n'
            if key.startswith("pkcs11:"):
                section += f'module = "{self.module}"\npin_file = "{self.pin_file}"\n'
        with (self.dir / "countersign.toml").open("a") as config:
            config.write(section)


class ADeviceCertificate(unittest.TestCase):
    def setUp(self):
        self.place = CertifiedPlace()
        self.addCleanup(self.place.close)
        self.place.start()

    def assert_denied(self, came, reason):
        run, decision, device = came
        self.assertEqual((run.code, decision["outcome"], device["score"]), (6, "deny", 25), (run.events, run.err))
        if reason:
            self.assertIn(reason, device["evidence"])

    def test_of_the_registered_workstation_is_let_in_and_no_other(self):
        own = ("ws-17.pem", "pkcs11:token=device;object=ws-17;id=%01")
        self.place.write_device(*own)
        shown = self.place.cli("device", "show", pin=None)
        self.assertEqual(shown.code, 0, (shown.events, shown.err))
        self.assertEqual(shown.last("device-certificate")["name"], "dns:ws-17.firm.example")
        self.assertEqual(shown.last("device-certificate")["key"], "token")
        for _ in range(2):
            run, decision, device = self.place.come()
            self.assertEqual((run.code, decision["outcome"], decision["score"]), (0, "allow", 15), (run.events, run.err))
            self.assertIn("device certificate of dns:ws-17.firm.example", device["evidence"])
            self.assertIn("nothing proves that its key is in hardware", device["evidence"])

        with self.subTest("without its certificate"):
            self.place.write_device()
            self.assert_denied(self.place.come(), "")
            self.assertNotIn("device-certificate-refused", self.place.venue.log())

        with self.subTest("another person's workstation"):
            self.place.write_device("ws-18.pem", "pkcs11:token=device;object=ws-18;id=%02")
            self.assert_denied(self.place.come(), "dns:ws-18.firm.example")
            self.assertIn("device-certificate-refused", self.place.venue.log())
            self.assertIn("other-device", self.place.venue.log())

        with self.subTest("registered for this person too, and its key in a file"):
            self.place.administer("certificate", "change", self.place.pki["PKI_TRADER_FINGERPRINT"], "--device-name",
                                  "dns:ws-17.firm.example,dns:ws-18.firm.example")
            (self.place.dir / "ws-18.key").chmod(0o600)
            self.place.write_device("ws-18.pem", str(self.place.dir / "ws-18.key"))
            run, decision, device = self.place.come()
            self.assertEqual((run.code, decision["outcome"]), (0, "allow"), (run.events, run.err))
            self.assertIn("its key is in a file", device["evidence"])

        with self.subTest("the certificate of one and the key of another"):
            self.place.write_device("ws-17.pem", "pkcs11:token=device;object=ws-18;id=%02")
            shown = self.place.cli("device", "show", pin=None)
            self.assertEqual(shown.code, 6, (shown.events, shown.err))
            self.assertIn("not that of its certificate", shown.last("end")["reason"])
            self.assert_denied(self.place.come(), "")

    def test_of_the_traders_module_is_refused_by_the_configuration(self):
        self.place.module = self.place.pki["PKI_MODULE"]
        self.place.write_device("ws-17.pem", "pkcs11:token=device;id=%01")
        code, complaints = self.place.check_config()
        self.assertNotEqual(code, 0)
        self.assertIn("device.module", complaints)


if __name__ == "__main__":
    unittest.main()
