"""Tables of a real PostgreSQL server: connecting with every refusal, sync, profile and scan with values equal to the server's own."""
import contextlib
import decimal
import json
import os
import signal
import threading
import time

import duckdb
import pytest

import server
from postgres import SCHEMA, Postgres, check, container, name

ALL_ROWS = {"high_count_rollup_threshold": 1000, "enrichment_source_record_limit": 100000}


@pytest.fixture
def own():
    """A server that the test may break."""
    postgres = Postgres()
    yield postgres
    postgres.stop()


def fields(assay, container_id):
    return {f["name"]: f for f in assay.items(f"/containers/{container_id}/field-profiles?")}


# Connections


def test_a_connection_has_host_port_and_user_and_never_shows_its_password(assay, postgres):
    made = assay.ok("POST", "/connections", postgres.connection(port=5432, password="not-to-be-seen", parameters={"sslmode": "prefer"}))
    assert {key: made[key] for key in ("type", "connection_type", "host", "port", "username", "uri", "parameters")} == {
        "type": "postgresql", "connection_type": "jdbc", "host": "127.0.0.1", "port": 5432, "username": "assay", "uri": None,
        "parameters": {"sslmode": "prefer"}}
    for body, key in ((postgres.connection("a", port=70000), "port"), (postgres.connection("b", uri="s3://x"), "uri"),
                      ({"type": "postgresql", "name": "c"}, "host"), (postgres.connection("d", parameters={"sslmode": "yes"}), None)):
        status, answer = assay.call("POST", "/connections", body)
        assert status == 422 or key is None and status == 201, (body, answer)
        assert key is None or key in json.dumps(answer)
    # What is absent keeps its value, the password, too.
    answer = assay.ok("PUT", f"/connections/{made['id']}", {"name": "renamed", "type": "postgresql"})
    assert answer["username"] == "assay"
    assert not any("not-to-be-seen" in body for body in assay.bodies)


def test_a_datastore_has_a_database_and_a_schema_and_holds_no_enrichment(assay, postgres):
    body = {"name": "w", "connection": postgres.connection(), "database": "assay", "schema": SCHEMA}
    for change, status, said in (({"database": None}, 422, "database"), ({"schema": ""}, 422, "schema"), ({"root_path": "/x"}, 422, "root_path"),
                                 ({"enrichment_only": True}, 400, "holds no enrichment")):
        got, answer = assay.call("POST", "/datastores", body | change)
        assert got == status and said in json.dumps(answer), answer
    made = assay.ok("POST", "/datastores", body)
    assert (made["store_type"], made["type"], made["database"], made["schema"], made["root_path"], made["connected"]) == (
        "jdbc", "postgresql", "assay", SCHEMA, None, True)
    for operation in ({"type": "scan", "incremental": True}, {"type": "profile", "greater_than_time": "2026-01-01T00:00:00Z"}):
        status, answer = assay.call("POST", "/operations/run", {"datastore_id": made["id"]} | operation)
        assert status == 400 and "tables are always read as a whole" in json.dumps(answer), answer
    assert assay.ok("PUT", f"/datastores/{made['id']}", made | {"description": "mine", "teams": ["Public"]})["description"] == "mine"


