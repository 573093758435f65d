"""Nothing that the program keeps, prints or answers contains a secret that was given to it."""
import base64
import json
import pathlib
import subprocess
import urllib.parse

import server

SECRETS = {
    "secret key": server.S3Server.secret_key,
    "session token": "session-token-4711-abcdefgh",
    "payload of the secret store": "approle-secret-id-8812",
    "password of a user": "a long password of bert",
}


def spellings(secret):
    """A secret as it may stand in other formats: raw, in a URL, in base64 at each of its three alignments."""
    yield secret.encode()
    yield urllib.parse.quote(secret, safe="").encode()
    for shift in range(3):
        encoded = base64.b64encode(b"x" * shift + secret.encode())
        yield encoded[4 if shift else 0:len(encoded) // 4 * 4 - 4]


def everything(assay, folder):
    """(where, bytes) of all that the server has written, shows the system, or answers."""
    for file in pathlib.Path(folder).rglob("*"):
        if file.is_file() and file.name != "master.key":
            yield str(file), file.read_bytes()
    process = pathlib.Path(f"/proc/{assay.process.pid}")
    yield "command line", (process / "cmdline").read_bytes()
    yield "environment", (process / "environ").read_bytes()
    for path in ("/connections", "/datastores", "/operations", "/anomalies", "/quality-checks", "/containers", "/audit", "/users", "/user-tokens",
                 "/audit/export?format=csv", "/audit/export?format=jsonl", "/connections/1", "/connections/1/history", "/openapi.json"):
        status, _ = assay.call("GET", path)
        assert status in (200, 404), path
    for i, body in enumerate(assay.bodies):
        yield f"answer {i}: {body[:60]}", body.encode()


def test_no_secret_is_anywhere(assay, s3, lake, tmp_path):
    source, target = lake
    bert = assay.ok("POST", "/users", {"name": "bert", "password": SECRETS["password of a user"]})
    # A connection of each kind of secret; those that do not work leave their errors behind.
    broken = s3.connection("broken", "lake", secret_key="not-" + s3.secret_key,
                           parameters={"endpoint": s3.endpoint, "session_token": SECRETS["session token"]})
    for body in (broken, s3.connection("vault", "lake", secret_key="${secret_key}", secrets_manager={
            "login_url": "http://127.0.0.1:9/login", "secret_url": "http://127.0.0.1:9/secret",
            "credentials_payload": json.dumps({"secret_id": SECRETS["payload of the secret store"]})})):
        status, _ = assay.call("POST", "/datastores/connection", {"name": "x", "teams": ["Public"], "root_path": "/", "connection": body})
        assert status == 400
        status, _ = assay.call("POST", "/connections", body)
        assert status in (201, 400, 422)
    first = assay.ok("GET", "/connections?size=1")["items"][0]
    assay.call("PUT", f"/connections/{first['id']}", s3.connection("lake", "lake", secret_key="wrong-" + s3.secret_key))
    assert assay.run(type="profile", datastore_id=source)["result"] == "success"
    assert assay.run(type="scan", datastore_id=source)["result"] == "success"
    assay.call("POST", "/login", {"username": "bert", "password": "wrong-" + SECRETS["password of a user"]})
    status, session = assay.call("POST", "/login", {"username": "bert", "password": SECRETS["password of a user"],
                                                    "new_password": SECRETS["password of a user"] + " 2"})
    assert status == 200
    secrets = SECRETS | {"token": assay.token.split(".")[2], "session": session["token"].split(".")[2]}
    shown_once = [body for body in assay.bodies if session["token"] in body]
    assert len(shown_once) == 1 and bert["name"] == "bert"
    assay.bodies.remove(shown_once[0])

    looked_at = 0
    for where, content in everything(assay, tmp_path):
        looked_at += len(content)
        for name, secret in secrets.items():
            assert not any(spelling in content for spelling in spellings(secret)), f"the {name} is in {where}"
    for file in s3.bucket_path("results").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(secret.encode() in content for secret in secrets.values()), file
    assert looked_at > 100_000


def test_looking_finds_what_is_there():
    for text in (b"..a long password of bert..", base64.b64encode(b'{"password":"a long password of bert"}'), b"p=a%20long%20password%20of%20bert&"):
        assert any(spelling in text for spelling in spellings(SECRETS["password of a user"])), text


def test_a_rotated_key_keeps_connections_and_tokens(assay, s3, lake):
    source, _ = lake
    assay.stop()
    before = (assay.data / "master.key").read_bytes()
    rotated = subprocess.run([server.ASSAY, "key", "rotate", "--data", assay.data], capture_output=True, text=True)
    assert rotated.returncode == 0 and "secrets are now encrypted" in rotated.stdout, rotated
    assert (assay.data / "master.key").read_bytes() != before
    assert (assay.data / "master.key").stat().st_mode & 0o777 == 0o600
    assay.start()
    assert assay.ok("POST", f"/datastores/{source}/connection")["connected"] is True
    refused = subprocess.run([server.ASSAY, "key", "rotate", "--data", assay.data], capture_output=True, text=True)
    assert refused.returncode == 2 and "another" in refused.stderr, refused
