"""Compares expressions of ours with Spark's, row by row.

    python run.py ASSAY [--count N] [--rows N] [--seed N]

Spark (local, ANSI mode off, UTC) computes each expression over the rows of values.py and writes the results beside the rows;
the program then checks `expression <=> result` on that file. A row that fails is a difference. Exits with 1 if there is any.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pyarrow.parquet

import expressions
import values

def spark_results(table_path, made, folder):
    """Parquet file of the rows and the results r0, r1, ...; a list of the expressions that Spark refused."""
    from pyspark.sql import SparkSession
    from pyspark.sql.utils import AnalysisException, ParseException
    spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
             .config("spark.ui.showConsoleProgress", "false").config("spark.sql.session.timeZone", "UTC")
             .config("spark.sql.ansi.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
             .config("spark.driver.host", "127.0.0.1").config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
             .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
             .config("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")
             .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC")
             .config("spark.sql.warehouse.dir", str(folder / "warehouse")).getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    rows = spark.read.parquet(str(table_path))
    refused, columns = {}, []
    for number, (_, text) in enumerate(made):
        try:
            rows.selectExpr(f"{text} AS r")
            columns.append(f"{text} AS r{number}")
        except (AnalysisException, ParseException) as error:
            refused[number] = str(error).splitlines()[0]
    parts = []
    for at in range(0, len(columns), 60):
        path = folder / f"spark-{at}"
        rows.selectExpr("*", *columns[at:at + 60]).coalesce(1).write.mode("overwrite").parquet(str(path))
        parts.append(next(path.glob("*.parquet")))
    spark.stop()
    return parts, refused


def check_for(number, text):
    if text.startswith(expressions.INEXACT):
        same = f"({text}) <=> r{number} OR abs(({text}) - r{number}) <= 1e-12 * abs(r{number})"
    else:
        same = f"({text}) <=> r{number}"
    return {"rule_type": "satisfiesExpression", "description": str(number), "properties": {"expression": same}}


def differences(assay, part, made, folder):
    """(expressions compared, findings) of one file of rows and results. A finding is a text for people."""
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
                lines.append(f"      Spark: {source['record'][result]!r} for {used}")
            found.append("\n".join(lines))
    return len(numbers), found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("assay")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        made = expressions.generate(arguments.count, arguments.seed)
        table_path = folder / "rows.parquet"
        pyarrow.parquet.write_table(values.table(arguments.rows, arguments.seed), table_path)
        parts, refused = spark_results(table_path, made, folder)
        compared, found = 0, []
        for part in parts:
            count, more = differences(arguments.assay, part, made, folder)
            compared += count
            found += more
    for text in found:
        print(text)
    for number, reason in refused.items():
        print(f"Spark refuses {made[number][1]}\n    {reason}")
    print(f"{compared} expressions over {arguments.rows} rows compared with Spark, {len(found)} differ; {len(refused)} refused by Spark")
    sys.exit(1 if found or not compared else 0)


if __name__ == "__main__":
    main()
