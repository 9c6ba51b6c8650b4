#!/usr/bin/env python3
"""The lint itself is tested: each rule must catch what it is there for."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_layers


class CheckFile(unittest.TestCase):
    def problems(self, path, line):
        return check_layers.check_file(path, line + "\n")

    def test_an_arrow_that_points_up_is_a_violation(self):
        self.assertTrue(self.problems("core/rfq/a.cpp", '#include "core/fix/link.h"'))
        self.assertTrue(self.problems("core/base/a.cpp", '#include "core/rfq/values.h"'))
        self.assertTrue(self.problems("core/tls/a.cpp", '#include "auth/token_service.h"'))
        self.assertTrue(self.problems("ui/widgets/a.cpp", '#include "core/fix/link.h"'))
        self.assertTrue(self.problems("auth/fido/a.cpp", '#include "auth/token_service.h"'))
        self.assertTrue(self.problems("ui/models/a.cpp", '#include "app/config/desk_config.h"'))
        self.assertFalse(self.problems("core/fix/a.cpp", '#include "core/rfq/values.h"'))
        self.assertTrue(self.problems("core/stepup/a.cpp", '#include "core/tls/identity.h"'))
        self.assertFalse(self.problems("core/stepup/a.cpp", '#include "core/base/result.h"'))

    def test_what_belongs_in_one_place_is_a_violation_elsewhere(self):
        for line in ("#include <QString>", "#include <quickfix/Session.h>", "#include <sqlite3.h>", "#include <poll.h>",
                     "#include <openssl/ssl.h>", "#include <fido.h>", "#include <winscard.h>", "double price;",
                     "std::this_thread::sleep_for(1s);",
                     "auto now = std::chrono::steady_clock::now();", "SSL_CTX_set_verify(c, SSL_VERIFY_NONE, 0);"):
            self.assertTrue(self.problems("core/rfq/a.cpp", line), line)
        self.assertTrue(self.problems("ui/widgets/a.cpp", "dialog.exec();"))

    def test_a_secret_in_a_string_of_qt_is_a_violation(self):
        for line in ("const QString pin = QString::fromUtf8(secret.reveal());", "edit->setEchoMode(QLineEdit::Password);",
                     "auto text = QInputDialog::getText(this, title, label);", "QByteArray bytes(pin.reveal().data());"):
            self.assertTrue(self.problems("ui/widgets/a.cpp", line), line)
        self.assertFalse(self.problems("ui/widgets/a.cpp", "if (next.reveal() != again.reveal())"))
        self.assertFalse(self.problems("ui/widgets/a.cpp", "m_banner->reveal();"))

    def test_comments_do_not_count(self):
        self.assertFalse(self.problems("core/rfq/a.cpp", "int x; // never a double"))
        self.assertFalse(self.problems("core/rfq/a.cpp", "/* sleep_for\ndouble */ int x;"))

    def test_long_files_and_unguarded_headers_are_violations(self):
        self.assertTrue(self.problems("core/rfq/a.cpp", "int x;\n" * 401))
        self.assertTrue(self.problems("core/rfq/a.h", "int x;"))


if __name__ == "__main__":
    unittest.main()
