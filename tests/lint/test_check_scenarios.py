#!/usr/bin/env python3
"""The lint itself is tested: each rule must catch what it is there for."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_scenarios

DOCUMENT = "# Scenarios\n- `not-one`: Before the library.\n\n## The library\n\n- `drop`: It drops.\n\n## After\n- `nor-this`: No.\n"
FILES = {"drop": "# It drops.\n[[scenarios]]\n"}


class Check(unittest.TestCase):
    def test_a_library_that_is_listed_as_it_is_passes(self):
        self.assertEqual(check_scenarios.check(FILES, DOCUMENT), [])

    def test_a_file_that_is_not_listed_is_a_violation(self):
        self.assertTrue(check_scenarios.check({**FILES, "hold": "# It holds.\n"}, DOCUMENT))

    def test_a_listed_file_that_does_not_exist_is_a_violation(self):
        self.assertTrue(check_scenarios.check({}, DOCUMENT))

    def test_other_words_or_none_are_a_violation(self):
        self.assertTrue(check_scenarios.check({"drop": "# It drops it.\n"}, DOCUMENT))
        self.assertTrue(check_scenarios.check({"drop": "[[scenarios]]\n"}, DOCUMENT))

    def test_a_file_listed_twice_is_a_violation(self):
        self.assertTrue(check_scenarios.check(FILES, DOCUMENT.replace("- `drop`", "- `drop`: It drops.\n- `drop`")))


if __name__ == "__main__":
    unittest.main()
