"""Every statistic of a profile equals an independent computation by plain DuckDB."""
import json
import math
import subprocess

import duckdb
import pytest

import server

SKETCHED_FROM = 16384  # distinct values above which sketches take over


def profile(path, *options):
    done = subprocess.run([server.ASSAY, "profile", str(path), "--json", "-", "--quiet", *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["containers"]


def close(ours, theirs, relative=1e-9):
    if theirs is None or (isinstance(theirs, float) and math.isnan(theirs)):
        return ours is None
    return ours is not None and math.isclose(float(ours), float(theirs), rel_tol=relative, abs_tol=1e-9)


def compare_field(connection, source, field):
    name = '"' + field["name"].replace('"', '""') + '"'
    one = lambda sql: connection.sql(f"SELECT {sql} FROM {source}").fetchone()[0]
    rows, values = one("count(*)"), one(f"count({name})")
    assert close(field["completeness"], values / rows if rows else 1)
    distinct = one(f"count(DISTINCT {name})")
    if distinct <= SKETCHED_FROM:
        assert (field["approximate_distinct_values"], field["distinct_is_exact"]) == (distinct, True)
    else:
        assert close(field["approximate_distinct_values"], distinct, 0.025)
    if not values:
        assert field["min"] is None and field["entropy"] is None
        return
    exact = 1e-9 if distinct <= SKETCHED_FROM else 0.03
    assert close(field["entropy"], one(f"entropy({name})"), exact)
    once = connection.sql(f"SELECT count(*) FILTER (n = 1) / count(*) FROM (SELECT count(*) n FROM {source} WHERE {name} IS NOT NULL GROUP BY {name})").fetchone()[0]
    assert close(field["unique_distinct_ratio"], once, exact)
    if field["field_type"] == "String":
        shortest, longest = connection.sql(f"SELECT min(length({name})), max(length({name})) FROM {source}").fetchone()
        assert (field["min_length"], field["max_length"]) == (shortest, longest)
        for ours, theirs in ((field["min"], one(f"min({name})")), (field["max"], one(f"max({name})"))):
            assert ours == theirs or (ours.endswith("…") and theirs.startswith(ours[:-1]) and len(ours) > 100)
    if field["field_type"] in ("Integral", "Fractional"):
        numbers = f"{source} WHERE isfinite({name}::DOUBLE)"
        if connection.sql(f"SELECT count(*) FROM {numbers}").fetchone()[0] == values:
            for ours, sql in {"min": "min(x)", "max": "max(x)", "mean": "avg(x)", "sum": "sum(x)"}.items():
                assert close(field[ours], connection.sql(f"SELECT {sql} FROM (SELECT {name} AS x FROM {source})").fetchone()[0]), ours
            if values > 1:
                assert close(field["std_dev"], one(f"stddev_samp({name})"), 1e-7)
            for ours, rank in {"q1": 0.25, "median": 0.5, "q3": 0.75}.items():
                below, upto = connection.sql(f"SELECT avg(({name} < {field[ours]})::INT), avg(({name} <= {field[ours]})::INT) FROM {source} WHERE {name} IS NOT NULL").fetchone()
                slack = 1e-12 if distinct <= SKETCHED_FROM else 0.01
                assert below <= rank + slack and upto >= rank - slack, (ours, field[ours])
    if distinct <= 100:
        counts = connection.sql(f"SELECT count(*) FROM {source} WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY 1 DESC").fetchall()
        assert [bucket["count"] for bucket in field["histogram_buckets"]] == [row[0] for row in counts]


EDGES = {
    "one_row": "SELECT 1::INTEGER AS i, 'x' AS s, 1.5::DOUBLE AS d",
    "all_null": "SELECT NULL::INTEGER AS i, NULL::VARCHAR AS s, NULL::DOUBLE AS d FROM range(100)",
    "no_rows": "SELECT 1::INTEGER AS i, 'x' AS s WHERE false",
    "integers": "SELECT unnest([9223372036854775807, -9223372036854775807, 0, NULL])::BIGINT AS i",
    "decimals": "SELECT unnest(['99999999999999999999999999999999999.999', '-99999999999999999999999999999999999.999', '0.001'])::DECIMAL(38, 3) AS d",
    "specials": "SELECT unnest(['NaN', 'Infinity', '-Infinity', '1.5', '2.5', NULL])::DOUBLE AS d",
    "dates": "SELECT unnest([DATE '0001-01-01', DATE '9999-12-31', NULL]) AS d, unnest([TIMESTAMP '0001-01-01', TIMESTAMP '9999-12-31 23:59:59.999999', NULL]) AS t",
    "long_texts": "SELECT repeat('ä', 5000000 + i::INTEGER) AS s FROM range(3) t(i)",
    "wide": "SELECT " + ", ".join(f"i + {c} AS c{c}" for c in range(2000)) + " FROM range(50) t(i)",
    "skewed": "SELECT (i * i) % 97 AS few, i AS many, sqrt(i) AS roots, 'k' || (i % 30000) AS keys FROM range(200000) t(i)",
}


@pytest.mark.parametrize("edge", EDGES)
def test_edges_equal_duckdb(tmp_path, edge):
    path = tmp_path / f"{edge}.parquet"
    connection = duckdb.connect()
    connection.sql(f"COPY ({EDGES[edge]}) TO '{path}' (FORMAT parquet)")
    (container,) = profile(path)
    # Every 100th of very many: each comparison is several queries.
    for field in container["fields"][:: max(1, len(container["fields"]) // 20)]:
        compare_field(connection, f"'{path}'", field)


def test_special_numbers_are_counted_apart(tmp_path):
    path = tmp_path / "x.parquet"
    duckdb.sql(f"COPY ({EDGES['specials']}) TO '{path}' (FORMAT parquet)")
    ((field,),) = [container["fields"] for container in profile(path)]
    assert (field["nan_count"], field["mean"], field["completeness"]) == (1, 2.0, 5 / 6)


def test_dates_keep_their_whole_range(tmp_path):
    path = tmp_path / "x.parquet"
    duckdb.sql(f"COPY ({EDGES['dates']}) TO '{path}' (FORMAT parquet)")
    (container,) = profile(path)
    assert [(f["min"], f["max"]) for f in container["fields"]] == [("0001-01-01", "9999-12-31"), ("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")]


def test_nested_fields_have_names_and_lengths(tmp_path):
    path = tmp_path / "x.parquet"
    duckdb.sql(f"COPY (SELECT {{'a': i, 'b': {{'c': 'x' || i}}}} AS s, [i, i + 1] AS l, MAP {{'k': i}} AS m FROM range(10) t(i)) TO '{path}' (FORMAT parquet)")
    (container,) = profile(path)
    fields = {f["name"]: f for f in container["fields"]}
    assert {"s", "s.a", "s.b", "s.b.c", "l", "l[]", "m", "m.key[]", "m.value[]"} == set(fields)
    assert (fields["l"]["min_length"], fields["l"]["max_length"], fields["l[]"]["max"]) == (2, 2, 10)


@pytest.mark.parametrize("container", ["customers", "events", "orders"])
def test_generated_data_equals_duckdb(sample, container):
    (found,) = profile(sample / "data" / container)
    readers = {"customers": "read_csv('{}/*.csv', all_varchar = true)", "events": "read_json('{}/*.ndjson')", "orders": "read_parquet('{}/*/*.parquet', hive_partitioning = true)"}
    connection = duckdb.connect()
    source = readers[container].format(sample / "data" / container)
    typed = {"Integral": "BIGINT", "Fractional": "DOUBLE", "Boolean": "BOOLEAN", "Date": "DATE", "Timestamp": "TIMESTAMP"}
    # Partition values and members of structs are not columns of the files.
    fields = [f for f in found["fields"] if f["name"] != "order_month" and "." not in f["name"] and "[" not in f["name"]]
    columns = ", ".join(f'TRY_CAST("{f["name"]}" AS {typed[f["field_type"]]}) AS "{f["name"]}"' if f["field_type"] in typed else f'"{f["name"]}"'
                        for f in fields if f["field_type"] != "Unknown")
    connection.sql(f"CREATE TABLE sample AS SELECT {columns} FROM {source}")
    for field in fields:
        if field["field_type"] != "Unknown":
            compare_field(connection, "sample", field)
