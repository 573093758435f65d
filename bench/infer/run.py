"""How well inferred checks find wrong cells, beside Deequ's suggestions on the same rows.

    python run.py ASSAY [--rows N] [--deequ FOLDER]

For each table, kind of error and rate, checks are inferred from one dirty sample and run on another. A finding is a row with
the fields that a check blames; it is right when one of these cells is labelled wrong. Precision is the share of findings
that are right, recall the share of wrong cells that a finding covers. Only one kind of error is in a table at a time, so
both are known for each kind.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import pyarrow.parquet

import errors
import tables

RATES = [0.01, 0.05, 0.15, 0.30]
LEVELS = [1, 2, 3, 4, 5]


def findings(assay, level, train, test, folder):
    """{(row, (field, ...))} of the checks inferred at `level` from `train`, run on `test`."""
    checks, report = folder / "checks.yaml", folder / "report.json"
    report.unlink(missing_ok=True)
    subprocess.run([assay, "suggest", train, "--level", str(level), "-o", checks, "--quiet"], check=True, capture_output=True)
    done = subprocess.run([assay, "scan", test, "--checks", checks, "--json", report, "--rollup", "1000", "--examples", "1000", "--quiet"],
                          capture_output=True, text=True)
    if not report.exists():
        if "no checks" in done.stderr:
            return set()
        sys.exit(f"assay scan: {done.stderr}")
    found = set()
    result = json.loads(report.read_text())
    if result["errors"]:
        sys.exit(f"assay scan: {result['errors']}")
    for container in result["containers"]:
        for anomaly in container["anomalies"]:
            if anomaly["type"] != "record":
                continue  # about the container, it blames no cell
            for check in anomaly["failed_checks"]:
                for source in anomaly["source_records"]:
                    found.add((source["row_number"], tuple(check["fields"])))
    return found


class Score:
    """Counts over tables; the mean of the rates is that of their counts."""

    def __init__(self):
        self.right = self.findings = self.found_cells = self.wrong_cells = 0

    def add(self, found, wrong):
        cells = {(row, field) for row, fields in found for field in fields}
        self.right += sum(any((row, field) in wrong for field in fields) for row, fields in found)
        self.findings += len(found)
        self.found_cells += len(cells & wrong)
        self.wrong_cells += len(wrong)

    def precision(self):
        return self.right / self.findings if self.findings else 1.0

    def recall(self):
        return self.found_cells / self.wrong_cells if self.wrong_cells else 0.0

    def f1(self):
        both = self.precision() + self.recall()
        return 2 * self.precision() * self.recall() / both if both else 0.0

    def line(self):
        return f"{self.precision():.2f} / {self.recall():.2f} / {self.f1():.2f}"


def cases(rows):
    """(kind, rate, table name, dirty train table, dirty test table, wrong cells of the test)"""
    for make in tables.ALL:
        for kind in errors.KINDS:
            for rate in RATES:
                train, test = tables.clean(make, rows, "train"), tables.clean(make, rows, "test")
                errors.put(train, kind, rate, "train")
                wrong = errors.put(test, kind, rate, "test")
                if wrong:
                    yield kind, rate, make.__name__, train, test, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("assay")
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--deequ", help="folder with the jars of Deequ")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    scores = collections.defaultdict(Score)
    by_rate = collections.defaultdict(Score)
    clean = {level: 0 for level in LEVELS}
    peer = None
    if arguments.deequ:
        import deequ
        peer = deequ.Deequ(arguments.deequ)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # The same name: checks are about a container of a name.
        train_path, test_path = folder / "train" / "rows.parquet", folder / "test" / "rows.parquet"
        train_path.parent.mkdir()
        test_path.parent.mkdir()
        cells = 0
        for make in tables.ALL:
            train, test = tables.clean(make, arguments.rows, "train"), tables.clean(make, arguments.rows, "test")
            cells += test.rows() * len(test.columns)
            pyarrow.parquet.write_table(train.arrow(), train_path)
            pyarrow.parquet.write_table(test.arrow(), test_path)
            for level in LEVELS:
                clean[level] += len(findings(arguments.assay, level, train_path, test_path, folder))
        for kind, rate, name, train, test, wrong in cases(arguments.rows):
            pyarrow.parquet.write_table(train.arrow(), train_path)
            pyarrow.parquet.write_table(test.arrow(), test_path)
            ways = {f"level {level}": findings(arguments.assay, level, train_path, test_path, folder) for level in LEVELS}
            if peer:
                ways["Deequ"] = peer.findings(train_path, test_path)
            for way, found in ways.items():
                scores[way, kind].add(found, wrong)
                scores[way, "all"].add(found, wrong)
                by_rate[way, rate].add(found, wrong)
                if arguments.verbose:
                    score = Score()
                    score.add(found, wrong)
                    print(f"{name} {kind} {rate} {way}: {score.line()}", file=sys.stderr)
    ways = [f"level {level}" for level in LEVELS] + (["Deequ"] if peer else [])
    print(f"Precision / recall / F1; {arguments.rows} rows a table, rates {', '.join(f'{rate:.0%}' for rate in RATES)}\n")
    print("| errors | " + " | ".join(ways) + " |\n|---|" + "---|" * len(ways))
    for kind in errors.KINDS + ["all"]:
        print(f"| {kind} | " + " | ".join(scores[way, kind].line() for way in ways) + " |")
    for rate in RATES:
        print(f"| at {rate:.0%} | " + " | ".join(by_rate[way, rate].line() for way in ways) + " |")
    print("\nFindings on clean tables: " + ", ".join(f"{clean[level]} at level {level}" for level in LEVELS) + f", of {cells} cells")


if __name__ == "__main__":
    main()
