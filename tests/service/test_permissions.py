"""The least policy is enough and no more: on a server that checks signatures and IAM policies, as a user who has just that policy."""
import copy
import json
import os
import re
import subprocess
import time

import pytest

import aws
import server
from test_roles import Cloud, arn

USER = "scanner"
DATA = b"id,amount\n1,10\n2,20\n3,\n"


class Lake(Cloud):
    """MiniStack with data below lake/raw/, a user, and a role by which temporary keys are got."""

    def __init__(self, **environment):
        super().__init__(**environment)
        self.user = self.make_user(USER)
        for part in (1, 2):
            self.put(f"raw/orders_{part}.csv", DATA)
        self.put("quality/before.txt", b"x")

    def set_policy(self, *policies):
        statements = [statement for policy in policies for statement in policy["Statement"]]
        self.iam(Action="PutUserPolicy", UserName=USER, PolicyName="least",
                 PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements}))

    def keys_connection(self, keys=None, **parameters):
        keys = keys or self.user
        return {"name": "lake", "type": "s3", "uri": "s3://lake", "access_key": keys[0], "secret_key": keys[1],
                **({"session_token": keys[2]} if len(keys) == 3 else {}),
                "parameters": {"endpoint": self.endpoint, "region": "us-east-1"} | parameters}

    def environment(self, keys=None):
        keys = keys or self.user
        named = dict(zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"), keys))
        return {"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": "us-east-1", "HOME": "/nonexistent"} | named

    def objects(self, prefix):
        listed = aws.call(self.endpoint, "s3", ("test", "test"), method="GET", path="/lake", content=b"")[1]
        return [key for key in re.findall("<Key>(.*?)</Key>", listed) if key.startswith(prefix)]


def run(*arguments, environment=None):
    return subprocess.run([server.ASSAY, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          env=environment or {"PATH": os.environ["PATH"], "HOME": "/nonexistent"})


def policy_for(uri, *options):
    done = run("iam-policy", uri, *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


READ, WRITE = ("s3://lake/raw/",), ("s3://lake/quality/", "--write")


def without(policy, action):
    policy = copy.deepcopy(policy)
    for statement in policy["Statement"]:
        statement["Action"] = [a for a in statement["Action"] if a != action]
    policy["Statement"] = [statement for statement in policy["Statement"] if statement["Action"]]
    return policy


def actions(policy):
    return [action for statement in policy["Statement"] for action in statement["Action"]]


@pytest.fixture
def lake_cloud():
    running = Lake()
    yield running
    running.stop()


def proposal(connection, root_path, enrichment=False):
    return {"name": "lake", "teams": ["Public"], "root_path": root_path, "enrichment_only": enrichment, "connection": connection}


def attempt(assay, connection, root_path="/raw", enrichment=False):
    status, answer = assay.call("POST", "/datastores/connection", proposal(connection, root_path, enrichment))
    assert status in (204, 400), (status, answer)
    return answer


def refused_rights(steps):
    return sorted({step["right"] for step in steps if step["outcome"] == "refused"})


def test_the_least_policy_lets_the_whole_job_pass(assay, lake_cloud):
    lake_cloud.set_policy(policy_for(*READ), policy_for(*WRITE))
    connection = lake_cloud.keys_connection()
    assert attempt(assay, connection) is None
    assert attempt(assay, connection, "/quality", enrichment=True) is None
    source = assay.ok("POST", "/datastores", proposal(connection, "/raw") | {"trigger_catalog": False})
    target = assay.ok("POST", "/datastores", proposal(connection | {"name": "results"}, "/quality", True) | {"name": "results"})
    assert source["connected"] and target["connected"]
    assay.ok("PATCH", f"/datastores/{source['id']}/enrichment/{target['id']}")
    assert assay.run(type="sync", datastore_id=source["id"])["result"] == "success"
    assert assay.run(type="profile", datastore_id=source["id"])["result"] == "success"
    container = assay.items(f"/containers?datastore={source['id']}")[0]
    assay.ok("POST", "/quality-checks", {"rule": "notNull", "container_id": container["id"], "fields": ["amount"], "description": "amount"})
    scan = assay.run(type="scan", datastore_id=source["id"])
    assert scan["result"] == "success", scan
    written = lake_cloud.objects("quality/")
    assert any(key.endswith(".parquet") for key in written) and any("_commits/" in key for key in written), written
    assert scan["message"] is None or "enrichment" not in scan["message"], scan
    assert not [key for key in written if "assay-probe" in key]


def test_the_least_policy_lets_the_command_line_pass(lake_cloud, tmp_path):
    lake_cloud.set_policy(policy_for(*READ), policy_for(*WRITE))
    environment = lake_cloud.environment()
    checks = tmp_path / "checks.yaml"
    assert run("probe", *READ, environment=environment).returncode == 0
    assert run("probe", *WRITE, environment=environment).returncode == 0
    checks.write_text("- rule_type: notNull\n  fields: [amount]\n")
    profiled = run("profile", "s3://lake/raw", environment=environment)
    assert profiled.returncode == 0, profiled.stderr
    scanned = run("scan", "s3://lake/raw", "--checks", checks, "--enrich", "s3://lake/quality/", environment=environment)
    assert scanned.returncode == 1, scanned.stderr
    assert [key for key in lake_cloud.objects("quality/") if key.endswith(".parquet")]


def test_nothing_in_the_least_policy_can_be_left_out(assay, lake_cloud):
    policy = policy_for("s3://lake/quality/", "--write")
    lake_cloud.set_policy(policy)
    connection = lake_cloud.keys_connection()
    datastore = assay.ok("POST", "/datastores", proposal(connection, "/quality", True))
    connection_id = datastore["connection"]["id"] if "connection" in datastore else datastore["connection_id"]
    assert len(actions(policy)) == 8
    for action in actions(policy):
        lake_cloud.set_policy(without(policy, action))
        saved = assay.ok("POST", f"/datastores/{datastore['id']}/connection")
        assert not saved["connected"] and refused_rights(saved["steps"]) == [action], saved
        assert [action] == re.findall(r"s3:\w+", saved["message"])[:1], saved["message"]
        by_connection = assay.ok("POST", f"/connections/{connection_id}/test")
        assert not by_connection["connected"] and refused_rights(by_connection["steps"]) == [action], by_connection
        proposed = attempt(assay, connection, "/quality", enrichment=True)
        assert refused_rights(proposed["steps"]) == [action] and action in proposed["message"], proposed
        failed = [step for step in saved["steps"] if step["outcome"] == "refused"]
        assert all(step["blame"] == "permission" and step["remedy"] for step in failed), failed
        probe = run("probe", *WRITE, "--json", "-", environment=lake_cloud.environment())
        assert probe.returncode == 1 and refused_rights(json.loads(probe.stdout)["steps"]) == [action]
        # What the step names is exactly what is missing.
        lake_cloud.set_policy(without(policy, action), {"Statement": [failed[0]["statement"]]})
        assert assay.ok("POST", f"/datastores/{datastore['id']}/connection")["connected"], action
    for key in lake_cloud.objects("quality/"):
        if "assay-probe" in key:  # left while s3:DeleteObject was denied
            assert key.startswith("quality/.assay-probe-")


def test_reading_needs_no_more_than_the_policy_for_reading(assay, lake_cloud):
    policy = policy_for(*READ)
    for action in actions(policy):
        lake_cloud.set_policy(without(policy, action))
        answer = attempt(assay, lake_cloud.keys_connection())
        assert refused_rights(answer["steps"]) == [action] and action in answer["message"], answer


def test_the_vendors_policies_pass(lake_cloud):
    lake_cloud.set_policy(policy_for("s3://lake", "--vendor"))
    assert run("probe", "s3://lake", environment=lake_cloud.environment()).returncode == 0
    assert run("probe", "s3://lake", "--write", environment=lake_cloud.environment()).returncode == 1
    lake_cloud.set_policy(policy_for("s3://lake", "--vendor", "--write"))
    assert run("probe", "s3://lake", "--write", environment=lake_cloud.environment()).returncode == 0


def test_a_test_saves_nothing(assay, lake_cloud):
    lake_cloud.set_policy(policy_for(*READ), policy_for(*WRITE))
    attempt(assay, lake_cloud.keys_connection())
    attempt(assay, lake_cloud.keys_connection(), "/quality", enrichment=True)
    assert assay.items("/connections") == [] and assay.items("/datastores") == []
    assert lake_cloud.objects("quality/") == ["quality/before.txt"]


def test_each_fault_of_the_keys_has_its_own_message(assay, lake_cloud):
    lake_cloud.set_policy(policy_for(*READ))
    key, secret = lake_cloud.user

    def blamed(keys, **parameters):
        answer = attempt(assay, lake_cloud.keys_connection(keys, **parameters))
        assert secret not in json.dumps(answer)
        failed = [step for step in answer["steps"] if step["outcome"] == "refused"]
        assert len(failed) == 1, answer
        # It is no matter of the action that happened to be tried first.
        assert "s3:ListBucket:" not in answer["message"]
        assert all("would fail alike" in step["detail"] for step in answer["steps"] if step["outcome"] == "skipped")
        return failed[0]["blame"], answer["message"]

    temporary = lake_cloud.assume("plain", 900)
    short = lake_cloud.assume("plain", 1)
    found = {
        "unknown key": blamed(("AKIA" + "X" * 16, secret)),
        "wrong secret": blamed((key, "x" * 40)),
        "blank in secret": blamed((key, secret + " ")),
        "no token": blamed(temporary[:2]),
        "wrong token": blamed((*temporary[:2], "wrong")),
    }
    time.sleep(2)
    found["expired token"] = blamed(short)
    lake_cloud.iam(Action="UpdateAccessKey", UserName=USER, AccessKeyId=key, Status="Inactive")
    found["revoked key"] = blamed((key, secret))
    wanted = {
        "unknown key": ("key", "create a new key pair"),
        "wrong secret": ("signature", "enter the secret access key again"),
        "blank in secret": ("signature", "without blanks"),
        "no token": ("session_token", "give the session token too"),
        "wrong token": ("session_token", "enter the session token again"),
        "expired token": ("session_token", "get new temporary keys"),
        "revoked key": ("key", "that it is active"),
    }
    for name, (blame, part) in wanted.items():
        assert found[name][0] == blame and part in found[name][1], (name, found[name])


def test_a_role_that_cannot_be_assumed_is_the_first_step(assay, lake_cloud):
    def first(**changes):
        given = {"role_arn": arn("reader"), "external_id": "tenant-42"} | changes
        answer = attempt(assay, lake_cloud.connection(**given))
        assert all(step["outcome"] == "skipped" for step in answer["steps"][1:]), answer
        assert answer["steps"][0]["right"] == "sts:AssumeRole", answer
        return answer["steps"][0]

    missing, wrong = first(external_id=""), first(external_id="tenant-41")
    assert (missing["blame"], wrong["blame"]) == ("external_id_missing", "external_id_wrong")
    assert missing["statement"] == {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Resource": [arn("reader")]}
    assert first(keys=("AKIA" + "X" * 16, "x" * 40))["blame"] == "key"
    short = lake_cloud.assume("plain", 1)
    time.sleep(2)
    assert first(keys=short)["blame"] == "session_token"


def test_a_clock_that_is_wrong_is_told_in_seconds(assay):
    cloud = Lake(MINISTACK_CLOCK_AHEAD="3600")
    try:
        cloud.set_policy(policy_for(*READ))
        answer = attempt(assay, cloud.keys_connection())
        assert answer["steps"][0]["blame"] == "clock", answer
        seconds = int(re.search(r"it is (\d+) seconds behind the server's", answer["message"])[1])
        assert 3590 <= seconds <= 3610
    finally:
        cloud.stop()


def test_a_bucket_that_is_not_there(assay, lake_cloud):
    lake_cloud.set_policy(policy_for("s3://lakee"))
    answer = attempt(assay, lake_cloud.keys_connection() | {"uri": "s3://lakee"})
    assert [step["blame"] for step in answer["steps"] if step["outcome"] == "refused"] == ["bucket"], answer
    assert "s3://lakee" in answer["message"]


def bucket_policy(cloud, *statements):
    query = {"policy": ""}
    document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)}).encode()
    status, text = aws.call(cloud.endpoint, "s3", ("test", "test"), method="PUT", path="/lake", query=query, content=document)
    assert status in (200, 204), text


def test_an_explicit_deny_of_the_bucket_or_of_the_identity(assay, lake_cloud):
    lake_cloud.set_policy(policy_for(*READ))
    bucket_policy(lake_cloud, {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::lake/*"})
    answer = attempt(assay, lake_cloud.keys_connection())
    failed = [step for step in answer["steps"] if step["outcome"] == "refused"]
    assert [(step["right"], step["blame"]) for step in failed] == [("s3:GetObject", "bucket_policy")], answer
    assert failed[0]["statement"] is None and "Deny of s3:GetObject out of the bucket's policy" in answer["message"]
    bucket_policy(lake_cloud, {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::000000000000:user/{USER}"}, "Action": "s3:GetObject",
                               "Resource": "arn:aws:s3:::lake/*"})
    lake_cloud.set_policy(policy_for(*READ), {"Statement": [{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*"}]})
    answer = attempt(assay, lake_cloud.keys_connection())
    assert [step["blame"] for step in answer["steps"] if step["outcome"] == "refused"] == ["explicit_deny"], answer
    assert "out of the identity-based policy" in answer["message"]


def test_the_lines_of_a_probe_say_what_to_do(lake_cloud):
    lake_cloud.set_policy(without(policy_for(*READ), "s3:GetObject"))
    done = run("probe", *READ, environment=lake_cloud.environment())
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [re.split(r"\s{2,}", line)[:2] for line in lines[:5]] == [
        ["action", "right"], ["list", "s3:ListBucket"], ["locate", "s3:GetBucketLocation"],
        ["list uploads", "s3:ListBucketMultipartUploads"], ["read", "s3:GetObject"]], done.stdout
    below = "\n".join(lines[5:])
    for part in ("to blame", "(permission)", "remedy", "grant s3:GetObject on arn:aws:s3:::lake/raw/*", '"arn:aws:s3:::lake/raw/*"'):
        assert part in below, done.stdout
    assert "assay iam-policy s3://lake/raw/" in done.stderr


def test_a_path_in_the_uri_belongs_into_the_root_path(assay, lake_cloud):
    lake_cloud.set_policy(policy_for(*READ))
    for uri in ("s3://lake/raw", "S3://lake/raw/"):
        status, answer = assay.call("POST", "/datastores/connection", proposal(lake_cloud.keys_connection() | {"uri": uri}, "/"))
        assert status == 422 and "s3://lake" in answer["message"] and "root_path" in answer["message"], answer
    assert attempt(assay, lake_cloud.keys_connection() | {"uri": "S3://lake/"}) is None


def public(resource, *actions):
    return {"Effect": "Allow", "Principal": "*", "Action": list(actions), "Resource": resource}


def test_a_public_bucket_is_read_anonymously(assay, s3):
    """VersityGW: its bucket policies let anybody in."""
    anonymous = s3.connection("lake", "lake", parameters={"endpoint": s3.endpoint, "authentication_type": "ANONYMOUS"})
    anonymous.pop("access_key"), anonymous.pop("secret_key")
    answer = attempt(assay, anonymous, "/")
    assert answer["steps"][0]["blame"] == "bucket_policy" and answer["steps"][0]["statement"]["Principal"] == "*", answer
    keys = (s3.access_key, s3.secret_key)
    document = {"Version": "2012-10-17", "Statement": [
        public("arn:aws:s3:::lake", "s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"),
        public("arn:aws:s3:::lake/*", "s3:GetObject")]}
    status, text = aws.call(s3.endpoint, "s3", keys, method="PUT", path="/lake", query={"policy": ""}, content=json.dumps(document).encode())
    assert status in (200, 204), text
    outcome = attempt(assay, anonymous, "/")
    assert outcome is None, outcome
    made = assay.ok("POST", "/datastores", proposal(anonymous, "/") | {"trigger_catalog": False})
    assert assay.run(type="sync", datastore_id=made["id"])["result"] == "success"
    assert assay.run(type="profile", datastore_id=made["id"])["result"] == "success"


def test_a_certificate_of_ones_own_needs_its_bundle(assay, sample, tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    store = server.S3Server(["lake"], VGW_CERT=str(certificate), VGW_KEY=str(key))
    try:
        (store.bucket_path("lake") / "a.csv").write_bytes(DATA)
        assert store.endpoint.startswith("https://")
        answer = attempt(assay, store.connection("lake", "lake", parameters={"endpoint": store.endpoint}), "/")
        assert answer["steps"][0]["blame"] == "tls" and "ca_bundle" in answer["message"], answer
        trusted = store.connection("lake", "lake", parameters={"endpoint": store.endpoint, "ca_bundle": str(certificate)})
        assert attempt(assay, trusted, "/") is None
        made = assay.ok("POST", "/datastores", proposal(trusted, "/") | {"trigger_catalog": False})
        assert assay.run(type="sync", datastore_id=made["id"])["result"] == "success"
        assert assay.run(type="profile", datastore_id=made["id"])["result"] == "success"
    finally:
        store.stop()
