"""Containers and fields that are computed of others: by queries of a real PostgreSQL server, of files in S3, and of both."""
import json

import duckdb
import pytest

from postgres import SCHEMA, check, container, name


@pytest.fixture
def files(assay, s3):
    """Writes a CSV file into a bucket of its own; gives its datastore once it is synchronised."""
    def write(**queries):
        for file, query in queries.items():
            duckdb.sql(f"COPY ({query}) TO '{s3.bucket_path('empty')}/{file}.csv' (HEADER)")
        made = assay.ok("POST", "/datastores", {"name": "files", "root_path": "/", "trigger_sync": True, "connection": s3.connection("files", "empty")})
        assay.wait(made["latest_operation"]["id"])
        return made["id"]
    return write


def compute(assay, kind, label, **definition):
    """The container, once its first profile succeeded."""
    made = assay.ok("POST", "/containers", {"container_type": kind, "name": label} | definition)
    newest = assay.items(f"/operations?datastore={made['datastore']['id']}&sort_created=desc")[0]
    assert newest["type"] == "profile", newest
    ended = assay.wait(newest["id"])
    assert ended["result"] == "success", ended
    return assay.ok("GET", f"/containers/{made['id']}")


def refusal(assay, **body):
    status, answer = assay.call("POST", "/containers/validate", {"container": body})
    return status, json.dumps(answer)


def fields(assay, container_id):
    return {f["name"]: f["type"] for f in assay.ok("GET", f"/containers/{container_id}/fields")}


def failing(assay, container_id):
    records = []
    for anomaly in assay.items(f"/anomalies?container={container_id}"):
        records += [r["record"] for r in assay.ok("GET", f"/anomalies/{anomaly['id']}/source-record")["source_records"]]
    return records


@pytest.fixture
def orders(postgres):
    postgres.sql("""
        CREATE DOMAIN amount AS numeric(10, 2);
        CREATE TABLE customers (id int, name text, card text);
        CREATE TABLE orders (id bigint, customer int, paid amount, placed timestamptz, tags text[]);
        INSERT INTO customers SELECT g, 'customer ' || g, '4111' || lpad(g::text, 12, '0') FROM generate_series(1, 1000) g;
        INSERT INTO orders SELECT g, 1 + g % 1000, g * 0.5 - 3, '2026-01-01T00:00:00+01'::timestamptz + g * interval '1 minute', ARRAY['a', g::text]
          FROM generate_series(1, 20000) g""")
    return postgres


def test_a_query_of_the_database_is_profiled_and_scanned_like_a_table(assay, orders):
    warehouse = orders.datastore(assay)
    query = "SELECT o.id, c.name, o.paid, o.placed, o.tags FROM orders o JOIN customers c ON c.id = o.customer WHERE o.id > 10; "
    status, said = refusal(assay, container_type="computed_table", datastore_id=warehouse, query=query)
    assert status == 422 and "syntax error" in said, said  # its semicolon
    query = query.strip().rstrip(";") + " -- all but the first"
    made = compute(assay, "computed_table", "joined", datastore_id=warehouse, query=query)
    assert made["query"] == query and made["metrics"]["records"] == 19990
    assay.run(type="profile", datastore_id=warehouse, container_names=["orders"], inference_threshold=0)
    of_table = fields(assay, container(assay, warehouse, "orders"))
    assert fields(assay, made["id"]) == {name: kind for name, kind in of_table.items() if name != "customer"} | {"name": "String"}
    check(assay, made["id"], "positive", ["paid"])
    check(assay, made["id"], "unique", ["name", "id"])
    check(assay, made["id"], "matchesPattern", ["name"], pattern="^customer (?!13$)\\d+$" if False else "^customer [0-9]+$")
    operation = assay.run(type="scan", datastore_id=warehouse, container_names=["joined"])
    assert (operation["result"], operation["message"]) == ("success", None), operation
    assert failing(assay, made["id"]) == []
    orders.sql("UPDATE orders SET paid = -1 WHERE id IN (15, 16)")
    operation = assay.run(type="scan", datastore_id=warehouse, container_names=["joined"])
    assert operation["result"] == "success", operation
    assert sorted((r["id"], r["name"], r["paid"]) for r in failing(assay, made["id"])) == [(15, "customer 16", -1), (16, "customer 17", -1)]
    # Another sync finds other tables; what is computed stays.
    assay.run(type="sync", datastore_id=warehouse, prune=True)
    assert assay.ok("GET", f"/containers/{made['id']}")["deleted_at"] is None


