"""Checks results of another engine against ours: `assay scan` with `expression <=> result` over a file of rows and results."""

import json
import re
import subprocess
import sys

import pyarrow.parquet

import expressions


def check_for(number, text):
    if text.startswith(expressions.INEXACT):
        same = f"({text}) <=> r{number} OR abs(({text}) - r{number}) <= 1e-12 * abs(r{number})"
    else:
        same = f"({text}) <=> r{number}"
    return {"rule_type": "satisfiesExpression", "description": str(number), "properties": {"expression": same}}


def differences(assay, engine, part, made, folder):
    """(expressions compared, findings) of one file of rows and results r0, r1, ... A finding is a text for people."""
    names = [name for name in pyarrow.parquet.read_schema(part).names if name[0] == "r" and name[1:].isdigit()]
    numbers = [int(name[1:]) for name in names]
    checks_path, report_path = folder / "checks.yaml", folder / "report.json"
    checks_path.write_text(json.dumps([check_for(number, made[number][1]) for number in numbers]))
    done = subprocess.run([assay, "scan", str(part), "--checks", str(checks_path), "--json", str(report_path), "--rollup", "1",
                           "--examples", "3", "--quiet"], capture_output=True, text=True)
    if not report_path.exists():
        sys.exit(f"assay scan failed ({done.returncode}): {done.stderr}")
    report = json.loads(report_path.read_text())
    report_path.unlink()
    found = [f"error: {error['message']}" for error in report["errors"]]
    [container] = report["containers"]
    number_of = {metric["check_id"]: int(metric["description"]) for metric in container["check_metrics"]}
    for metric in container["check_metrics"]:
        if metric["assertion_result"] not in ("passed", "failed"):
            found.append(f"{made[int(metric['description'])][1]}\n    does not run: {metric['assertion_details']}")
    for anomaly in container["anomalies"]:
        for check in anomaly["failed_checks"]:
            text = made[number_of[check["id"]]][1]
            result = f"r{number_of[check['id']]}"
            lines = [f"{text}\n    differs in {anomaly['anomalous_records_count']} rows"]
            for source in anomaly["source_records"]:
                used = {name: value for name, value in source["record"].items() if re.search(rf"\b{name}\b", text)}
                lines.append(f"      {engine}: {source['record'][result]!r} for {used}")
            found.append("\n".join(lines))
    return len(numbers), found


def finish(engine, rows, compared, found, made, refused):
    """Prints what was found and ends the program, with 1 for any difference. `refused` has reasons by number."""
    for text in found:
        print(text)
    for number, reason in refused.items():
        print(f"refused for {engine}: {made[number][1]}\n    {reason}")
    print(f"{compared} expressions over {rows} rows compared with {engine}, {len(found)} differ; {len(refused)} refused")
    sys.exit(1 if found or not compared else 0)
