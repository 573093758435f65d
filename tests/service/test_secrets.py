"""Connections whose properties come from HashiCorp Vault or AWS Secrets Manager."""
import json
import sqlite3
import urllib.error
import urllib.request

import pytest

import aws
import server


class Vault:
    """Vault with KV version 2 at secret/, version 1 at kv1/, an AppRole and a user who may read below s3 in both."""

    def __init__(self):
        self.service = server.Service("vault")
        self.url, self.token = self.service.facts["VAULT_ADDR"], self.service.facts["VAULT_TOKEN"]
        self.call("POST", "sys/mounts/kv1", {"type": "kv", "options": {"version": "1"}})
        self.call("POST", "sys/auth/approle", {"type": "approle"})
        self.call("POST", "sys/auth/userpass", {"type": "userpass"})
        rules = 'path "secret/data/s3" { capabilities = ["read"] }\npath "kv1/s3" { capabilities = ["read"] }'
        self.call("PUT", "sys/policies/acl/reader", {"policy": rules})
        self.call("POST", "auth/approle/role/assay", {"token_policies": "reader"})
        self.role_id = self.call("GET", "auth/approle/role/assay/role-id")["data"]["role_id"]
        self.secret_id = self.call("POST", "auth/approle/role/assay/secret-id")["data"]["secret_id"]
        self.password = "userpass-password-5577"
        self.call("POST", "auth/userpass/users/assay", {"password": self.password, "token_policies": "reader"})

    def call(self, method, path, body=None):
        request = urllib.request.Request(f"{self.url}/v1/{path}", method=method, data=None if body is None else json.dumps(body).encode(),
                                         headers={"X-Vault-Token": self.token})
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def put(self, values, version=2):
        self.call("POST", "secret/data/s3" if version == 2 else "kv1/s3", {"data": values} if version == 2 else values)

    def manager(self, version=2, **changes):
        return {"login_url": f"{self.url}/v1/auth/approle/login",
                "credentials_payload": json.dumps({"role_id": self.role_id, "secret_id": self.secret_id}),
                "secret_url": f"{self.url}/v1/{'secret/data/s3' if version == 2 else 'kv1/s3'}"} | changes

    def stop(self):
        self.service.stop()


@pytest.fixture
def vault():
    running = Vault()
    yield running
    running.stop()


def values(s3):
    return {"bucket": "lake", "access_key": s3.access_key, "secret_key": s3.secret_key, "endpoint": s3.endpoint}


def connection(manager, **changes):
    return {"name": "lake", "type": "s3", "uri": "s3://${bucket}", "access_key": "${access_key}", "secret_key": "${secret_key}",
            "parameters": {"endpoint": "${endpoint}"}, "secrets_manager": manager} | changes


def attempt(assay, tried):
    status, answer = assay.call("POST", "/datastores/connection", {"name": "lake", "teams": ["Public"], "root_path": "/", "connection": tried})
    assert status in (204, 400), (status, answer)
    return answer and answer["message"]


def test_both_versions_of_kv_and_both_logins(assay, s3, vault):
    vault.put(values(s3))
    vault.put(values(s3), version=1)
    assert attempt(assay, connection(vault.manager())) is None
    assert attempt(assay, connection(vault.manager(data_jsonpath="$.data.data"))) is None
    assert attempt(assay, connection(vault.manager(version=1))) is None
    user = {"login_url": f"{vault.url}/v1/auth/userpass/login/assay", "credentials_payload": {"password": vault.password}}
    assert attempt(assay, connection(vault.manager(**user, headers={"X-Vault-Namespace": "team"}))) is None