def test_each_refusal_of_a_connection_test_says_what_to_do(assay, postgres):
    postgres.sql("CREATE TABLE orders (id int); CREATE TABLE other (id int)")
    postgres.sql("DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN PASSWORD 'poor-secret'")
    poor = {"username": "poor", "password": "poor-secret"}

    def refusal(schema=SCHEMA, database="assay", **changes):
        status, answer = assay.call("POST", "/datastores/connection", {"name": "t", "connection": postgres.connection(**changes),
                                                                       "database": database, "schema": schema})
        return answer["message"] if status == 400 else (status, answer)

    assert refusal() == (204, None)
    free = server.free_port()
    for message, *expected in (
            (refusal(port=free), f"connect: cannot reach 127.0.0.1:{free}", "Connection refused", "check host and port"),
            (refusal(host="no-such-host.invalid"), "no-such-host.invalid", "check the host's name"),
            (refusal(password="wrong-secret"), "connect: refused by", "password authentication failed", "check username and password"),
            (refusal(database="nowhere"), 'database "nowhere" does not exist', "check the database's name"),
            (refusal(schema="nowhere"), "list: there is no such schema; those of the database are", "nowhere", "public"),
            (refusal(**poor), f"list: the right to look into the schema is missing: GRANT USAGE ON SCHEMA {name(SCHEMA)} TO \"poor\""),
            (refusal(parameters={"sslmode": "verify-full"}), "sslmode", "ca_bundle", "root certificate file")):
        for part in expected:
            assert part in message, (part, message)
    postgres.sql(f"GRANT USAGE ON SCHEMA {name(SCHEMA)} TO poor")
    assert f"select: none of the 2 tables may be read; orders: the right to read it is missing: GRANT SELECT ON TABLE {name(SCHEMA)}.\"orders\" TO " \
           "\"poor\"" in refusal(**poor)
    postgres.sql("GRANT SELECT ON other TO poor")
    assert refusal(**poor) == (204, None)
    ca = postgres.facts["POSTGRES_CA"]
    assert refusal(parameters={"sslmode": "verify-full", "ca_bundle": ca}) == (204, None)
    assert not any(secret in body for body in assay.bodies for secret in ("wrong-secret", "poor-secret", postgres.password))
    postgres.sql("DROP OWNED BY poor; DROP ROLE poor")


def test_tls_that_the_server_lacks_or_demands_is_explained(assay):
    plain = Postgres(POSTGRES_TLS="")
    try:
        def message(**parameters):
            status, answer = assay.call("POST", "/datastores/connection", {
                "name": "t", "connection": plain.connection(parameters=parameters), "database": "assay", "schema": SCHEMA})
            return "" if status == 204 else answer["message"]
        assert message(sslmode="prefer") == ""
        refused = message(sslmode="require")
        assert "server does not support SSL" in refused and "check parameters.sslmode" in refused
    finally:
        plain.stop()


# Sync


def test_sync_finds_tables_views_and_parents_of_parts(assay, postgres):
    postgres.sql("""
        CREATE TABLE "Täble ""q"" 'x'" ("Größe" int, "a b" text);
        CREATE TABLE parent (id int, day date) PARTITION BY RANGE (day);
        CREATE TABLE part_1 PARTITION OF parent FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
        CREATE TABLE gone (id int);
        CREATE TABLE nothing ();
        CREATE VIEW seen AS SELECT 1 AS one;
        CREATE MATERIALIZED VIEW kept AS SELECT 2 AS two""")
    datastore = postgres.datastore(assay)
    assert postgres.synced["result"] == "success" and postgres.synced["message"] is None, postgres.synced
    found = {c["name"]: c for c in assay.items(f"/containers?datastore={datastore}")}
    assert {key: c["container_type"] for key, c in found.items()} == {
        "Täble \"q\" 'x'": "table", "parent": "table", "gone": "table", "nothing": "table", "seen": "view", "kept": "view"}
    table = found["Täble \"q\" 'x'"]
    assert (table["table_type"], table["file_format"], table["incremental_identifier_type"], table["metrics"]["last_modified"],
            table["metrics"]["fields"]) == ("table", "table", None, None, 2)
    assert [(f["name"], f["type"], f["type_declared"]) for f in assay.ok("GET", f"/containers/{table['id']}/fields")] == [
        ("Größe", "Integral", True), ("a b", "String", True)]

    postgres.sql("DROP TABLE gone; ALTER TABLE parent ADD COLUMN amount numeric(10,2)")
    again = assay.run(type="sync", datastore_id=datastore)
    assert again["result"] == "success" and "1 known containers are missing" in again["message"]
    found = {c["name"]: c for c in assay.items(f"/containers?datastore={datastore}")}
    assert found["gone"]["is_missing"] and not found["parent"]["is_missing"]
    assert [f["name"] for f in assay.ok("GET", f"/containers/{found['parent']['id']}/fields")] == ["id", "day", "amount"]

    only_views = assay.run(type="sync", datastore_id=datastore, include=["view"], prune=True)
    assert only_views["result"] == "success"
    assert "gone" in {c["name"] for c in assay.items(f"/containers?datastore={datastore}")}, "tables were not asked about"


