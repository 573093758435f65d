"""Kills, changes and damage while work runs: nothing is lost, nothing is seen by halves."""
import json
import random
import time

import duckdb

ALL_ROWS = {"high_count_rollup_threshold": 1000, "enrichment_source_record_limit": 100000}
TABLES = ["check_metrics", "failed_checks", "source_records", "scan_operations"]


def visible(s3):
    """operation id -> tables of which a plain reader sees a file."""
    root = s3.bucket_path("results") / "quality/lake"
    seen = {}
    for table in TABLES:
        for path in root.glob(f"{table}/*/op-*-part-*.parquet"):
            duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchone()  # whole, or not there
            seen.setdefault(int(path.name.split("-")[1]), set()).add(table)
    return seen


def kill_during_scans(assay, s3, source, delays):
    """Kills the server so many seconds after the start of a scan each; every scan must come out whole and once."""
    for delay in delays:
        operation = assay.ok("POST", "/operations/run", {"type": "scan", "datastore_id": source, **ALL_ROWS})
        time.sleep(delay)
        assay.kill()
        assay.start()
        done = assay.wait(operation["id"])
        assert done["result"] == "success", done
        assert visible(s3)[operation["id"]] == set(TABLES)
        commit = json.loads((s3.bucket_path("results") / f"quality/lake/_commits/op-{operation['id']}.json").read_text())
        assert commit
        found = duckdb.sql(f"SELECT count(DISTINCT ANOMALY_UUID) FROM read_parquet('{s3.bucket_path('results')}/quality/lake/failed_checks/*/op-{operation['id']}-*.parquet')").fetchone()[0]
        assert found == done["status"]["anomalies_identified"]
    # What was staged and never committed is gone: no upload is left on the server.
    pending = [p for p in (s3.bucket_path("results") / ".sgwtmp/multipart").rglob("*") if p.is_file()]
    assert pending == []


def test_a_run_that_is_killed_anywhere_is_completed_at_the_next_start_and_counted_once(assay, s3, lake):
    source, _ = lake
    assay.run(type="profile", datastore_id=source)
    chance = random.Random(20260131)
    kill_during_scans(assay, s3, source, [0.02, 0.3, 0.6, 0.9, 1.2, 1.6] + [chance.uniform(0.1, 2) for _ in range(2)])


def test_a_reader_during_a_run_sees_nothing_of_it_before_its_commit(assay, s3, lake):
    source, _ = lake
    assay.run(type="profile", datastore_id=source)
    operation = assay.ok("POST", "/operations/run", {"type": "scan", "datastore_id": source, **ALL_ROWS})
    first_seen, completed = None, None
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        seen = visible(s3).get(operation["id"], set())
        if seen and first_seen is None:
            first_seen = time.monotonic()
        if seen == set(TABLES):
            completed = time.monotonic()
            break
        time.sleep(0.005)
    assert completed is not None and completed - first_seen < 2  # one short window
    assert assay.wait(operation["id"])["result"] == "success"


def test_an_aborted_scan_leaves_nothing(assay, s3, lake):
    source, _ = lake
    # Enough rows that the scan cannot be over before the request to stop it arrives.
    many = s3.bucket_path("lake") / "many"
    many.mkdir()
    duckdb.sql(f"COPY (SELECT i AS id, 'k' || (i % 1000003) AS key FROM range(20000000) t(i)) TO '{many}/many_1.parquet' (FORMAT parquet)")
    assay.run(type="sync", datastore_id=source)
    container = next(c for c in assay.items(f"/containers?datastore={source}") if c["name"].startswith("many"))
    assay.ok("POST", "/quality-checks", {"container_id": container["id"], "rule": "unique", "fields": ["key"], "properties": {}, "coverage": 1,
                                         "description": "keys", "tags": []})
    operation = assay.ok("POST", "/operations/run", {"type": "scan", "datastore_id": source, **ALL_ROWS})
    while assay.ok("GET", f"/operations/{operation['id']}")["start_time"] is None:
        time.sleep(0.01)
    asked = time.monotonic()
    assay.ok("PUT", f"/operations/abort/{operation['id']}")
    done = assay.wait(operation["id"])
    assert done["result"] == "aborted" and time.monotonic() - asked < 5
    assert operation["id"] not in visible(s3)


def test_damaged_and_disagreeing_files_are_reported_and_the_others_are_scanned(assay, s3, lake):
    source, _ = lake
    orders = next((s3.bucket_path("lake") / "orders").glob("*/orders_*.parquet")).parent
    whole = next(orders.glob("orders_*.parquet")).read_bytes()
    (orders / "orders_7.parquet").write_bytes(whole[: len(whole) // 2])
    duckdb.sql(f"COPY (SELECT 1 AS something_else) TO '{orders}/orders_8.parquet' (FORMAT parquet)")
    (s3.bucket_path("lake") / "customers/customers_9.csv").write_text("customer_id,full_name\n1,a,b,c,d\n")
    assay.run(type="sync", datastore_id=source)
    profile = assay.run(type="profile", datastore_id=source)
    assert profile["result"] == "success" and profile["status"]["records_processed"] == 110000
    told = json.dumps(profile)
    for name in ("orders_7.parquet", "orders_8.parquet", "customers_9.csv"):
        assert name in told, told[:3000]


def test_a_file_that_is_gone_since_the_sync_is_not_looked_for(assay, s3, lake):
    source, _ = lake
    before = assay.run(type="profile", datastore_id=source)["status"]["records_processed"]
    gone = next((s3.bucket_path("lake") / "events").glob("events_*.ndjson"))
    rows = len(gone.read_text().splitlines())
    gone.unlink()
    profile = assay.run(type="profile", datastore_id=source)
    assert (profile["result"], profile["status"]["records_processed"]) == ("success", before - rows)
