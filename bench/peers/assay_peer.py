"""Assay itself: the command line, as a user runs it. ASSAY = path of the binary.

The 20 checks of _common.py that are rules of this version become a check file; `sum` and `rows`
are left out of it and named as unsupported.
"""
from _common import *
import subprocess, tempfile

ASSAY = os.environ.get("ASSAY", "build/release/assay")


def check_file():
    """The checks as the YAML list that `assay scan --checks` reads (JSON is YAML)."""
    checks, names = [], []
    for name, kind, column, args in CHECKS:
        check = {"rule_type": None, "fields": [column] if column else [], "description": name, "coverage": 1.0, "properties": {}}
        if kind == "not_null":
            check["rule_type"] = "notNull"
        elif kind == "unique":
            check["rule_type"] = "unique"
        elif kind == "between":
            check |= {"rule_type": "between", "properties": {"min": args[0], "max": args[1]}}
        elif kind == "regex":
            check |= {"rule_type": "matchesPattern", "properties": {"pattern": args[0]}}
        elif kind == "in":
            check |= {"rule_type": "expectedValues", "properties": {"list": args[0]}}
        elif kind == "length":
            check |= {"rule_type": "satisfiesExpression", "fields": [],
                      "properties": {"expression": f"length({column}) BETWEEN {args[0]} AND {args[1]}"}}
        elif kind == "max_date":
            check |= {"rule_type": "satisfiesExpression", "fields": [], "properties": {"expression": f"{column} <= DATE '{args[0]}'"}}
        elif kind == "le_pair":
            check |= {"rule_type": "satisfiesExpression", "fields": [], "properties": {"expression": f"{column} <= {args[0]}"}}
        else:
            continue
        checks.append(check)
        names.append(name)
    file = tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False)
    json.dump(checks, file)
    file.close()
    return file.name, names


def run(*args):
    done = subprocess.run([ASSAY, *args, "--quiet"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def profile(path, clock):
    with lap(clock, "profile_seconds"):
        result = run("profile", path, "--json", "-")
    return {"containers": len(result) if isinstance(result, list) else 1}


def checks(path, clock):
    file, names = check_file()
    with lap(clock, "scan_seconds"):
        run("scan", path, "--checks", file, "--json", "-")
    return {"unsupported": ["sum_total", "row_count"]}


main("assay", None, profile, checks, checks)
