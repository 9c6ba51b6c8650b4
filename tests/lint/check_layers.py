#!/usr/bin/env python3
"""Holds the source tree against the architecture: which module may include which, and what may appear only where.

The table is docs/architecture.md in a form that a machine can check. Exit code 1 with one line per violation.
"""

import pathlib
import re
import sys

# module -> the modules it may include besides itself. Arrows point down only.
MAY_INCLUDE = {
    "core/base": set(),
    "core/rfq": {"core/base"},
    "core/access": {"core/base"},
    "core/tls": {"core/base"},
    "core/fix": {"core/base", "core/rfq", "core/stepup", "core/tls"},
    "core/stepup": {"core/base", "core/access"},
    "core/place": {"core/base", "core/access"},
    "core/store": {"core/base", "core/rfq", "core/access"},
    "auth": {"core/base", "core/rfq", "core/access", "core/stepup", "core/tls", "auth/fido"},
    "core/audit": {"core/base", "core/store"},
    "core/siem": {"core/base", "core/tls", "core/audit"},
    "auth/fido": {"core/base"},
    "auth/device": {"core/base", "core/tls", "auth"},
    "auth/cert": {"core/base", "core/rfq", "core/tls", "auth"},
    "core/pep": {"core/base", "core/rfq", "core/access", "core/fix", "core/stepup", "core/store"},
    "ui/models": {"core/base", "core/rfq", "core/access"},
    "ui/widgets": {"core/base", "core/rfq", "core/access", "ui/models"},
}

# what -> (pattern, places where it may appear). Everything else is a violation.
ONLY_THERE = {
    "Qt": (re.compile(r'#include\s*[<"](Q[A-Z]\w*|Qt\w*/)'), ("ui/", "app/desk/", "tests/models/", "tests/gui/", "tests/bench/", "tests/support/virtual_fido/window/")),
    "QuickFIX": (re.compile(r'#include\s*[<"](quickfix/|core/fix/quickfix\.h)'),
                 ("core/fix/", "tests/unit/fix/", "tests/session/", "tests/bench/")),
    "OpenSSL": (re.compile(r'#include\s*<openssl/'), ("core/tls/", "core/fix/", "core/stepup/", "core/audit/", "auth/", "tests/")),
    "PKCS#11": (re.compile(r'#include\s*<(libp11|p11-kit/)'), ("auth/", "tests/support/", "tests/unit/auth/", "tests/unit/cert/",
                                                              "tests/bench/token/")),
    "libfido2": (re.compile(r'#include\s*<fido'), ("auth/fido/", "tests/unit/fido/", "tests/system/security_keys/careless")),
    "PC/SC": (re.compile(r'#include\s*<(PCSC/|winscard|wintypes)'), ("auth/", "tests/cards/", "tests/support/", "tests/unit/auth/")),
    "zlib": (re.compile(r'#include\s*<zlib'), ("auth/", "tests/unit/auth/")),
    "SQLite": (re.compile(r'#include\s*<sqlite3'), ("core/store/", "tests/unit/store/")),
    "MaxMind DB": (re.compile(r'#include\s*<maxminddb'), ("core/place/",)),
    "toml++": (re.compile(r'#include\s*<toml\+\+/'), ("core/store/",)),
    "floating point": (re.compile(r'\b(double|float)\b(?![^"\n]*"[^"\n]*$)'), ("ui/", "tests/")),
    "the system's clock": (re.compile(r'(steady_clock|system_clock)::now|QDateTime::current|QTime::current'),
                           ("core/base/clock.h", "tests/")),
    "a nested event loop": (re.compile(r'QEventLoop|processEvents|BlockingQueuedConnection|\.exec\(\)|->exec\(\)'),
                            ("app/desk/main.cpp", "tests/")),
    "a sleep": (re.compile(r'sleep_for|sleep_until|\busleep\(|\bsleep\(|QThread::m?sleep|QTest::qSleep'), ()),
    "a POSIX header": (re.compile(r'#include\s*<(sys/|unistd\.h|poll\.h|netdb\.h|netinet/|arpa/|termios\.h|fcntl\.h|signal\.h|csignal)'),
                       ("_posix.cpp", "tests/")),
    # PINs are typed into SecureLineEdit and live in SecretBytes: Qt's strings are copied and never wiped.
    "a secret in a string of Qt": (re.compile(r'setEchoMode|QLineEdit::Password|QInputDialog'
                                              r'|(QString|QByteArray|QLatin1\w+|QStringView|fromUtf8|fromLatin1|fromLocal8Bit'
                                              r'|fromStdString|fromRawData)\b[^;]*\breveal\(\)[^;]*\)'), ("tests/",)),
    "a switched-off check": (re.compile(r'SSL_VERIFY_NONE'), ("tests/",)),
}

LINE_LIMIT = 400
SOURCES = ("*.h", "*.cpp")


def module_of(path):
    for module in sorted(MAY_INCLUDE, key=len, reverse=True):
        if path.startswith(module + "/"):
            return module
    return None


def without_comments(text):
    """Blanks comments and keeps the lines, so that a word in a comment is no violation."""
    text = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def check_file(path, text):
    problems = []
    module = module_of(path)
    code = without_comments(text)
    for number, line in enumerate(code.splitlines(), 1):
        include = re.match(r'\s*#include\s*"([^"]+)"', line)
        if include and module:
            target = module_of(include.group(1))
            if include.group(1).startswith("app/") or (target and target != module and target not in MAY_INCLUDE[module]):
                problems.append(f"{path}:{number}: {module} may not include {include.group(1)}")
        for what, (pattern, places) in ONLY_THERE.items():
            if pattern.search(line) and not any(path.startswith(place) or path.endswith(place) for place in places):
                problems.append(f"{path}:{number}: {what} does not belong here")
    if text.count("\n") > LINE_LIMIT:
        problems.append(f"{path}: more than {LINE_LIMIT} lines; split it by idea")
    if path.endswith(".h") and "#pragma once" not in text:
        problems.append(f"{path}: header without #pragma once")
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems = []
    files = 0
    for top in ("app", "auth", "core", "ui", "tests"):
        for pattern in SOURCES:
            for file in sorted((root / top).rglob(pattern)):
                files += 1
                path = file.relative_to(root).as_posix()
                problems += check_file(path, file.read_text(encoding="utf-8"))
    print("\n".join(problems) if problems else f"{files} files hold to the architecture")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