def test_tables_that_may_not_be_read_are_reported_and_left_out(assay, postgres):
    postgres.sql("CREATE TABLE open (id int); CREATE TABLE closed (id int)")
    postgres.sql("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'reader-secret'")
    postgres.sql(f"GRANT USAGE ON SCHEMA {name(SCHEMA)} TO reader; GRANT SELECT ON open, closed TO reader")
    datastore = postgres.datastore(assay, connection=postgres.connection("r", username="reader", password="reader-secret"))
    postgres.sql("CREATE TABLE secret (id int); REVOKE SELECT ON closed FROM reader")
    sync = assay.run(type="sync", datastore_id=datastore)
    assert sync["result"] == "success" and sync["message"] == "2 tables may not be read", sync
    grant = f"closed was left out: the right to read it is missing: GRANT SELECT ON TABLE {name(SCHEMA)}.\"closed\" TO \"reader\""
    assert grant in json.dumps(sync, ensure_ascii=False).replace('\\"', '"')
    known = {c["name"]: c["is_missing"] for c in assay.items(f"/containers?datastore={datastore}")}
    assert known == {"open": False, "closed": False}, "what was known has not vanished"
    profile = assay.run(type="profile", datastore_id=datastore)
    assert profile["result"] == "success" and profile["status"]["records_processed"] == 0
    postgres.sql("DROP OWNED BY reader; DROP ROLE reader")


# Profile

TYPES = """
    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    CREATE DOMAIN money2 AS numeric(12,2);
    CREATE TABLE types (id int PRIMARY KEY, big bigint, exact numeric(38,10), whole numeric(30,0), price money2, wide numeric(60,20), free numeric,
        real4 real, real8 double precision, flag boolean, day date, at timestamp, at_zone timestamptz, raw bytea, uid uuid, doc json, docb jsonb,
        list int[], deep int[][], words text[], amounts numeric[], m mood, ms mood[], label text, code char(5), ip inet, span interval, part int4range)"""
ROWS = """
    INSERT INTO types VALUES
    (1, 9223372036854775807, 1234567890123456789012345678.0123456789, 123456789012345678901234567890, 12.50, 1e30, 0.1, 1.5, 0.1, true,
     '2026-01-31', '2026-01-31 08:30:00.123456', '2026-01-31 08:30:00+02', '\\x00ff', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}', '{"b":2}',
     '{1,2,NULL}', '{{1,2},{3,4}}', '{a,"b c",NULL}', '{1.5,NaN}', 'ok', '{ok,sad}', 'né😀', 'ab', '10.0.0.1', '1 day', '[1,5)'),
    (2, -9223372036854775808, -1234567890123456789012345678.0123456789, -1, -0.01, 'NaN', 'Infinity', 'NaN', 'NaN', false,
     'infinity', 'infinity', '-infinity', '', '00000000-0000-0000-0000-000000000000', 'null', '[]',
     '{}', '{}', '{}', '{}', 'happy', '{}', '', '', '::1', '-1 month', 'empty'),
    (3, NULL, 'NaN', NULL, NULL, NULL, NULL, '-Infinity', 'Infinity', NULL,
     '0044-03-15 BC', '0044-03-15 08:00:00 BC', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"""


