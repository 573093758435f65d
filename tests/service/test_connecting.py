"""Connecting S3 step by step, as people do it with the forms: first the older steps, then the newer ones, then managing connections."""
import json

import duckdb


def test_a_source_with_a_new_connection_and_a_new_enrichment_datastore(assay, s3):
    # Credentials, then "Test Connection": nothing is kept of it.
    source = {"name": "orders", "teams": ["Public"], "trigger_catalog": True, "root_path": "/", "enrich_only": False,
              "connection": s3.connection("lake", "lake")}
    assert assay.call("POST", "/datastores/connection", source) == (204, None)
    assert assay.items("/datastores") == [] and assay.items("/connections") == []
    # "Next": the source is made and cataloged.
    made = assay.ok("POST", "/datastores", source)
    assert (made["name"], made["type"], made["store_type"], made["connected"], made["enrichment_only"]) == ("orders", "s3", "dfs", True, False)
    assert "secret_key" not in str(made)
    found = assay.wait(assay.ok("GET", f"/datastores/{made['id']}")["latest_operation"]["id"])
    assert (found["type"], found["result"]) == ("sync", "success") and assay.items(f"/containers?datastore={made['id']}")
    # The enrichment datastore: its own test also writes, and removes what it wrote.
    target = {"name": "results", "teams": ["Public"], "trigger_catalog": True, "root_path": "/quality", "enrich_only": True,
              "connection": s3.connection("results", "results")}
    assert assay.call("POST", "/datastores/connection", target) == (204, None)
    assert [f for f in s3.bucket_path("results").rglob("*") if f.is_file()] == []
    enrichment = assay.ok("POST", "/datastores", target)
    assert enrichment["enrichment_only"] is True
    assay.ok("PATCH", f"/datastores/{made['id']}/enrichment/{enrichment['id']}")
    linked = assay.ok("PUT", f"/datastores/{made['id']}", {"enrichment_prefix": "Lake Orders"})
    assert linked["enrichment_prefix"] == "_lake_orders"
    # The source's page, where operations are run.
    assert assay.run(type="profile", datastore_id=made["id"])["result"] == "success"
    assert assay.run(type="scan", datastore_id=made["id"])["result"] == "success"
    folder = s3.bucket_path("results") / "quality/lake_orders"
    assert duckdb.sql(f"SELECT count(*) FROM read_parquet('{folder}/check_metrics/*/*.parquet')").fetchone()[0] > 0


def test_existing_connections_and_enrichment_datastores_are_used_again(assay, s3):
    first = assay.ok("POST", "/datastores", {"name": "first", "teams": ["Public"], "trigger_catalog": False, "root_path": "/",
                                             "enrichment_only": False, "connection": s3.connection("lake", "lake")})
    results = assay.ok("POST", "/datastores", {"name": "results", "teams": ["Public"], "trigger_catalog": False, "root_path": "/",
                                               "enrichment_only": True, "connection": s3.connection("results", "results")})
    lake = first["connection"]["id"] if "connection" in first else assay.ok("GET", f"/datastores/{first['id']}")["connection"]["id"]
    # Only root path, name, teams and sync are chosen; another root path than that of the first datastore.
    second = {"name": "second", "teams": ["Public"], "trigger_catalog": True, "root_path": "/orders/", "enrichment_only": False,
              "connection_id": lake, "enrichment_datastore_id": results["id"], "enrichment_prefix": "second"}
    assert assay.call("POST", "/datastores/connection", second) == (204, None)
    made = assay.ok("POST", "/datastores", second)
    shown = assay.ok("GET", f"/datastores/{made['id']}")
    assert (shown["root_path"], shown["connection"]["id"], shown["enrichment_prefix"]) == ("/orders/", lake, "_second")
    status, refused = assay.call("PUT", f"/datastores/{first['id']}", {"enrichment_datastore_id": results["id"], "enrichment_prefix": "Second"})
    assert status == 409 and "second" in refused["message"], refused
    # The target's teams, URI and root path are shown to whoever picks it.
    picked = assay.ok("GET", f"/datastores/{results['id']}")
    assert (picked["root_path"], [team["name"] for team in picked["teams"]]) == ("/", ["Public"])
    assert assay.ok("GET", f"/connections/{picked['connection']['id']}")["uri"] == "s3://results"


