"""A real rsyslog as the collector of an audit trail, over mutual TLS, with a PKI of its own."""

import datetime
import ipaddress
import os
import re
import signal
import socket
import subprocess
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PATIENCE = 60  # seconds; only reached when something hangs


class Authority:
    """Issues the certificates of one end or both."""

    def __init__(self, directory, name):
        self._directory = directory
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self._certificate = self._sign(self._name, self._key.public_key(), is_ca=True)
        self.pem = self._write(f"{name}.pem", self._certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, name, purpose):
        """Certificate and key, as files."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        certificate = self._sign(subject, key.public_key(), name=name, purpose=purpose)
        return (self._write(f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM)),
                self._write(f"{name}.key", key.private_bytes(serialization.Encoding.PEM,
                                                             serialization.PrivateFormat.PKCS8,
                                                             serialization.NoEncryption())))

    def _write(self, name, content):
        path = self._directory / name
        path.write_bytes(content)
        return path

    def _sign(self, subject, public_key, name=None, purpose=None, is_ca=False):
        now = datetime.datetime.utcnow()
        builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(public_key)
                   .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
                   .not_valid_after(now + datetime.timedelta(days=1))
                   .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
                   .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
                   .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                                  critical=False)
                   .add_extension(x509.KeyUsage(digital_signature=not is_ca, content_commitment=False,
                                                key_encipherment=False, data_encipherment=False, key_agreement=False,
                                                key_cert_sign=is_ca, crl_sign=is_ca, encipher_only=False,
                                                decipher_only=False), critical=True))
        if name:
            builder = (builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
                       .add_extension(x509.SubjectAlternativeName(
                           [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False))
        return builder.sign(self._key, hashes.SHA256())


class Message:
    """One line of rsyslog's file: what it understood of one message."""

    def __init__(self, line):
        self.pri, self.time, self.host, self.program, self.process, self.kind, data, self.text = line.split("\t", 7)
        self.text = self.text.strip()
        self.elements = {}
        for element in re.finditer(r'\[([^ \]]+)((?: [^ =]+="(?:[^"\\\]]|\\["\\\]])*")*)\]', data):
            params = re.findall(r' ([^ =]+)="((?:[^"\\\]]|\\["\\\]])*)"', element.group(2))
            self.elements[element.group(1)] = {name: re.sub(r'\\(["\\\]])', r'\1', value) for name, value in params}
        self.own = self.elements["countersign@32473"]
        self.number = int(self.own["number"])


class Rsyslog:
    """rsyslogd as a process of our own; the file it writes outlives it."""

    def __init__(self, directory, port, authority, identity, permitted):
        self._directory = directory
        self._out = directory / "received"
        self._config = directory / "rsyslog.conf"
        certificate, key = identity
        self._config.write_text(f"""
global(workDirectory="{directory}" maxMessageSize="8k"
       defaultNetstreamDriverCAFile="{authority.pem}"
       defaultNetstreamDriverCertFile="{certificate}"
       defaultNetstreamDriverKeyFile="{key}")
module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="x509/name"
       PermittedPeer="{permitted}")
input(type="imtcp" port="{port}" address="127.0.0.1")
template(name="parts" type="string" string="%pri%\\t%timestamp:::date-rfc3339%\\t%hostname%\\t%app-name%\\t%procid%\\t%msgid%\\t%structured-data%\\t%msg%\\n")
action(type="omfile" file="{self._out}" template="parts")
""")
        self.port = port
        self.process = None
        self.start()

    def start(self):
        pid = self._directory / "rsyslog.pid"
        pid.unlink(missing_ok=True)
        with open(self._directory / "rsyslog.log", "ab") as log:
            self.process = subprocess.Popen(["rsyslogd", "-n", "-f", self._config, "-i", pid], stdout=log, stderr=log,
                                            env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"})
        wait_for(self._listens)

    def _listens(self):
        assert self.process.poll() is None, (self._directory / "rsyslog.log").read_text()
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def stop(self, by=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(by)
        self.process.wait(PATIENCE)

    def messages(self):
        if not self._out.exists():
            return []
        lines = self._out.read_text().split("\n")[:-1]  # the last one is empty, or half a line
        return [Message(line) for line in lines]

    def numbers(self):
        return [message.number for message in self.messages()]


def wait_for(condition):
    """Asks again and again, with a breath between: what is waited for needs the processor too."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for never came"
        time.sleep(0.02)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