def test_profiles_have_the_values_that_the_server_has(assay, postgres):
    postgres.sql(TYPES)
    postgres.sql(ROWS)
    datastore = postgres.datastore(assay)
    run = assay.run(type="profile", datastore_id=datastore, inference_threshold=0)
    assert run["result"] == "success" and run["message"] is None, run
    profile = fields(assay, container(assay, datastore, "types"))

    def values(field, *keys):  # small integers and doubles come as numbers
        return tuple(str(value) if key in ("min", "max", "sum") else value for key, value in ((key, profile[field][key]) for key in keys))

    def of_server(expression):
        return postgres.sql(f"SELECT {expression} FROM types")[0]

    low, high, total = of_server("min(exact)::text, max(exact) FILTER (WHERE exact <> 'NaN')::text, sum(exact) FILTER (WHERE exact <> 'NaN')")
    assert values("exact", "min", "max", "type_declared") == (low, high, True)
    assert decimal.Decimal(profile["exact"]["sum"]) == total
    assert profile["exact"]["unparsable_count"] == 1, "NaN is no value of a numeric with a scale"
    assert values("big", "min", "max") == tuple(map(str, of_server("min(big), max(big)")))
    assert values("whole", "min", "max", "field_type") == (*of_server("min(whole)::text, max(whole)::text"), "Integral")
    assert tuple(map(decimal.Decimal, values("price", "min", "max", "sum"))) == of_server("min(price), max(price), sum(price)")
    assert values("free", "min", "max", "infinite_count") == ("0.1", "Infinity", 1)
    assert values("wide", "nan_count") == (1,)
    assert values("real8", "min", "max", "nan_count", "infinite_count") == ("0.1", "Infinity", 1, 1)
    assert values("flag", "completeness", "field_type") == (pytest.approx(2 / 3), "Boolean")
    assert values("day", "min", "max", "field_type") == ("-043-03-15", "infinity", "Date")
    assert values("at", "min", "max", "field_type") == ("-043-03-15 08:00:00", "infinity", "Timestamp")
    assert values("at_zone", "min", "max") == ("-infinity", "2026-01-31 06:30:00")
    assert values("uid", "min", "max", "field_type") == (*of_server("min(uid::text), max(uid::text)"), "String")
    assert values("m", "min", "max") == ("happy", "ok")
    assert values("label", "min_length", "max_length", "empty_count") == (0, 3, 1)
    assert values("list", "min_length", "max_length") == (0, 3)
    assert values("list[]", "min", "max", "null_count") == ("1", "2", 1)
    assert values("deep", "max_length") == (4,), "all elements of all dimensions"
    assert values("amounts[]", "max", "nan_count") == ("1.5", 1)
    assert values("ip", "min", "max") == ("10.0.0.1/32", "::1/128")
    assert values("span", "min", "max") == ("-1 mons", "1 day")
    assert values("docb", "min", "max") == ("[]", "{\"b\": 2}")
    assert profile["raw"]["completeness"] == pytest.approx(2 / 3)


def test_empty_tables_and_those_without_columns_have_profiles(assay, postgres):
    postgres.sql("CREATE TABLE empty (id int, name text); CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES; INSERT INTO bare DEFAULT VALUES")
    datastore = postgres.datastore(assay)
    run = assay.run(type="profile", datastore_id=datastore)
    assert (run["result"], run["message"], run["status"]["records_processed"]) == ("success", None, 2), run
    assert fields(assay, container(assay, datastore, "empty"))["id"]["completeness"] == 1
    assert fields(assay, container(assay, datastore, "bare")) == {}


def test_inference_and_limits_work_on_tables_and_views(assay, postgres):
    postgres.sql("CREATE TABLE numbers AS SELECT g AS id, g % 7 AS day, 'code-' || g % 50 AS code FROM generate_series(1, 50000) g;"
                 "CREATE VIEW odd AS SELECT * FROM numbers WHERE id % 2 = 1")
    datastore = postgres.datastore(assay)
    run = assay.run(type="profile", datastore_id=datastore, inference_threshold=2)
    assert (run["result"], run["status"]["records_processed"]) == ("success", 75000), run
    rules = {(c["container"]["name"], c["rule_type"], tuple(f["name"] for f in c["fields"]))
             for c in assay.items(f"/quality-checks?datastore={datastore}")}
    assert {("numbers", "unique", ("id",)), ("numbers", "notNull", ("code",)), ("odd", "between", ("day",))} <= rules, rules
    scan = assay.run(type="scan", datastore_id=datastore)
    assert (scan["result"], scan["status"]["anomalies_identified"]) == ("success", 0), scan
    limited = assay.run(type="profile", datastore_id=datastore, max_records_analyzed_per_partition=100, inference_threshold=0)
    assert limited["status"]["records_processed"] == 200


# Scan

SALES = """
    CREATE TABLE {0} (id int, amount numeric(12,2), "Ünit 'x'" text, at timestamptz, key int){1};
    {2}
    INSERT INTO {0} SELECT g, CASE WHEN g % 1000 = 0 THEN -1 ELSE 10 END, CASE WHEN g % 2500 = 0 THEN NULL ELSE 'kg' END,
        '2026-01-01'::timestamptz + g * interval '1 second', CASE WHEN g IN (17, 4711, 19999) THEN 16 ELSE g END
    FROM generate_series(1, 20000) g"""