def test_what_is_not_one_query_is_refused_with_the_reason(assay, orders):
    warehouse = orders.datastore(assay)
    orders.sql("DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN PASSWORD 'poor-secret'")
    orders.sql(f"GRANT USAGE ON SCHEMA {name(SCHEMA)} TO poor; GRANT SELECT ON customers TO poor")
    before = orders.sql("SELECT count(*), sum(id) FROM orders")
    for query, said in (("SELECT 1 AS a, 2 AS A", "two columns have the name"), ("SELECT nothing FROM orders", "nothing"),
                        ("SELECT * FROM no_such_table", "no_such_table"), ("DELETE FROM orders", "gives no columns"),
                        ("DELETE FROM orders RETURNING id", "syntax error"), ("SELECT 1) AS x; DELETE FROM orders; SELECT * FROM (SELECT 1", "syntax error"),
                        ("WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone", "top level"), ("SELECT 1; SELECT 2", "multiple commands"),
                        ("SELECT 'x", "unterminated"), ("  ", "must not be empty"), ("SELECT $1::int AS a", "$1")):
        status, answer = refusal(assay, container_type="computed_table", datastore_id=warehouse, query=query)
        assert status == 422 and "query" in answer and said in answer, (query, status, answer)
    assert "at character 8" in refusal(assay, container_type="computed_table", datastore_id=warehouse, query="SELECT nothing FROM orders")[1]
    status, answer = refusal(assay, container_type="computed_table", query="SELECT 1 AS a")
    assert status == 422 and "datastore_id" in answer, answer
    assert refusal(assay, container_type="computed_table", datastore_id=warehouse, query="VALUES (1), (2)") == (204, "null")
    poor = orders.datastore(assay, "poor", sync=False, connection=orders.connection("poor", username="poor", password="poor-secret"))
    status, answer = refusal(assay, container_type="computed_table", datastore_id=poor, query="SELECT * FROM orders")
    assert status == 400 and "permission denied" in answer, answer
    assert orders.sql("SELECT count(*), sum(id) FROM orders") == before
    # A function that would write meets a transaction that only reads.
    orders.sql("CREATE FUNCTION emptied() RETURNS bigint LANGUAGE sql AS 'DELETE FROM orders; SELECT 1::bigint'")
    made = assay.ok("POST", "/containers", {"container_type": "computed_table", "name": "writes", "datastore_id": warehouse,
                                            "query": "SELECT emptied() AS a"})
    operation = assay.wait(assay.items(f"/operations?datastore={warehouse}&sort_created=desc")[0]["id"])
    assert operation["result"] == "failure" and "read-only" in json.dumps(operation), operation
    assert orders.sql("SELECT count(*), sum(id) FROM orders") == before
    assert assay.call("DELETE", f"/containers/{made['id']}")[0] == 204
    orders.sql("DROP OWNED BY poor; DROP ROLE poor")


def test_a_changed_query_keeps_the_fields_that_checks_are_about(assay, orders):
    warehouse = orders.datastore(assay)
    made = compute(assay, "computed_table", "paid", datastore_id=warehouse, query="SELECT id, paid FROM orders")
    check(assay, made["id"], "sum", ["paid"], value=1)
    change = {"container_type": "computed_table", "query": "SELECT id, paid AS amount FROM orders"}
    status, answer = assay.call("PUT", f"/containers/{made['id']}", change)
    assert status == 409 and "force_drop_fields: paid (" in json.dumps(answer), answer
    assert assay.ok("GET", f"/containers/{made['id']}")["query"] == "SELECT id, paid FROM orders"
    assert assay.ok("PUT", f"/containers/{made['id']}", change | {"force_drop_fields": True})["query"] == change["query"]
    assay.wait(assay.items(f"/operations?datastore={warehouse}&sort_created=desc")[0]["id"])
    operation = assay.run(type="scan", datastore_id=warehouse, container_names=["paid"])
    assert "paid" in json.dumps(operation["warnings"] if "warnings" in operation else operation), operation


