"""A token, an authority and its CMP server (OpenSSL's mock server) for tests of countersign-cli cert."""

import http.server
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import urllib.request

from workplace import BIN, PATIENCE, Run

PIN = "7391846205"
REFERENCE = "trader-7"
SECRET = "correct-horse-battery"
MODULE = next(path for path in ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
              if os.path.exists(path))
EXTENSIONS = """
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign, digitalSignature
subjectKeyIdentifier = hash
[authority_that_only_issues]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
[person_that_only_agrees]
basicConstraints = critical, CA:FALSE
keyUsage = critical, keyAgreement
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1
[other_server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:other.example
"""


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, **more)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


class Authority:
    """A certificate authority whose own key signs its CMP messages."""

    def __init__(self, folder, name, extensions="authority"):
        self.dir = folder / name
        self.dir.mkdir(parents=True)
        self.key, self.certificate = self.dir / "ca.key", self.dir / "ca.pem"
        self.extensions = self.dir / "extensions.cnf"
        self.extensions.write_text("[req]\ndistinguished_name = dn\n[dn]\n" + EXTENSIONS)
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.key,
            "-out", self.certificate, "-subj", f"/O=Test/CN={name}", "-days", "30", "-config", self.extensions,
            "-extensions", extensions)
        self._issued = 0

    def issue(self, request, *more, serial=None, extensions="person"):
        """Signs a PKCS #10 file and returns the certificate's path."""
        self._issued += 1
        out = self.dir / f"issued-{self._issued}.pem"
        validity = more or ("-days", "10")
        run("openssl", "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-set_serial",
            serial or str(1000 + self._issued), "-extfile", self.extensions, "-extensions", extensions, "-out", out, *validity)
        return out

    def issue_after(self, present, request):
        """The next certificate for a key update. OpenSSL's mock server takes the request only if the certificate to be
        updated has issuer and serial number of the one it will return."""
        serial = "0x" + run("openssl", "x509", "-in", present, "-noout", "-serial").strip().split("=")[1]
        return self.issue(request, "-days", "60", serial=serial)

    def person(self, name, extensions="person"):
        """A certificate, and its key file, of somebody else."""
        key, request = self.dir / f"{name}.key", self.dir / f"{name}.csr"
        run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
            "-out", request, "-subj", f"/CN={name}", "-config", self.extensions)
        return self.issue(request, extensions=extensions), key

    def issuing(self, name):
        """An authority below this one."""
        below = Authority(self.dir, name)
        request = below.dir / "ca.csr"
        run("openssl", "req", "-new", "-key", below.key, "-out", request, "-subj", f"/O=Test/CN={name}", "-config",
            self.extensions)
        run("openssl", "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-set_serial", "900",
            "-extfile", self.extensions, "-extensions", "authority", "-out", below.certificate, "-days", "30")
        return below


class MockServer:
    """`openssl cmp -port`: answers every request for a certificate with `result`."""

    def __init__(self, authority, result, *more, certificate=None, key=None, knows_secret=True, signs=True):
        signing = ("-srv_cert", certificate or authority.certificate, "-srv_key", key or authority.key)
        secret = ("-srv_ref", REFERENCE, "-srv_secret", f"pass:{SECRET}")
        # Port 0 is a free one; the server says which.
        command = ["openssl", "cmp", "-config", "", "-port", "0", *(signing if signs else ()),
                   "-srv_trusted", authority.certificate, *(secret if knows_secret else ()), "-rsp_cert", result, *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = None
        seen = ""
        for line in self.process.stdout:
            seen += line
            if line.startswith("ACCEPT"):
                self.port = int(line.split()[1].rsplit(":", 1)[1])
                break
        assert self.port, f"OpenSSL's mock CMP server did not start: {seen}"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/pkix/"

    def stop(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Front:
    """Stands before a CMP server: passes on what is posted to it, or answers by itself with `answer`: status, headers and
    body. Speaks TLS with `identity`, a certificate and its key, where it is given."""

    def __init__(self, url=None, identity=None, answer=None):
        paths = self.paths = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                paths.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, headers, answered = answer or (200, {"Content-Type": "application/pkixcmp"}, None)
                if answered is None:
                    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                    asked = urllib.request.Request(url, body, {"Content-Type": "application/pkixcmp"})
                    answered = direct.open(asked, timeout=PATIENCE).read()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(answered))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answered)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if identity:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*identity)
            # The handshake is the handler's: one that is refused must not end the others.
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True,
                                                      do_handshake_on_connect=False)
        self.url = f"{'https' if identity else 'http'}://127.0.0.1:{self._server.server_port}/pkix/"
        self._server.handle_error = lambda *_: None
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


class CmpWorld:
    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="countersign-cert-"))
        (self.dir / "tokens").mkdir()
        softhsm = self.dir / "softhsm2.conf"
        softhsm.write_text(f"directories.tokendir = {self.dir}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        self.environment = {**os.environ, "SOFTHSM2_CONF": str(softhsm), "no_proxy": "127.0.0.1"}
        self.add_token("trader")
        self.config = self.dir / "countersign.toml"
        self.configure('key_id = "01"')
        self.authority = Authority(self.dir, "Issuer")
        self.servers = []

    def close(self):
        for server in self.servers:
            server.stop()
        shutil.rmtree(self.dir)

    def add_token(self, label):
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "87654321",
            env=self.environment)

    def configure(self, which):
        self.config.write_text(f"""
[paths]
state = "state"
[token]
module = "{MODULE}"
allowed_modules = ["{MODULE}"]
{which}
[limits.max_quantity]
EUR = "50m"
[[session]]
name = "VENUE-X"
host = "localhost"
port = 9880
sender_comp_id = "TRADER-7"
target_comp_id = "VENUE-X"
ca = "{self.dir}/Issuer/ca.pem"
profile = "venue"
[[dealer]]
id = "FIRM"
name = "Firm Bank"
session = "VENUE-X"
""")

    def server(self, result, *more, **who):
        self.servers.append(MockServer(self.authority, result, *more, **who))
        return self.servers[-1].url

    def front(self, *args, **more):
        self.servers.append(Front(*args, **more))
        return self.servers[-1]

    def cert(self, *words, pin=PIN, secret=None):
        command = [BIN / "countersign-cli", "--config", self.config, "--format", "jsonl", "cert", *map(str, words)]
        ends = []
        for option, text in (("--pin-fd", pin), ("--secret-fd", secret)):
            if text is not None:
                reading, writing = os.pipe()
                os.write(writing, text.encode() + b"\n")
                os.close(writing)
                ends.append(reading)
                command += [option, str(reading)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, pass_fds=ends,
                                  env=self.environment)
        finally:
            for end in ends:
                os.close(end)
        for hidden in (pin, secret):
            assert hidden is None or hidden not in done.stdout + done.stderr, "a secret was printed"
        return Run(done.returncode, done.stdout, done.stderr)

    def request(self, *words, name="request.csr", subject="CN=trader-7,O=Test"):
        """A request for a key that is made for it, unless `words` say otherwise."""
        file = self.dir / name
        done = self.cert("request", "--subject", subject, "--out", file, *(words or ("--generate", "ec-p256")))
        assert done.code == 0, (done.events, done.err)
        return file

    def placed(self):
        """key id -> event, of all certificates on all tokens."""
        return {event["keyId"]: event for event in self.cert("list", pin=None).all("certificate")}


def fingerprint(certificate):
    return run("openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256").strip().split("=")[1] \
        .replace(":", "").lower()