def sale_checks(assay, datastore, wanted):
    container_id = container(assay, datastore, wanted)
    return {"amount": check(assay, container_id, "notNegative", ["amount"]), "unit": check(assay, container_id, "notNull", ["Ünit 'x'"]),
            "key": check(assay, container_id, "unique", ["key"])}


def results(s3, table):
    return duckdb.sql(f"SELECT * FROM read_parquet('{s3.bucket_path('results')}/quality/warehouse/{table}/*/*.parquet', hive_partitioning = false)")


def failing_of_server(postgres, table):
    return {row[0] for row in postgres.sql(f"""
        SELECT id FROM {table} WHERE amount < 0 UNION SELECT id FROM {table} WHERE "Ünit 'x'" IS NULL
        UNION SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY key ORDER BY id) AS r FROM {table}) x WHERE r > 1""")}


@pytest.mark.parametrize("kind", ["table", "parts", "inheritance", "view", "materialized"])
def test_failing_rows_come_back_with_the_values_that_the_server_has(assay, s3, postgres, kind):
    parts = "".join(f"CREATE TABLE part_{i} PARTITION OF sales FOR VALUES FROM ({i * 5000}) TO ({i * 5000 + 5000});" for i in range(5))
    base = "base" if kind in ("view", "materialized") else "sales"
    postgres.sql(SALES.format(base, " PARTITION BY RANGE (id)" if kind == "parts" else "", parts if kind == "parts" else ""))
    if kind == "inheritance":
        postgres.sql("CREATE TABLE child () INHERITS (sales); WITH moved AS (DELETE FROM ONLY sales WHERE id > 9000 RETURNING *)"
                     "INSERT INTO child SELECT * FROM moved")
    if base == "base":  # rows of a view come in no order
        postgres.sql(f"CREATE {'MATERIALIZED ' if kind == 'materialized' else ''}VIEW sales AS SELECT * FROM base ORDER BY random()")
    datastore = postgres.datastore(assay)
    target = assay.ok("POST", "/datastores", {"name": "results", "root_path": "/quality", "enrichment_only": True,
                                              "connection": s3.connection("results", "results")})
    assay.ok("PATCH", f"/datastores/{datastore}/enrichment/{target['id']}")
    ids = sale_checks(assay, datastore, "sales")
    scan = assay.run(type="scan", datastore_id=datastore, container_names=["sales"], **ALL_ROWS)
    assert scan["result"] == "success" and scan["message"] is None, scan
    assert scan["status"]["records_processed"] == 20000

    counts = dict(results(s3, "check_metrics").project("QUALITY_CHECK_ID, ANOMALOUS_RECORDS_COUNT").fetchall())
    assert counts == {ids["amount"]: 20, ids["unit"]: 8, ids["key"]: 3}
    records = [json.loads(row[0]) for row in results(s3, "source_records").project("RECORD").fetchall()]
    found = {record["id"] for record in records}
    # Which of the rows of one key is surplus is the first seen, where the order is nobody's.
    keys = {16, 17, 4711, 19999}
    assert found - keys == failing_of_server(postgres, "sales") - keys and len(found & keys) == 3
    for record in records:
        of_server = postgres.sql("SELECT amount, \"Ünit 'x'\", at AT TIME ZONE 'UTC', key FROM sales WHERE id = %s", record["id"])[0]
        assert (decimal.Decimal(str(record["amount"])), record["Ünit 'x'"], record["at"][:19], record["key"]) == (
            of_server[0], of_server[1], of_server[2].isoformat(" "), of_server[3])


