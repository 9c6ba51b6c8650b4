#!/usr/bin/env python3
"""Holds docs/scenarios.md against app/venue/scenarios: every file is listed with its first line, and every listed one exists.

Whether a file says something that the venue understands is tests/unit/app/venue/scenario_files_test.cpp's business.
Exit code 1 with one line per violation.
"""

import pathlib
import re
import sys

ITEM = re.compile(r"- `([a-z0-9-]+)`: (.+)")


def listed(document):
    """name -> what the document says of it, of the section "The library" only."""
    library = document.split("\n## The library\n", 1)[-1].split("\n## ", 1)[0]
    return [match.groups() for match in map(ITEM.fullmatch, library.splitlines()) if match]


def check(files, document):
    """`files`: name -> content."""
    problems = []
    items = listed(document)
    names = [name for name, _ in items]
    problems += [f"docs/scenarios.md: {name} is listed twice" for name in sorted({n for n in names if names.count(n) > 1})]
    problems += [f"docs/scenarios.md: there is no app/venue/scenarios/{name}.toml" for name in names if name not in files]
    words = dict(items)
    for name, content in sorted(files.items()):
        first = content.split("\n", 1)[0]
        if not first.startswith("# ") or not first.endswith("."):
            problems.append(f"app/venue/scenarios/{name}.toml: does not begin with a sentence that says what it does")
        elif name not in words:
            problems.append(f"docs/scenarios.md: {name} is not listed")
        elif words[name] != first[2:]:
            problems.append(f"docs/scenarios.md: {name} is not described by the first line of its file")
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = {file.stem: file.read_text(encoding="utf-8") for file in (root / "app/venue/scenarios").glob("*.toml")}
    problems = check(files, (root / "docs/scenarios.md").read_text(encoding="utf-8"))
    print("\n".join(problems) if problems else f"{len(files)} scenarios are listed")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
