"""Compares expressions of ours with Spark's, row by row.

    python run.py ASSAY [--count N] [--rows N] [--seed N]

Spark (local, ANSI mode off, UTC) computes each expression over the rows of tests/parity/values.py and writes the results beside the rows;
the program then checks `expression <=> result` on that file. A row that fails is a difference. Exits with 1 if there is any.
"""

import argparse
import pathlib
import sys
import tempfile

import pyarrow.parquet

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "parity"))
import compare
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
            count, more = compare.differences(arguments.assay, "Spark", part, made, folder)
            compared += count
            found += more
    compare.finish("Spark", arguments.rows, compared, found, made, refused)


if __name__ == "__main__":
    main()