@pytest.mark.parametrize("kind", ["table", "view"])
def test_values_of_all_rows_and_groups_are_those_of_the_server(assay, postgres, kind):
    postgres.sql(SALES.format("base" if kind == "view" else "sales", "", ""))
    if kind == "view":
        postgres.sql("CREATE VIEW sales AS SELECT * FROM base ORDER BY random()")
    datastore = postgres.datastore(assay)
    container_id = container(assay, datastore, "sales")
    total, keys = postgres.sql("SELECT sum(amount), count(DISTINCT key) FROM sales")[0]
    holding = [("sum", ["amount"], {"value": str(total)}), ("distinctCount", ["key"], {"value": keys}),
               ("aggregateBetween", [], {"expression": "median(id)", "min": 10000.5, "max": 10000.5}),
               ("volumetric", [], {"min": 20000, "max": 20000}), ("fieldCount", [], {"value": 5}), ("maxPartitionSize", [], {"value": 20000}),
               ("timeDistributionSize", ["at"], {"interval_name": "Hourly", "min_size": 1, "max_size": 3600})]
    for rule, columns, properties in holding:
        check(assay, container_id, rule, columns, **properties)
    check(assay, container_id, "gapFree", ["key"])
    check(assay, container_id, "requiredValues", ["Ünit 'x'"], list=["kg", "lb"])
    check(assay, container_id, "functionalDependency", ["key", "id"], determinants=["key"])
    check(assay, container_id, "notOutlier", ["amount"])
    scan = assay.run(type="scan", datastore_id=datastore, container_names=["sales"], **ALL_ROWS)
    assert scan["result"] == "success" and scan["message"] is None, scan
    found = {}
    for anomaly in assay.items(f"/anomalies?datastore={datastore}"):
        for failed in assay.ok("GET", f"/anomalies/{anomaly['id']}")["failed_checks"]:
            found.setdefault(failed["quality_check"]["rule_type"], []).append(failed["message"])
    assert {rule: len(messages) for rule, messages in found.items()} == {
        "gapFree": 1, "requiredValues": 1, "functionalDependency": 1, "notOutlier": 20}, found
    assert found["gapFree"] == ["the number of integers missing between the least and the greatest key is not 0: it is 3"]
    assert found["requiredValues"] == ["Ünit 'x' has no row with 1 of 2 required values (50.000 %): 'lb' has none"]
    assert found["functionalDependency"] == ["key and id do not keep to key -> id in 4 of 20000 rows (0.020 %)"]


def test_a_scan_sees_one_state_of_a_table_that_changes_all_the_time(assay, postgres):
    postgres.sql(SALES.format("sales", "", ""))
    datastore = postgres.datastore(assay)
    sale_checks(assay, datastore, "sales")
    stop = threading.Event()

    def disturb():
        with contextlib.closing(postgres.open()) as session, session.cursor() as cursor:
            cursor.execute(f"SET search_path TO {name(SCHEMA)}")
            while not stop.is_set():  # every row moves, and what failed holds again, and back
                cursor.execute("UPDATE sales SET amount = -amount WHERE id % 1000 = 0 OR id % 7 = 3")
                cursor.execute("UPDATE sales SET amount = -amount WHERE id % 1000 = 0 OR id % 7 = 3")
                cursor.execute("VACUUM sales")
    disturber = threading.Thread(target=disturb)
    disturber.start()
    try:
        for _ in range(5):
            scan = assay.run(type="scan", datastore_id=datastore, **ALL_ROWS)
            assert scan["result"] == "success" and scan["message"] is None, scan
            anomalies = assay.items(f"/anomalies?datastore={datastore}")
            for anomaly in anomalies[-50:]:
                for record in assay.ok("GET", f"/anomalies/{anomaly['id']}/source-record")["source_records"]:
                    values = record["record"]
                    assert values, "every row that was counted was read again"
                    assert float(values["amount"]) < 0 or values["Ünit 'x'"] is None or values["key"] == 16
    finally:
        stop.set()
        disturber.join()


def test_records_hold_exact_values_and_masks_of_all_types(assay, postgres):
    postgres.sql(TYPES)
    postgres.sql(ROWS)
    datastore = postgres.datastore(assay)
    check(assay, container(assay, datastore, "types"), "between", ["id"], min=5, max=6)
    assay.run(type="scan", datastore_id=datastore, **ALL_ROWS)
    records = {}
    for anomaly in assay.items(f"/anomalies?datastore={datastore}"):
        for record in assay.ok("GET", f"/anomalies/{anomaly['id']}/source-record")["source_records"]:
            records[record["record"]["id"]] = record["record"]
    first, third = records[1], records[3]
    assert (first["exact"], first["whole"], first["big"], first["price"]) == (
        "1234567890123456789012345678.0123456789", "123456789012345678901234567890", "9223372036854775807", 12.5)
    assert (first["label"], first["list"], first["deep"], first["m"], first["docb"], first["at_zone"][:19]) == (
        "né😀", [1, 2, None], [1, 2, 3, 4], "ok", "{\"b\": 2}", "2026-01-31 06:30:00")
    assert (third["exact"], third["day"]) == ("NaN", "0044-03-15 (BC)")


