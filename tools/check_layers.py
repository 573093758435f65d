#!/usr/bin/env python3
"""Fails when a module of src/ includes one that tools/layers.txt does not let it use."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> int:
    allowed = {}
    for line in (ROOT / "tools/layers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            module, _, uses = line.partition(":")
            allowed[module] = set(uses.split()) | {module}
    faults = []
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        module = path.relative_to(ROOT / "src").parts[0]
        if module not in allowed:
            faults.append(f"{path.relative_to(ROOT)}:1: module '{module}' is not in tools/layers.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'#include "([a-z_]+)/', line)
            if found and found[1] in allowed and found[1] not in allowed[module]:
                faults.append(f"{path.relative_to(ROOT)}:{number}: {module} may not use {found[1]}")
            if "duckdb.hpp" in line and not str(path.relative_to(ROOT)).startswith("src/engine/duckdb/"):
                faults.append(f"{path.relative_to(ROOT)}:{number}: only src/engine/duckdb may see duckdb.hpp")
    print("\n".join(faults) if faults else "layers: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
