"""IAM_ROLE against a real STS: each refusal has its own message, and a scan outlives its temporary keys."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import duckdb
import pytest

import aws
import server

HERE = pathlib.Path(__file__).parent
ROOT_KEYS = ("test", "test")
ACCOUNT = "000000000000"


class Cloud:
    """MiniStack with a bucket "lake", a user "base" who may assume roles, a user "poor" who may not, and roles that read the bucket."""

    def __init__(self, **environment):
        self.service = server.Service("ministack", MINISTACK_AUTH="true", **environment)
        self.endpoint = self.service.facts["AWS_ENDPOINT_URL"]
        assert aws.call(self.endpoint, "s3", ROOT_KEYS, method="PUT", path="/lake", content=b"")[0] == 200
        self.base, self.poor = self.make_user("base"), self.make_user("poor")
        self.allow("User", "base", "sts:AssumeRole", "*")
        self.make_role("reader", "base", external_id="tenant-42")
        self.make_role("plain", "base")
        self.make_role("foreign", "poor")

    def iam(self, **parameters):
        status, text = aws.call(self.endpoint, "iam", ROOT_KEYS, {"Version": "2010-05-08", **parameters})
        assert status == 200, text
        return text

    def make_user(self, name):
        self.iam(Action="CreateUser", UserName=name)
        return keys_in(self.iam(Action="CreateAccessKey", UserName=name))

    def allow(self, kind, name, actions, resources):
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resources}]}
        self.iam(Action=f"Put{kind}Policy", PolicyName="allow", PolicyDocument=json.dumps(policy), **{f"{kind}Name": name})

    def make_role(self, name, user, external_id=None):
        trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/{user}"}, "Action": "sts:AssumeRole"}
        if external_id:
            trust["Condition"] = {"StringEquals": {"sts:ExternalId": external_id}}
        self.iam(Action="CreateRole", RoleName=name,
                 AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}))
        self.allow("Role", name, ["s3:Get*", "s3:List*"], ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"])

    def put(self, key, content):
        status, text = aws.call(self.endpoint, "s3", ROOT_KEYS, method="PUT", path=f"/lake/{key}", content=content)
        assert status == 200, text

    def assume(self, role, seconds, external_id=None):
        parameters = {"Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": arn(role), "RoleSessionName": "test",
                      "DurationSeconds": str(seconds)} | ({"ExternalId": external_id} if external_id else {})
        status, text = aws.call(self.endpoint, "sts", self.base, parameters)
        assert status == 200, text
        return keys_in(text)

    def connection(self, keys=None, **parameters):
        keys = keys or self.base
        given = {"authentication_type": "IAM_ROLE", "endpoint": self.endpoint, "sts_endpoint": self.endpoint, "region": "us-east-1"} | parameters
        return {"name": "lake", "type": "s3", "uri": "s3://lake", "access_key": keys[0], "secret_key": keys[1],
                **({"session_token": keys[2]} if len(keys) == 3 else {}), "parameters": given}

    def stop(self):
        self.service.stop()


def arn(role):
    return f"arn:aws:iam::{ACCOUNT}:role/{role}"


def keys_in(xml):
    found = [re.search(f"<{name}>(.*?)</{name}>", xml) for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")]
    return tuple(match[1] for match in found if match)


@pytest.fixture
def cloud():
    running = Cloud()
    running.put("orders/orders_1.csv", b"id,amount\n1,10\n2,20\n3,\n")
    yield running
    running.stop()


def attempt(assay, connection):
    """The message of a connection test that fails; None if all is well."""
    status, answer = assay.call("POST", "/datastores/connection", {"name": "lake", "teams": ["Public"], "root_path": "/", "connection": connection})
    assert status in (204, 400), (status, answer)
    return answer and answer["message"]


def test_a_role_is_assumed_and_its_bucket_is_scanned(assay, cloud):
    connection = cloud.connection(role_arn=arn("reader"), external_id="tenant-42", session_name="quality", duration_seconds=900)
    assert attempt(assay, connection) is None
    made = assay.ok("POST", "/datastores", {"name": "lake", "teams": ["Public"], "trigger_catalog": False, "root_path": "/", "connection": connection})
    for operation in ("sync", "profile", "scan"):
        assert assay.run(type=operation, datastore_id=made["id"])["result"] == "success"
    assert [c["name"] for c in assay.items(f"/containers?datastore={made['id']}")]
    shown = assay.ok("GET", f"/connections/{made['connection_id'] if 'connection_id' in made else made['connection']['id']}")
    assert shown["parameters"]["role_arn"] == arn("reader") and cloud.base[1] not in json.dumps(shown)


def test_each_refusal_has_its_own_message(assay, cloud):
    def refusal(**changes):
        message = attempt(assay, cloud.connection(**({"role_arn": arn("reader"), "external_id": "tenant-42"} | changes)))
        assert message, changes
        for secret in (cloud.base[1], cloud.poor[1]):
            assert secret not in message
        return message

    caller = f"caller arn:aws:iam::{ACCOUNT}:user/base"
    messages = {
        "no such role": (refusal(role_arn=arn("none")), ["either there is no such role", arn("none"), caller]),
        "missing external id": (refusal(external_id=""), ["none is given (external_id)", arn("reader"), caller]),
        "wrong external id": (refusal(external_id="tenant-41"), ["another external id than the one given", arn("reader"), caller]),
        "trusts another": (refusal(role_arn=arn("foreign")), ["trust policy does not name the caller", arn("foreign"), caller]),
        "wrong secret": (refusal(keys=(cloud.base[0], "x" * 40)), ["secret access key", arn("reader")]),
        "unknown key": (refusal(keys=("AKIA" + "X" * 16, "x" * 40)), ["access key id is not known", arn("reader")]),
        "no right": (refusal(keys=cloud.poor, role_arn=arn("foreign"), external_id=""), [arn("foreign"), "user/poor"]),
    }
    short = cloud.assume("plain", 2)
    time.sleep(3)
    messages["expired"] = (refusal(keys=short), ["session token has expired", arn("reader")])
    cloud.iam(Action="UpdateAccessKey", UserName="base", AccessKeyId=cloud.base[0], Status="Inactive")
    messages["revoked"] = (refusal(), ["was deactivated or deleted", arn("reader")])
    for name, (message, parts) in messages.items():
        for part in parts:
            assert part in message, (name, part, message)
    assert messages["missing external id"][0] != messages["wrong external id"][0]


def test_a_role_that_lacks_a_right_is_told_from_a_role_that_cannot_be_assumed(assay, cloud):
    cloud.make_role("blind", "base")
    cloud.allow("Role", "blind", ["s3:ListBucket"], ["arn:aws:s3:::other"])
    message = attempt(assay, cloud.connection(role_arn=arn("blind")))
    assert "s3:ListBucket" in message and "cannot be assumed" not in message


def test_a_clock_that_is_wrong_is_to_blame(assay):
    cloud = Cloud(MINISTACK_CLOCK_AHEAD="3600")
    try:
        message = attempt(assay, cloud.connection(role_arn=arn("plain")))
        assert "this machine's clock is wrong (60 minutes behind the server's); set it" in message
    finally:
        cloud.stop()


def front(script, *arguments, **environment):
    port = server.free_port()
    process = subprocess.Popen([sys.executable, HERE / script, str(port), *map(str, arguments)], env=os.environ | environment)
    deadline = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return process, f"http://127.0.0.1:{port}"
        except urllib.error.HTTPError:
            return process, f"http://127.0.0.1:{port}"
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)


def test_a_scan_outlives_its_keys_three_times(assay, cloud, tmp_path):
    life, log = 15, tmp_path / "sts.log"
    # A server that does not refuse old keys would make this test pass for nothing.
    old = cloud.assume("plain", 1)
    time.sleep(2)
    assert "ExpiredToken" in aws.call(cloud.endpoint, "s3", old, method="GET", path="/lake/orders/orders_1.csv", content=b"")[1]

    parts = 64
    for part in range(parts):
        path = tmp_path / f"readings_{part}.parquet"
        duckdb.sql(f"COPY (SELECT {part} * 1000 + i AS id, i % 7 AS reading FROM range(1000) t(i)) TO '{path}' (FORMAT parquet)")
        cloud.put(f"readings/readings_{part}.parquet", path.read_bytes())
    sts, sts_url = front("sts_front.py", cloud.endpoint, life, log, AWS_ACCESS_KEY_ID=cloud.base[0], AWS_SECRET_ACCESS_KEY=cloud.base[1])
    slow, slow_url = front("slow_front.py", cloud.endpoint, 0.01)
    try:
        connection = cloud.connection(role_arn=arn("plain"), sts_endpoint=sts_url, endpoint=slow_url)
        made = assay.ok("POST", "/datastores", {"name": "lake", "teams": ["Public"], "trigger_catalog": False, "root_path": "/readings",
                                                "connection": connection})
        assert assay.run(type="sync", datastore_id=made["id"])["result"] == "success"
        assert assay.run(type="profile", datastore_id=made["id"])["result"] == "success"
        slow.terminate()
        slow.wait()
        port = slow_url.rsplit(":", 1)[1]
        slow = subprocess.Popen([sys.executable, HERE / "slow_front.py", port, cloud.endpoint, "1.6"])  # 32 times that for 64 files
        log.unlink()
        started = time.monotonic()
        scan = assay.run(type="scan", datastore_id=made["id"])
        took = time.monotonic() - started
        assert scan["result"] == "success", scan
        assert scan["status"]["records_processed"] == parts * 1000, scan
        calls = log.read_text().splitlines()
        assert took > 3 * life, f"the scan took only {took:.0f} s"
        # One for each ten seconds, in which two thirds of a life go by, however many requests ran.
        assert took / life < len(calls) < took / 10 + 3, (took, calls)
    finally:
        sts.terminate()
        slow.terminate()
