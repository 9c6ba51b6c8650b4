#!/usr/bin/env python3
"""docs/invariants.md names the tests that hold each invariant: are all ten there, and is every test still where it says?"""

import pathlib
import re
import sys

INVARIANTS = 10


def check(text, read):
    """`read` returns the text of a file below the root, or None."""
    problems = []
    seen = []
    for row in re.findall(r"^\| (\d+) \|.*$", text, re.M):
        seen.append(int(row))
    if seen != list(range(1, INVARIANTS + 1)):
        problems.append(f"expected the invariants 1 to {INVARIANTS}, found {seen}")
    for line in text.splitlines():
        if not re.match(r"\| \d+ \|", line):
            continue
        parts = re.findall(r"`(tests/[\w/.]+)`: ((?:`\w+`(?:, )?)+)", line)
        if len(parts) != len(re.findall(r"`tests/[\w/.]+\.(?:cpp|py)`", line)) or not parts:
            problems.append(f"a file without the name of a test: {line[:60]}")
        for file, names in parts:
            source = read(file)
            if source is None:
                problems.append(f"{file} is not there")
                continue
            for name in re.findall(r"`(\w+)`", names):
                if not re.search(rf"\b{name}\b", source):
                    problems.append(f"{file} has no {name}")
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()

    def read(file):
        path = root / file
        return path.read_text(encoding="utf-8") if path.is_file() else None

    problems = check((root / "docs" / "invariants.md").read_text(encoding="utf-8"), read)
    print("\n".join(problems) if problems else "every invariant has its tests")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