# What goes wrong


def slow_view(postgres):
    postgres.sql("CREATE TABLE sales (id int); INSERT INTO sales SELECT generate_series(1, 100000);"
                 "CREATE VIEW slow AS SELECT id, pg_sleep(0.01)::text AS waited FROM sales")


def started(assay, **operation):
    made = assay.ok("POST", "/operations/run", operation)
    assert made["end_time"] is None, made
    return made["id"]


def busy(postgres):
    return postgres.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'assay %%' AND state = 'active'")[0][0]


@pytest.mark.parametrize("wait", ["rows", "lock"])
def test_an_abort_ends_the_statement_at_the_server_within_two_seconds(assay, postgres, wait):
    slow_view(postgres)
    datastore = postgres.datastore(assay)
    check(assay, container(assay, datastore, "slow"), "notNull", ["waited"])
    holder = postgres.open()
    holder.autocommit = False
    if wait == "lock":
        holder.cursor().execute(f"LOCK TABLE {name(SCHEMA)}.sales IN ACCESS EXCLUSIVE MODE")
    try:
        operation = started(assay, type="scan", datastore_id=datastore, container_names=["slow"])
        time.sleep(0.7)
        assert busy(postgres) == 1
        begun = time.monotonic()
        assay.ok("PUT", f"/operations/abort/{operation}")
        ended = assay.wait(operation)
        assert ended["result"] == "aborted" and time.monotonic() - begun < 2, ended
        assert busy(postgres) == 0
    finally:
        holder.rollback()
        holder.close()


def test_a_lock_that_others_hold_is_waited_for_and_then_named(assay, postgres):
    postgres.sql("CREATE TABLE held (id int); CREATE TABLE free (id int)")
    datastore = postgres.datastore(assay)
    with contextlib.closing(postgres.open()) as holder:
        holder.autocommit = False
        holder.cursor().execute(f"LOCK TABLE {name(SCHEMA)}.held IN ACCESS EXCLUSIVE MODE")
        run = assay.run(type="profile", datastore_id=datastore)
        holder.rollback()
    assert run["result"] == "success" and "lock timeout" in json.dumps(run), run
    assert run["status"]["containers_analyzed"] == 2


def test_a_statement_timeout_fails_the_scan_with_its_reason(assay, postgres):
    slow_view(postgres)
    datastore = postgres.datastore(assay)
    check(assay, container(assay, datastore, "slow"), "notNull", ["waited"])
    postgres.sql("ALTER ROLE assay SET statement_timeout = '500ms'")
    try:
        scan = assay.run(type="scan", datastore_id=datastore, container_names=["slow"])
    finally:
        postgres.sql("ALTER ROLE assay RESET statement_timeout")
    assert scan["result"] == "failure" and "statement timeout" in scan["message"], scan
    assert assay.items(f"/anomalies?datastore={datastore}") == []


def test_a_server_that_dies_fails_the_scan_and_leaves_nothing_half_written(assay, s3, own):
    slow_view(own)
    datastore = own.datastore(assay)
    target = assay.ok("POST", "/datastores", {"name": "results", "root_path": "/quality", "enrichment_only": True,
                                              "connection": s3.connection("results", "results")})
    assay.ok("PATCH", f"/datastores/{datastore}/enrichment/{target['id']}")
    check(assay, container(assay, datastore, "slow"), "notNull", ["waited"])
    operation = started(assay, type="scan", datastore_id=datastore, container_names=["slow"])
    time.sleep(0.7)
    os.kill(int(own.facts["POSTGRES_PID"]), signal.SIGQUIT)  # at once, without ending sessions
    ended = assay.wait(operation)
    assert ended["result"] == "failure" and "went away while the table was read" in ended["message"], ended
    assert own.password not in json.dumps(ended)
    assert assay.items(f"/anomalies?datastore={datastore}") == []
    assert [p for p in s3.bucket_path("results").rglob("*") if p.is_file()] == []