def test_connections_are_managed(assay, s3):
    # The bucket is all that a URI names; the folder is the datastore's.
    status, refused = assay.call("POST", "/connections", s3.connection("lake", "lake", uri="s3://lake/orders"))
    assert status in (400, 422) and "root path" in refused["message"].lower().replace("_", " "), refused
    lake = assay.ok("POST", "/connections", s3.connection("lake", "lake", uri="S3://lake"))
    assert (lake["name"], lake["type"], "secret_key" in lake) == ("lake", "s3", False)
    assert [c["name"] for c in assay.items("/connections?name=lake&type=s3")] == ["lake"]
    assert assay.ok("POST", f"/connections/{lake['id']}/test")["connected"] is True
    users = [assay.ok("POST", "/datastores", {"name": name, "teams": ["Public"], "trigger_catalog": False, "root_path": root,
                                              "connection_id": lake["id"]})["id"] for name, root in (("all", "/"), ("orders", "/orders"))]
    # An edit is tried first, and then is one for all datastores.
    status, refused = assay.call("PUT", f"/connections/{lake['id']}", {"secret_key": "wrong"})
    assert status == 400 and "secret" in refused["message"], refused
    for user in users:
        assert assay.ok("POST", f"/datastores/{user}/connection")["connected"] is True
    assay.ok("PUT", f"/connections/{lake['id']}", {"name": "the lake", "secret_key": s3.secret_key})
    history = assay.ok("GET", f"/connections/{lake['id']}/history")
    entries = history["items"] if isinstance(history, dict) else history
    assert [entry["action"] for entry in entries] == ["update", "create"] and s3.secret_key not in str(entries)
    # It stays as long as a datastore needs it.
    status, refused = assay.call("DELETE", f"/connections/{lake['id']}")
    assert status == 409 and "all" in refused["message"] and "orders" in refused["message"], refused
    for user in users:
        assay.ok("DELETE", f"/datastores/{user}")
    assert assay.call("DELETE", f"/connections/{lake['id']}")[0] == 204
    assert assay.items("/connections") == []


def test_a_new_prefix_takes_the_tables_along(assay, s3, lake):
    source, _ = lake
    results = s3.bucket_path("results") / "quality"
    assay.ok("PUT", f"/datastores/{source}", {"enrichment_prefix": "before"})
    assert assay.run(type="profile", datastore_id=source)["result"] == "success"
    for _ in range(2):
        assert assay.run(type="scan", datastore_id=source)["result"] == "success"
    before = duckdb.sql(f"SELECT * FROM read_parquet('{results}/before/*/*/*.parquet', union_by_name = true) ORDER BY ALL").fetchall()
    assay.ok("PUT", f"/datastores/{source}", {"enrichment_prefix": "after"})
    moves = [o for o in assay.items(f"/operations?datastore={source}&operation_type=move_enrichment")]
    done = assay.wait(moves[0]["id"])
    assert done["result"] == "success" and "files from s3://results/quality/before to after" in done["message"], done
    assert [f for f in (results / "before").rglob("*") if f.is_file()] == []
    after = duckdb.sql(f"SELECT * FROM read_parquet('{results}/after/*/*/*.parquet', union_by_name = true) ORDER BY ALL").fetchall()
    assert after == before and len(after) > 0
    commits = [json.loads(f.read_text()) for f in (results / "after/_commits").iterdir()]
    assert sum(len(c["files"]) for c in commits) == len(list((results / "after").rglob("*.parquet")))
    assert all((results / path).exists() for c in commits for path in c["files"])
    assert assay.run(type="scan", datastore_id=source)["result"] == "success"
    assert len(list((results / "after/_commits").iterdir())) == 3 and len(list(results.iterdir())) <= 2
