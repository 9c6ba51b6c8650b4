#!/usr/bin/env bash
# check_format.sh CLANG_FORMAT ROOT: every C++ file is as .clang-format says.
set -euo pipefail
cd "$2"
mapfile -t files < <(find app auth core ui tests \( -name '*.h' -o -name '*.cpp' \) -type f | sort)
[ "${#files[@]}" -gt 0 ] || { echo "no source files found"; exit 1; }
"$1" --dry-run --Werror "${files[@]}"
echo "${#files[@]} files are formatted"