def test_a_scan_reads_the_secret_each_time_and_shows_none(assay, s3, vault):
    vault.put(values(s3))
    made = assay.ok("POST", "/datastores", {"name": "lake", "teams": ["Public"], "trigger_catalog": False, "root_path": "/",
                                            "connection": connection(vault.manager())})
    for operation in ("sync", "profile"):
        assert assay.run(type=operation, datastore_id=made["id"])["result"] == "success"
    # Keys that were rotated take effect without an edit, wrong ones as well as right ones.
    vault.put(values(s3) | {"secret_key": "rotated-to-a-wrong-one"})
    scan = assay.run(type="scan", datastore_id=made["id"])
    assert scan["result"] == "failure" and "secret access key" in json.dumps(scan)
    vault.put(values(s3))
    assert assay.run(type="scan", datastore_id=made["id"])["result"] == "success"

    shown = assay.items("/connections")[0]
    assert shown["secrets_manager"]["token_header_name"] == "X-Vault-Token" and "credentials_payload" not in shown["secrets_manager"]
    changed = assay.ok("PUT", f"/connections/{shown['id']}", {"name": "renamed", "secrets_manager": shown["secrets_manager"]})
    assert changed["name"] == "renamed" and attempt(assay, connection(vault.manager())) is None
    assert assay.run(type="scan", datastore_id=made["id"])["result"] == "success"

    assay.stop()
    dump = "\n".join("\n".join(sqlite3.connect(file).iterdump()) for file in assay.data.rglob("*.db"))
    assert "credentials" not in dump or vault.secret_id not in dump
    for text in (dump, *assay.bodies, (assay.data.parent / "serve.log").read_text()):
        for secret in (vault.secret_id, s3.secret_key, "rotated-to-a-wrong-one"):
            assert secret not in text


def test_what_is_missing_or_refused_is_said(assay, s3, vault):
    vault.put({key: value for key, value in values(s3).items() if key != "secret_key"})
    missing = attempt(assay, connection(vault.manager()))
    assert missing.startswith("secret_key: ") and "${secret_key}" in missing and "it has: access_key, bucket, endpoint" in missing

    vault.put(values(s3))
    payload = json.dumps({"role_id": vault.role_id, "secret_id": "wrong"})
    assert "refuses the login" in attempt(assay, connection(vault.manager(credentials_payload=payload)))
    assert "no such method" in attempt(assay, connection(vault.manager(login_url=f"{vault.url}/v1/auth/none/login")))
    assert "grant read" in attempt(assay, connection(vault.manager(secret_url=f"{vault.url}/v1/secret/data/other")))
    assert "check data_jsonpath" in attempt(assay, connection(vault.manager(data_jsonpath="$.none")))
    assert "check token_jsonpath" in attempt(assay, connection(vault.manager(token_jsonpath="$.none")))

    vault.call("DELETE", "secret/data/s3")
    gone = attempt(assay, connection(vault.manager()))
    assert "uri: cannot resolve ${bucket}" in gone and "it was deleted" in gone

    vault.call("PUT", "sys/seal")
    assert "sealed" in attempt(assay, connection(vault.manager()))
    assert "nothing answers there" in attempt(assay, connection(vault.manager(login_url="http://127.0.0.1:9/v1/login")))


def test_aws_secrets_manager_is_another_store(tmp_path, s3, monkeypatch):
    cloud = server.Service("ministack", MINISTACK_AUTH="true")
    try:
        endpoint, root = cloud.facts["AWS_ENDPOINT_URL"], ("test", "test")
        made = {"Name": "lake", "SecretString": json.dumps(values(s3))}
        assert aws.call(endpoint, "secretsmanager", root, made, target="secretsmanager.CreateSecret")[0] == 200
        aws.call(endpoint, "iam", root, {"Action": "CreateUser", "UserName": "base", "Version": "2010-05-08"})
        key = aws.call(endpoint, "iam", root, {"Action": "CreateAccessKey", "UserName": "base", "Version": "2010-05-08"})[1]
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key.split("<AccessKeyId>")[1].split("<")[0])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key.split("<SecretAccessKey>")[1].split("<")[0])
        assay = server.AssayServer(tmp_path / "state")
        manager = {"type": "aws", "secret_id": "lake", "region": "us-east-1", "endpoint": endpoint}
        assert "grant secretsmanager:GetSecretValue" in attempt(assay, connection(manager))
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]}
        aws.call(endpoint, "iam", root, {"Action": "PutUserPolicy", "UserName": "base", "PolicyName": "allow", "PolicyDocument": json.dumps(policy),
                                         "Version": "2010-05-08"})
        assert attempt(assay, connection(manager)) is None
        gone = attempt(assay, connection(manager | {"secret_id": "none"}))
        assert "uri: cannot resolve ${bucket}" in gone and "no such secret" in gone
        assay.stop()
    finally:
        cloud.stop()