def test_files_and_tables_are_joined_grouped_and_cleaned(assay, orders, files):
    warehouse = orders.datastore(assay)
    lake = files(returns="SELECT range * 7 AS number, CASE WHEN range % 10 = 0 THEN 'Acme, Inc.' ELSE 'Acme' END AS firm, '$' || range || '.50' AS refund "
                         "FROM range(500)")
    returns, bought = container(assay, lake, "returns.csv"), container(assay, warehouse, "orders")
    joined = compute(assay, "computed_join", "returned", left_container_id=returns, right_container_id=bought, left_join_field_name="number",
                     right_join_field_name="id", left_prefix="r", right_prefix="o", join_type="left",
                     select_clause="r_number AS number, o_customer AS customer, o_paid AS paid")
    assert joined["datastore"]["id"] == lake and joined["metrics"]["records"] == 500
    totals = compute(assay, "computed_file", "by_customer", source_container_id=joined["id"], where_clause="customer IS NOT NULL",
                     select_clause="customer, count(*) AS returned, sum(paid) AS paid", group_by_clause="customer")
    expected = orders.sql("SELECT count(DISTINCT customer), sum(paid) FROM orders WHERE id % 7 = 0 AND id < 3500")[0]
    profiles = {f["name"]: f for f in assay.items(f"/containers/{totals['id']}/field-profiles?")}
    assert (totals["metrics"]["records"], round(profiles["paid"]["sum"], 2)) == (expected[0], float(expected[1]))
    for label, transformation, sources, properties in (("firm_name", "cleanedEntityName", ["firm"], {}),
                                                       ("refund_value", "convertFormattedNumeric", ["refund"], {}),
                                                       ("doubled", "customExpression", [], {"column_expression": "refund_value * 2"})):
        assay.ok("POST", "/computed-fields", {"name": label, "container_id": returns, "source_fields": sources, "transformation": transformation,
                                              "properties": properties, "additional_metadata": {}})
    operation = assay.run(type="profile", datastore_id=lake, container_names=["returns.csv"], inference_threshold=0)
    assert operation["result"] == "success", operation
    profiles = {f["name"]: f for f in assay.items(f"/containers/{returns}/field-profiles?")}
    assert (profiles["firm_name"]["approximate_distinct_values"], profiles["doubled"]["max"]) == (1, 999.0)
    check(assay, returns, "maxValue", ["doubled"], value=990)
    assay.run(type="scan", datastore_id=lake)
    assert sorted(r["doubled"] for r in failing(assay, returns)) == [991.0, 993.0, 995.0, 997.0, 999.0]
    status, answer = assay.call("DELETE", f"/containers/{returns}")
    assert status == 409 and "returned" in json.dumps(answer), answer
    status, answer = assay.call("PUT", f"/containers/{joined['id']}", {"container_type": "computed_join", "left_container_id": totals["id"]})
    assert status == 422 and "computed of itself" in json.dumps(answer), answer


def test_what_is_computed_of_masked_fields_is_masked(assay, s3, files):
    lake = files(people="SELECT range AS id, 'secret-' || range AS code, CASE WHEN range = 7 THEN -1 ELSE range END AS age FROM range(50)")
    people = container(assay, lake, "people.csv")
    code = next(f for f in assay.ok("GET", f"/containers/{people}/fields") if f["name"] == "code")
    assay.ok("PATCH", "/fields", [{"id": code["id"], "status": "Masked"}])
    assay.ok("POST", "/computed-fields", {"name": "shouted", "container_id": people, "source_fields": [], "transformation": "customExpression",
                                          "properties": {"column_expression": "upper(code)"}, "additional_metadata": {}})
    longer = compute(assay, "computed_file", "longer", source_container_id=people, select_clause="id, concat(code, '!') AS longer_code, age")
    assay.run(type="profile", datastore_id=lake, inference_threshold=0)
    check(assay, people, "notNegative", ["age"])
    check(assay, longer["id"], "notNegative", ["age"])
    assay.run(type="scan", datastore_id=lake)
    assert [(r["code"], r["shouted"]) for r in failing(assay, people)] == [("***MASKED***", "***MASKED***")]
    assert [r["longer_code"] for r in failing(assay, longer["id"])] == ["***MASKED***"]
    assert not any("secret-" in body.lower() for body in assay.bodies)
