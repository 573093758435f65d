"""Connect, sync, profile with inference, scan and enrich through the REST API, data and results on S3."""
import csv
import json

import duckdb
import pytest

ALL_ROWS = {"high_count_rollup_threshold": 1000, "enrichment_source_record_limit": 100000}


def injected_cells(sample):
    with open(sample / "injected.csv", newline="") as lines:
        return {(row["file"], int(row["row_number"]), row["field"]) for row in csv.DictReader(lines)}


def enrichment(s3, table):
    """A table of the enrichment as any engine reads it."""
    return duckdb.sql(f"SELECT * FROM read_parquet('{s3.bucket_path('results')}/quality/lake/{table}/*/*.parquet', hive_partitioning = false)")


def test_inferred_checks_find_the_injected_errors_and_the_enrichment_has_them(assay, s3, lake, sample):
    source, _ = lake
    containers = assay.ok("GET", f"/containers/listing?datastore={source}")
    assert sorted(c["name"] for c in containers) == ["customers/customers_*.csv", "events/events_*.ndjson", "orders/orders_*.parquet"]

    profile = assay.run(type="profile", datastore_id=source, inference_threshold=2)
    assert (profile["result"], profile["status"]["containers_analyzed"], profile["status"]["records_processed"]) == ("success", 3, 110000)
    assert profile["status"]["checks_added"] > 20
    orders = next(c["id"] for c in containers if c["name"].startswith("orders"))
    amount = assay.ok("GET", f"/containers/{orders}/field-profiles?name=amount&size=100")["items"]
    assert [f["name"] for f in amount] == ["amount"] and amount[0]["completeness"] == 1

    scan = assay.run(type="scan", datastore_id=source, **ALL_ROWS)
    assert scan["result"] == "success", scan
    anomalies = assay.items(f"/anomalies?datastore={source}")
    assert len(anomalies) == scan["status"]["anomalies_identified"]

    flagged = set()
    for record, file, context in enrichment(s3, "source_records").project("RECORD, SOURCE_PARTITION, CONTEXT").fetchall():
        context = json.loads(context)
        flagged |= {(file, context["row_number"], field) for field in context["failing_fields"]}
        assert json.loads(record)
    wanted = injected_cells(sample)
    assert len(wanted & flagged) >= 0.9 * len(wanted)
    assert len(flagged - wanted) <= 0.001 * 110000 * 10

    uuids = {row[0] for row in enrichment(s3, "failed_checks").project("ANOMALY_UUID").fetchall()}
    assert uuids == {a["uuid"] for a in anomalies}
    metrics = enrichment(s3, "check_metrics").aggregate("sum(ANOMALOUS_RECORDS_COUNT), count(DISTINCT QUALITY_CHECK_ID)").fetchone()
    assert metrics[0] > 2000 and metrics[1] == len(assay.items(f"/quality-checks?datastore={source}"))
    operations = enrichment(s3, "scan_operations").project("OPERATION_ID, RESULT").distinct().fetchall()
    assert operations == [(scan["id"], "success")]


def test_a_second_scan_finds_the_same_fingerprints_and_adds_a_run_to_the_enrichment(assay, s3, lake):
    source, _ = lake
    assay.run(type="profile", datastore_id=source)
    first = assay.run(type="scan", datastore_id=source, **ALL_ROWS)
    before = {row for row in enrichment(s3, "failed_checks").project("QUALITY_CHECK_ID, FINGERPRINT").fetchall()}
    second = assay.run(type="scan", datastore_id=source, **ALL_ROWS)
    after = {row for row in enrichment(s3, "failed_checks").filter(f"OPERATION_ID = {second['id']}").project("QUALITY_CHECK_ID, FINGERPRINT").fetchall()}
    assert before == after
    commits = sorted(path.name for path in (s3.bucket_path("results") / "quality/lake/_commits").iterdir())
    assert commits == [f"op-{first['id']}.json", f"op-{second['id']}.json"]


def test_an_authored_check_finds_its_rows(assay, lake, sample):
    source, _ = lake
    container = next(c for c in assay.ok("GET", f"/containers/listing?datastore={source}") if c["name"].startswith("orders"))
    check = assay.ok("POST", "/quality-checks", {"container_id": container["id"], "rule": "between", "description": "sane quantities",
                                                 "fields": ["quantity"], "coverage": 1.0, "filter": None, "properties": {"min": 1, "max": 20},
                                                 "tags": [], "additional_metadata": {}, "status": "Active"})
    scan = assay.run(type="scan", datastore_id=source, **ALL_ROWS)
    assert scan["result"] == "success"
    wanted = {cell[:2] for cell in injected_cells(sample) if cell[2] == "quantity"}
    found = set()
    for anomaly in assay.items(f"/anomalies?datastore={source}&quality_check={check['id']}"):
        for row in assay.ok("GET", f"/anomalies/{anomaly['id']}/source-record")["source_records"]:
            found.add((row["file"], row["row_number"]))
    assert found == wanted


def test_no_answer_holds_a_secret(assay, s3, lake):
    source, target = lake
    for path in ("/connections", "/datastores", f"/datastores/{source}", f"/datastores/{target}", "/operations", "/containers"):
        assay.ok("GET", path)
    for connection in assay.items("/connections"):
        assay.ok("GET", f"/connections/{connection['id']}")
    assert not [body for body in assay.bodies if s3.secret_key in body]
    for path in assay.data.rglob("*"):
        if path.is_file():
            assert s3.secret_key.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("changes, status, words", [
    ({"uri": "s3://no-such-bucket"}, 400, ["bucket"]),
    ({"access_key": "nobody"}, 400, ["key"]),
    ({"secret_key": "wrong"}, 400, ["secret"]),
    ({"uri": "s3://lake/orders"}, 422, ["root"]),
    ({"parameters": {"endpoint": "http://127.0.0.1:1"}}, 400, ["answer"]),
])
def test_a_connection_that_cannot_work_says_what_to_change(assay, s3, changes, status, words):
    payload = {"name": "lake", "teams": ["Public"], "trigger_catalog": False, "root_path": "/", "enrichment_only": False,
               "connection": s3.connection("lake", "lake", **changes)}
    got, answer = assay.call("POST", "/datastores/connection", payload)
    assert got == status, answer
    for word in words:
        assert word in json.dumps(answer).lower()
    assert s3.secret_key not in json.dumps(answer)


def test_calls_without_a_token_are_refused(assay):
    for token in ("", "x.y.z"):
        status, answer = assay.call("GET", "/datastores", token=token or "none")
        assert status == 401 and answer["message"]
