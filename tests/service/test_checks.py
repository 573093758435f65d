"""The life of checks over REST: templates, trials, clones, edits of many, tags and weights."""
import json

import pytest

from postgres import container


@pytest.fixture
def orders(assay, s3):
    """(datastore, orders.csv, refunds.csv) with amounts of two regions, one of them negative."""
    folder = s3.bucket_path("empty")
    rows = "".join(f"{i},{'EU' if i % 2 else 'US'},{-5 if i == 8 else i}\n" for i in range(1, 41))
    for file in ("orders", "refunds"):
        (folder / f"{file}.csv").write_text("id,region,amount\n" + rows)
    made = assay.ok("POST", "/datastores", {"name": "files", "root_path": "/", "trigger_sync": True, "connection": s3.connection("files", "empty")})
    assay.wait(made["latest_operation"]["id"])
    return made["id"], container(assay, made["id"], "orders.csv"), container(assay, made["id"], "refunds.csv")


def template(assay, **changes):
    return assay.ok("POST", "/quality-check-templates", {
        "rule": "between", "description": "amount in euros", "filter": "region = each('EU', 'US')", "properties": {"min": 0, "max": 100, "inclusive_min": True,
                                                                                                                  "inclusive_max": True},
        "coverage": 1, "tags": ["finance"], "additional_metadata": {}, "template_locked": True} | changes)


def checks(assay, **filters):
    return assay.items("/quality-checks?" + "&".join(f"{key}={value}" for key, value in filters.items()))


def test_a_locked_template_changes_its_checks_and_an_unlocked_one_does_not(assay, orders):
    datastore, first, second = orders
    locked, free = template(assay), template(assay, template_locked=False, filter=None)
    assay.ok("POST", f"/quality-check-templates/{locked['id']}/quality-checks", [{"container_id": first, "fields": ["amount"]},
                                                                                 {"container_id": second, "fields": ["amount"], "status": "Draft"}])
    assay.ok("POST", f"/quality-check-templates/{free['id']}/quality-checks", [{"container_id": first, "fields": ["id"]}])
    of_locked = checks(assay, template=locked["id"])
    assert sorted((c["container"]["name"], c["filter"], c["status"]) for c in of_locked) == [
        ("orders.csv", "region = 'EU'", "Active"), ("orders.csv", "region = 'US'", "Active"),
        ("refunds.csv", "region = 'EU'", "Draft"), ("refunds.csv", "region = 'US'", "Draft")]
    status, answer = assay.call("PUT", f"/quality-checks/{of_locked[0]['id']}", {"properties": {"min": 1, "max": 2}})
    assert status == 422 and "locked template" in json.dumps(answer), answer

    operation = assay.run(type="scan", datastore_id=datastore)
    assert operation["result"] == "success", operation
    failed, = [a for a in assay.items(f"/anomalies?datastore={datastore}")]
    assert [(f["rule_type"], "amount" in f["message"]) for f in failed["failed_checks"]] == [("between", True)]

    body = {"rule": "between", "description": "amount in euros", "filter": "region = each('US', 'ASIA')",
            "properties": {"min": -10, "max": 100, "inclusive_min": True, "inclusive_max": True}, "coverage": 1, "tags": ["finance", "gold"],
            "additional_metadata": {}, "template_locked": True}
    assay.ok("PUT", f"/quality-check-templates/{locked['id']}", body)
    changed = checks(assay, template=locked["id"])
    assert {(c["container"]["name"], c["filter"]) for c in changed} == {(file, f"region = '{region}'") for file in ("orders.csv", "refunds.csv")
                                                                        for region in ("US", "ASIA")}
    assert all(c["properties"]["min"] == -10 and sorted(t["name"] for t in c["global_tags"]) == ["finance", "gold"] for c in changed)
    assay.ok("PUT", f"/quality-check-templates/{free['id']}", body | {"filter": None, "template_locked": False})
    independent, = checks(assay, template=free["id"])
    assert independent["properties"]["min"] == 0 and "gold" in [t["name"] for t in independent["global_tags"]]
    assert assay.call("DELETE", f"/quality-check-templates/{free['id']}")[0] == 204
    assert assay.ok("GET", f"/quality-checks/{independent['id']}")["id"] == independent["id"]


def test_a_trial_says_what_a_scan_would_and_stores_nothing(assay, orders):
    datastore, first, _ = orders
    proposed = {"container_id": first, "rule": "notNegative", "fields": ["amount"], "properties": {}, "description": "", "coverage": 1}
    tried = assay.ok("POST", "/quality-checks/validate", {"quality_check": proposed})
    assert tried["assertion_result"] == "failed" and len(tried["anomalies"]) == 1, tried
    assert assay.items(f"/anomalies?datastore={datastore}") == [] and checks(assay, container=first) == []
    saved = assay.ok("POST", "/quality-checks", proposed | {"filter": "amount > {{ least }}", "status": "Draft"})
    again = assay.ok("POST", f"/quality-checks/{saved['id']}/dry-run", {"check_variables": {"least": "0"}})
    assert again["assertion_result"] == "passed", again
    assert assay.ok("POST", f"/quality-checks/{saved['id']}/dry-run", {"check_variables": {"least": "-100"}})["assertion_result"] == "failed"
    status, answer = assay.call("POST", "/quality-checks/validate", {"quality_check": proposed | {"fields": ["none"]}})
    assert status == 422 and "none" in json.dumps(answer), answer
    assert assay.items("/operations?")[0]["type"] == "sync"


def test_checks_are_cloned_edited_together_and_weighed_by_tags(assay, orders):
    _, first, second = orders
    made = assay.ok("POST", "/quality-checks", {"container_id": first, "rule": "notNull", "fields": ["id"], "properties": {}, "description": "ids",
                                                "coverage": 1, "tags": ["gold"]})
    status, answer = assay.call("POST", f"/quality-checks/{made['id']}/clone", {})
    assert status == 409, answer
    clone = assay.ok("POST", f"/quality-checks/{made['id']}/clone", {"container_id": second})
    assert (clone["status"], clone["container"]["id"], clone["rule_type"]) == ("Draft", second, "notNull")
    assay.ok("PUT", "/global-tags/gold", {"name": "gold", "color": "#aa8800", "weight_modifier": 7})
    assert assay.ok("GET", f"/quality-checks/{made['id']}")["weight"] - made["weight"] == 7
    status, answer = assay.call("PATCH", "/quality-checks", [{"id": made["id"], "status": "Draft"}, {"id": clone["id"], "status": "Gone"}])
    assert status == 422, answer
    assert assay.ok("GET", f"/quality-checks/{made['id']}")["status"] == "Active"
    assay.ok("PATCH", "/quality-checks", [{"id": made["id"], "status": "Draft"}, {"id": clone["id"], "status": "Active", "tags": ["silver"]}])
    assert {c["id"]: c["status"] for c in checks(assay, sort_weight="desc")} == {made["id"]: "Draft", clone["id"]: "Active"}
