"""Compares expressions of ours, printed as Trino's SQL, with what they mean in our own engine, row by row.

    python run.py ASSAY TRINO_SQL TRINO_URL [--count N] [--rows N] [--seed N]

TRINO_SQL prints each expression; Trino computes it over the rows of tests/parity/values.py, and the results are written beside the
rows; ASSAY then checks `expression <=> result` on that file. A row that fails is a difference. Exits with 1 if there is any, or if more
than one expression in fifty has no counterpart in Trino.
"""

import argparse
import datetime
import decimal
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import pyarrow
import pyarrow.parquet

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / "parity"), str(TESTS / "services")]
import compare
import expressions
import trino_query
import values

COLUMN_TYPES = {"int64": "bigint", "double": "double", "string": "varchar", "bool": "boolean", "date32[day]": "date",
                "timestamp[us, tz=UTC]": "timestamp(6) with time zone"}


def literal(value):
    """A value as Trino's SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        if math.isnan(value):
            return "nan()"
        return f"{'-' if value < 0 else ''}infinity()" if math.isinf(value) else f"DOUBLE '{value!r}'"
    if isinstance(value, decimal.Decimal):
        return f"DECIMAL '{value:f}'"
    if isinstance(value, datetime.datetime):
        return f"TIMESTAMP '{value.replace(tzinfo=None).isoformat(' ', 'microseconds')} UTC'"
    if isinstance(value, datetime.date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else f"BIGINT '{value}'"


def make_table(url, table):
    def column_type(field):
        text = str(field.type)
        return COLUMN_TYPES.get(text) or re.sub(r"decimal128\((\d+), (\d+)\)", r"decimal(\1,\2)", text)

    trino_query.query(url, "DROP TABLE IF EXISTS values_of_rows")
    trino_query.query(url, f"CREATE TABLE values_of_rows ({', '.join(f'{field.name} {column_type(field)}' for field in table.schema)})")
    rows = ", ".join(f"({', '.join(literal(value) for value in row.values())})" for row in table.to_pylist())
    trino_query.query(url, f"INSERT INTO values_of_rows VALUES {rows}")


def printed(trino_sql, made):
    """Trino's SQL by number, and why others have none: (kind of error, message) by number."""
    lines = "".join(text + "\n" for _, text in made)
    done = subprocess.run([trino_sql], input=lines, capture_output=True, text=True, check=True)
    sql, refused = {}, {}
    for number, line in enumerate(done.stdout.splitlines()):
        answer = json.loads(line)
        if "sql" in answer:
            sql[number] = answer["sql"]
        else:
            refused[number] = (answer["kind"], answer["error"])
    return sql, refused


def batches(sql):
    """Numbers to compute in one query: few enough for the size of a class in Java, and of a query."""
    batch, size = [], 0
    for number, text in sql.items():
        if batch and (len(batch) == 25 or size + len(text) > 60_000):
            yield batch
            batch, size = [], 0
        batch.append(number)
        size += len(text)
    yield batch


def computed(url, sql, made, batch):
    """(columns of results by number, errors by number)."""
    wanted = [f"CAST({sql[number]} AS varchar)" if made[number][0] == expressions.TIME else sql[number] for number in batch]
    try:
        types, rows = trino_query.query(url, f"SELECT {', '.join(wanted)} FROM values_of_rows ORDER BY row")
        return {number: (types[i], [row[i] for row in rows]) for i, number in enumerate(batch)}, {}
    except trino_query.TrinoError as error:
        if len(batch) == 1:
            return {}, {batch[0]: str(error)}
        middle = len(batch) // 2
        (first, first_errors), (second, second_errors) = computed(url, sql, made, batch[:middle]), computed(url, sql, made, batch[middle:])
        return first | second, first_errors | second_errors


def days(text):
    """Days since 1970 of a date in the proleptic Gregorian calendar, also of years that Python has no dates for."""
    year, month, day = map(int, re.fullmatch(r"([+-]?\d+)-(\d\d)-(\d\d)", text).groups())
    cycles, year = divmod(year - (month < 3), 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return cycles * 146097 + year * 365 + year // 4 - year // 100 + of_year - 719468


def microseconds(text):
    date, time = text.split(" ")
    hours, minutes, seconds, fraction = map(int, re.split("[:.]", time))
    return (((days(date) * 24 + hours) * 60 + minutes) * 60 + seconds) * 10**6 + fraction


def arrow(kind, trino_type, column):
    def converted(make, arrow_type):
        return pyarrow.array([None if value is None else make(value) for value in column], arrow_type)

    if kind == expressions.INTEGER:
        return converted(int, pyarrow.int64())
    if kind == expressions.DOUBLE:
        return converted(float, pyarrow.float64())
    if kind == expressions.DECIMAL and trino_type.startswith("decimal"):
        precision, scale = map(int, re.findall(r"\d+", trino_type))
        return converted(decimal.Decimal, pyarrow.decimal128(precision, scale))
    if kind == expressions.DECIMAL:
        return converted(int, pyarrow.int64())
    if kind == expressions.DATE:
        return converted(days, pyarrow.int32()).cast(pyarrow.date32())
    if kind == expressions.TIME:
        return converted(microseconds, pyarrow.int64()).cast(pyarrow.timestamp("us", tz="UTC"))
    return pyarrow.array(column, pyarrow.bool_() if kind == expressions.BOOLEAN else pyarrow.string())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("assay")
    parser.add_argument("trino_sql")
    parser.add_argument("trino_url")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    made = expressions.corners() + expressions.generate(arguments.count, arguments.seed)
    table = values.table(arguments.rows, arguments.seed)
    make_table(arguments.trino_url, table)
    sql, refused = printed(arguments.trino_sql, made)
    compared, found = 0, [f"{made[number][1]}\n    is not printed: {message}" for number, (kind, message) in refused.items()
                          if kind != "unsupported"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for batch in batches(sql):
            columns, errors = computed(arguments.trino_url, sql, made, batch)
            found += [f"{made[number][1]}\n    fails in Trino: {error}\n    {sql[number]}" for number, error in errors.items()]
            part = table
            for number, (trino_type, column) in columns.items():
                try:
                    part = part.append_column(f"r{number}", arrow(made[number][0], trino_type, column))
                except (ValueError, pyarrow.ArrowInvalid) as error:
                    found.append(f"{made[number][1]}\n    is {trino_type} in Trino: {error}")
            if part.num_columns == table.num_columns:
                continue
            path = folder / "part.parquet"
            pyarrow.parquet.write_table(part, path)
            count, more = compare.differences(arguments.assay, "Trino", path, made, folder)
            compared += count
            found += more
    unsupported = {number: message for number, (kind, message) in refused.items() if kind == "unsupported"}
    if len(unsupported) * 50 > len(made):
        found.append(f"{len(unsupported)} of {len(made)} expressions have no counterpart in Trino")
    compare.finish("Trino", arguments.rows, compared, found, made, unsupported)


if __name__ == "__main__":
    main()
