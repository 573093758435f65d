"""Checks that compare a container with another one: tables of PostgreSQL and files in S3, with each other."""
import duckdb
import pytest

from postgres import check, container


def differing(assay, datastore):
    """By rule: the message of each failed check and its anomaly."""
    found = {}
    for anomaly in assay.items(f"/anomalies?datastore={datastore}"):
        for failed in anomaly["failed_checks"]:
            found.setdefault(failed["rule_type"], []).append((failed["message"], anomaly))
    return found


@pytest.fixture
def files(assay, s3):
    """Writes a Parquet file into a bucket of its own; gives its datastore once it is synchronised."""
    def write(**queries):
        for file, query in queries.items():
            duckdb.sql(f"COPY ({query}) TO '{s3.bucket_path('empty')}/{file}.parquet' (FORMAT parquet)")
        made = assay.ok("POST", "/datastores", {"name": "files", "root_path": "/", "trigger_sync": True, "connection": s3.connection("files", "empty")})
        assay.wait(made["latest_operation"]["id"])
        return made["id"]
    return write


def source_records(assay, anomaly):
    return [record["record"] for record in assay.ok("GET", f"/anomalies/{anomaly['id']}/source-record")["source_records"]]


@pytest.mark.parametrize("kind", ["table", "view"])
def test_a_million_rows_of_a_table_and_of_files_are_compared_with_each_other(assay, postgres, files, kind):
    base = "customers" if kind == "table" else "base"
    postgres.sql(f"CREATE TABLE {base} (id int, name text, since date);"
                 f"INSERT INTO {base} SELECT g, 'customer ' || g, '2026-01-01'::date + g % 1000 FROM generate_series(1, 1000000) g")
    if kind == "view":
        postgres.sql("CREATE VIEW customers AS SELECT * FROM base")
    lake = files(
        orders="SELECT range AS number, CASE WHEN range % 250000 = 7 THEN 2000000 + range ELSE 1 + range % 1000000 END AS customer FROM range(1000000)",
        replica="SELECT (range + 2)::BIGINT AS id, CASE WHEN range = 40 THEN 'someone' ELSE 'customer ' || (range + 2) END AS name, "
                "DATE '2026-01-01' + ((range + 2) % 1000)::INT AS since FROM range(1000000)")
    warehouse = postgres.datastore(assay)
    customers, orders, replica = container(assay, warehouse, "customers"), container(assay, lake, "orders.parquet"), container(assay, lake, "replica.parquet")
    check(assay, orders, "existsIn", ["customer"], ref_datastore_id=warehouse, ref_container_id=customers, field_name="id")
    check(assay, orders, "notExistsIn", ["number"], ref_datastore_name="warehouse", ref_container_name="customers", field_name="id")
    check(assay, customers, "existsIn", ["id"], ref_datastore_id=lake, ref_container_id=replica, field_name="id")
    check(assay, customers, "existsIn", ["name"], ref_container_id=customers, field_name="name")
    check(assay, customers, "dataDiff", ["id", "name", "since"], ref_datastore_id=lake, ref_container_id=replica, row_identifiers=["id"])
    check(assay, replica, "dataDiff", ["id", "name", "since"], ref_datastore_id=warehouse, ref_container_id=customers)

    scan = assay.run(type="scan", datastore_id=lake)
    assert (scan["result"], scan["message"]) == ("success", None), scan
    found = differing(assay, lake)
    assert sorted(source_records(assay, anomaly)[0]["customer"] for _, anomaly in found["existsIn"]) == [2000007, 2250007, 2500007, 2750007]
    assert max(anomaly["anomalous_records_count"] for _, anomaly in found["notExistsIn"]) == 999999
    (message, anomaly), = found["dataDiff"]
    assert message == "4 records differ between replica.parquet (1000000) and customers (warehouse) (1000000)"
    assert source_records(assay, anomaly) == [
        {"_row_status": "removed", "id": 42, "name": "someone", "since": "2026-02-12"},
        {"_row_status": "removed", "id": 1000001, "name": "customer 1000001", "since": "2026-01-02"},
        {"_row_status": "added", "id": 1, "name": "customer 1", "since": "2026-01-02"},
        {"_row_status": "added", "id": 42, "name": "customer 42", "since": "2026-02-12"}]

    scan = assay.run(type="scan", datastore_id=warehouse, container_names=["customers"])
    assert (scan["result"], scan["message"]) == ("success", None), scan
    found = differing(assay, warehouse)
    (_, anomaly), = found["existsIn"]
    assert source_records(assay, anomaly) == [{"id": 1, "name": "customer 1", "since": "2026-01-02"}]
    (message, anomaly), = found["dataDiff"]
    assert message == "3 records differ between customers (1000000) and replica.parquet (files) (1000000)"
    assert {record["_row_status"]: record for record in source_records(assay, anomaly)} == {
        "changed": {"_row_status": "changed", "id": 42, "name": {"left": "customer 42", "right": "someone"}, "since": "2026-02-12"},
        "removed": {"_row_status": "removed", "id": 1, "name": "customer 1", "since": "2026-01-02"},
        "added": {"_row_status": "added", "id": 1000001, "name": "customer 1000001", "since": "2026-01-02"}}


def test_sums_of_a_table_and_of_files_are_compared(assay, postgres, files):
    postgres.sql("CREATE TABLE payments (amount numeric(10, 2), state text);"
                 "INSERT INTO payments SELECT g * 0.01, CASE WHEN g % 2 = 0 THEN 'settled' ELSE 'open' END FROM generate_series(1, 100000) g")
    lake = files(orders="SELECT ((range + 1) * 2)::DOUBLE / 100 AS amount FROM range(50000)")
    warehouse = postgres.datastore(assay)
    payments, orders = container(assay, warehouse, "payments"), container(assay, lake, "orders.parquet")
    equal = {"expression": "round(sum(amount), 2)", "comparison": "eq", "ref_expression": "sum(amount)", "ref_datastore_id": warehouse,
             "ref_container_id": payments, "ref_filter": "state = 'settled'"}
    check(assay, orders, "aggregationComparison", [], **equal)
    check(assay, payments, "aggregationComparison", [], expression="count(*)", comparison="gt", ref_expression="count(*) * 2", ref_datastore_id=lake,
          ref_container_id=orders)
    for datastore in (lake, warehouse):
        scan = assay.run(type="scan", datastore_id=datastore)
        assert (scan["result"], scan["message"]) == ("success", None), scan
    assert differing(assay, lake) == {}
    (message, _), = differing(assay, warehouse)["aggregationComparison"]
    assert "100000" in message and "orders.parquet (files)" in message, message


def test_a_table_that_is_gone_leaves_only_its_own_checks_unasserted(assay, postgres, files):
    postgres.sql("CREATE TABLE customers (id int)")
    lake = files(orders="SELECT -1 AS customer")
    warehouse = postgres.datastore(assay)
    orders = container(assay, lake, "orders.parquet")
    check(assay, orders, "existsIn", ["customer"], ref_container_id=container(assay, warehouse, "customers"), field_name="id")
    check(assay, orders, "notNegative", ["customer"])
    postgres.sql("DROP TABLE customers")
    scan = assay.run(type="scan", datastore_id=lake)
    assert scan["result"] == "success" and scan["message"] == "orders.parquet: 1 check could not be asserted", scan
    assert [a["failed_checks"][0]["rule_type"] for a in assay.items(f"/anomalies?datastore={lake}")] == ["notNegative"]
