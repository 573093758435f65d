"""Whatever is wrong with the input, the place or the disk: it is named, with what to do, and nothing else is lost."""
import contextlib
import datetime
import gzip
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

import polars as pl
import pytest

import server

READER, READER_SECRET = "reader", "reader-secret-key-0815"
WRONG_SECRET = "not-the-secret-4711"
SECRETS = [server.S3Server.secret_key, READER_SECRET, WRONG_SECRET]
CRASHES = ["Traceback", "terminate called", "Segmentation fault", "Sanitizer", "core dumped", "what():", "INTERNAL Error", "Assertion `"]
NOT_NULL = "- rule_type: notNull\n  fields: [a]\n"


# ---- Calling

def harmless(text):
    assert [word for word in CRASHES + SECRETS if word in text] == [], text[:3000]


def call(*arguments, environment=None, **options):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    kept |= {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
    done = subprocess.run([server.ASSAY, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=300,
                          env=kept | (environment or {}), **options)
    harmless(done.stdout + done.stderr)
    assert 0 <= done.returncode < 128, (done.returncode, done.stderr)
    return done


def says(text, *words):
    missing = [word for word in words if not re.search(word, text, re.IGNORECASE)]
    assert not missing, f"without {missing}: {text[:2000]}"


def refused(done, *words, code=2):
    """Failed, and stderr has each of the regular expressions."""
    told(done, *words)
    assert done.returncode == code, (done.returncode, done.stderr[:2000])
    return done


def told(done, *words):
    """stderr has each of the regular expressions; how the exit code of `profile` and `suggest` shows it has its own test."""
    says(done.stderr, *words)
    assert len(done.stderr) < 4000, "too long to be read"
    return done


def keys(key, secret, endpoint):
    return {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "us-east-1"}


def root_keys(endpoint):
    return keys(server.S3Server.access_key, server.S3Server.secret_key, endpoint)


def signed(endpoint, method, path, query="", body=b""):
    """A request of the root account, so that the server does what it does for real clients (ETags, policies, users)."""
    moment = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    digest, names = hashlib.sha256(body).hexdigest(), "host;x-amz-content-sha256;x-amz-date"
    canonical = "\n".join([method, path, query, f"host:{endpoint.split('//')[1]}", f"x-amz-content-sha256:{digest}", f"x-amz-date:{moment}", "", names, digest])
    scope = f"{moment[:8]}/us-east-1/s3/aws4_request"
    key = f"AWS4{server.S3Server.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    to_sign = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    request = urllib.request.Request(endpoint + path + (f"?{query}" if query else ""), method=method, data=body or None, headers={
        "x-amz-content-sha256": digest, "x-amz-date": moment,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={server.S3Server.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert 200 <= answer.status < 300


def parquet(rows=1000, start=0):
    """A file of few bytes a row, in several row groups."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        values = pl.int_range(start, start + rows, eager=True)
        pl.DataFrame({"a": values, "b": (values * 2654435761) % 1000003, "s": "t" + (values % 17).cast(pl.String)}).write_parquet(
            file.name, row_group_size=max(1, rows // 4))
        return pathlib.Path(file.name).read_bytes()


# ---- Places that refuse

@pytest.fixture(scope="module")
def store():
    """One S3 server with a user who may read everything in `lake` but what is below closed/, list nothing of `unlisted`, write
    nothing into `unwritable`, and do nothing with `results`."""
    running = server.S3Server(["lake", "unlisted", "unwritable", "results"])
    for bucket, key in (("lake", "open/part_1.csv"), ("lake", "open/part_2.csv"), ("lake", "closed/part_1.csv"), ("unlisted", "part_1.csv")):
        signed(running.endpoint, "PUT", f"/{bucket}/{key}", body=b"a,b\n1,x\n2,y\n")
    signed(running.endpoint, "PATCH", "/create-user",
           body=f"<Account><Access>{READER}</Access><Secret>{READER_SECRET}</Secret><Role>user</Role></Account>".encode())
    policy = lambda *statements: json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": effect, "Principal": {"AWS": [READER]}, "Action": actions, "Resource": [f"arn:aws:s3:::{place}" for place in places]}
        for effect, actions, places in statements]}).encode()
    signed(running.endpoint, "PUT", "/lake", "policy=", policy(("Allow", ["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"], ["lake", "lake/*"]),
                                                               ("Deny", ["s3:GetObject"], ["lake/closed/*"])))
    signed(running.endpoint, "PUT", "/unlisted", "policy=", policy(("Allow", ["s3:GetObject"], ["unlisted/*"])))
    signed(running.endpoint, "PUT", "/unwritable", "policy=", policy(
        ("Allow", ["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"], ["unwritable", "unwritable/*"])))
    yield running
    running.stop()


@pytest.fixture
def checks(tmp_path):
    path = tmp_path / "checks.yaml"
    path.write_text(NOT_NULL)
    return path


@pytest.mark.parametrize("command", ["profile", "containers", "suggest", "scan"])
def test_a_bucket_that_is_not_there(store, checks, command):
    more = ["--checks", checks] if command == "scan" else []
    refused(call(command, "s3://no-such-bucket/raw/", *more, environment=root_keys(store.endpoint)), "no-such-bucket", store.endpoint, "check")


def test_a_prefix_that_is_not_there(store):
    refused(call("profile", "s3://lake/nothing/", environment=root_keys(store.endpoint)), "s3://lake/nothing", "no files")


def test_a_wrong_key(store):
    refused(call("profile", "s3://lake/", environment=keys("nobody", WRONG_SECRET, store.endpoint)), "s3://lake", "key")


def test_a_wrong_secret(store):
    refused(call("profile", "s3://lake/", environment=keys(READER, WRONG_SECRET, store.endpoint)), "s3://lake", "secret")


def test_no_credentials_at_all(store):
    refused(call("profile", "s3://lake/", environment={"AWS_ENDPOINT_URL": store.endpoint}), "s3://lake", "credentials", "AWS_ACCESS_KEY_ID")


def test_a_prefix_whose_objects_may_not_be_read(store, checks):
    reader = keys(READER, READER_SECRET, store.endpoint)
    assert call("profile", "s3://lake/open/", environment=reader).returncode == 0
    for command in (["profile"], ["suggest"], ["scan", "--checks", checks]):
        refused(call(*command, "s3://lake/closed/", environment=reader), "s3:GetObject", "closed/part_1.csv")


def test_containers_beside_one_that_may_not_be_read(store):
    done = call("profile", "s3://lake/", "--json", "-", environment=keys(READER, READER_SECRET, store.endpoint))
    assert [(c["name"], c["record_count"]) for c in json.loads(done.stdout)["containers"] if c["record_count"]] == [("open/part_*.csv", 4)]
    told(done, "closed/part_1.csv", "s3:GetObject")


def test_a_bucket_that_may_not_be_listed(store):
    done = call("profile", "s3://unlisted/", environment=keys(READER, READER_SECRET, store.endpoint))
    refused(done, "s3:ListBucket", "unlisted")


def test_probe_names_the_right_that_is_missing(store):
    reader = keys(READER, READER_SECRET, store.endpoint)
    for uri, right in (("s3://lake/closed/", "s3:GetObject"), ("s3://unlisted/", "s3:ListBucket")):
        done = call("probe", uri, "--json", "-", environment=reader)
        assert done.returncode == 1
        assert right in [step["right"] for step in json.loads(done.stdout)["steps"] if step["outcome"] == "refused"], done.stdout


@pytest.mark.parametrize("bucket,right", [("unwritable", "s3:PutObject"), ("results", "s3:ListBucket")])
def test_an_enrichment_place_that_may_not_be_written(store, checks, tmp_path, bucket, right):
    (tmp_path / "x.csv").write_text("a,b\n,x\n2,y\n")
    done = call("scan", tmp_path / "x.csv", "--checks", checks, "--enrich", f"s3://{bucket}/q/", environment=keys(READER, READER_SECRET, store.endpoint))
    refused(done, right, f"{bucket}/q")
    assert [path for path in store.bucket_path(bucket).rglob("*.parquet")] == []


def test_nothing_answers_at_the_endpoint():
    endpoint = f"http://127.0.0.1:{server.free_port()}"
    refused(call("profile", "s3://lake/", environment=root_keys(endpoint)), "s3://lake", endpoint, "nothing answers|refused", "check")


def test_the_endpoints_name_is_unknown():
    refused(call("profile", "s3://lake/", environment=root_keys("http://no-such-host.invalid:9000")), "s3://lake", "no-such-host.invalid", "check")


def test_the_endpoint_is_no_address():
    refused(call("profile", "s3://lake/", environment=root_keys("not a url")), "not a url", "endpoint", "http://")


def test_the_endpoint_expects_no_tls(store):
    refused(call("profile", "s3://lake/", environment=root_keys(store.endpoint.replace("http:", "https:"))), "s3://lake", store.endpoint.split("//")[1], "check")


class WebPage(http.server.BaseHTTPRequestHandler):
    """Answers everything with a page, as a captive portal or a wrong port does."""
    status = 200

    def answer(self):
        page = b"<html><body><h1>Welcome</h1></body></html>"
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    do_GET = do_HEAD = do_PUT = do_POST = answer

    def log_message(self, *_):
        pass


class OtherProtocol(socketserver.BaseRequestHandler):
    """A server that greets and hangs up, as one for mail or SSH does."""

    def handle(self):
        self.request.sendall(b"220 mail.example.org ESMTP ready\r\n")
        self.request.recv(4096)


@contextlib.contextmanager
def serving(handler):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.mark.parametrize("handler", [WebPage, type("Missing", (WebPage,), {"status": 404}), OtherProtocol])
def test_the_endpoint_speaks_no_s3(handler, checks):
    with serving(handler) as endpoint:
        for command in (["profile"], ["scan", "--checks", checks]):
            refused(call(*command, "s3://lake/raw/", environment=root_keys(endpoint)), "s3://lake|lake at", endpoint, "check", "endpoint")


def test_rest_names_what_is_wrong_with_an_endpoint_and_a_policy(assay, store):
    payload = lambda **changes: {"name": "lake", "teams": ["Public"], "trigger_catalog": False, "root_path": "/", "enrichment_only": False,
                                 "connection": store.connection("lake", "lake", **changes)}
    with serving(WebPage) as endpoint:
        status, answer = assay.call("POST", "/datastores/connection", payload(parameters={"endpoint": endpoint}))
        assert 400 <= status < 500, answer
        says(answer["message"], endpoint)
    reader = {"access_key": READER, "secret_key": READER_SECRET}
    status, answer = assay.call("POST", "/datastores/connection", payload(uri="s3://unlisted", **reader))
    assert 400 <= status < 500, answer
    says(answer["message"], "s3:ListBucket", "unlisted")
    source = assay.ok("POST", "/datastores", payload(**reader))["id"]
    assert assay.run(type="sync", datastore_id=source)["result"] == "success"
    profile = assay.run(type="profile", datastore_id=source)
    says(json.dumps(profile), "closed/part_", "s3:GetObject")
    assert profile["status"]["records_processed"] == 4
    for body in assay.bodies:
        harmless(body)


# ---- Files that are not what they should be

WHOLE = parquet(5000)
NOISE = random.Random(20260131).randbytes(5000)
CUT = "truncat|cut off|cut short|damaged|incomplete|unexpected end|gzip|compress"
NO_PARQUET = "not a parquet|no parquet|truncat|cut off|cut short|damaged|incomplete|too small"
LINES = b"".join(b"%d,x\n" % i for i in range(3000))
JSON_LINES = b"".join(b'{"a":%d,"b":"x"}\n' % i for i in range(3000))
DAMAGED = {
    "half.parquet": (WHOLE[: len(WHOLE) // 2], [NO_PARQUET]),
    "last_byte_missing.parquet": (WHOLE[:-1], [NO_PARQUET]),
    "only_magic.parquet": (WHOLE[:4], [NO_PARQUET]),
    "garbage.parquet": (NOISE * 4, [NO_PARQUET]),
    "middle_zeroed.parquet": (WHOLE[:100] + bytes(len(WHOLE) - 3000) + WHOLE[len(WHOLE) - 2900 :], []),
    "ragged.csv": (b"a,b\n" + LINES + b"1,2,3,4\n" + LINES, ["line.{0,3} 3002", "columns"]),
    "ragged_at_the_end.csv": (b"a,b\n" + LINES * 100 + b"1,2,3,4\n", ["line.{0,3} 300002", "columns"]),
    "open.csv": (b"a,b\n" + LINES + b'7,"never closed\n' + LINES, ["quote"]),
    "short.csv.gz": (gzip.compress(b"a,b\n" + LINES)[:-4000], [CUT]),
    "no_trailer.csv.gz": (gzip.compress(b"a,b\n" + LINES)[:-4], [CUT]),
    "garbage.csv.gz": (NOISE, ["gzip"]),
    "short.ndjson.gz": (gzip.compress(JSON_LINES)[:-3000], [CUT]),
    "broken_line.ndjson": (JSON_LINES + b'{"a":\n' + JSON_LINES, ["line.{0,3} 3001"]),
    "short.ndjson": (JSON_LINES[:-8], ["line.{0,3} 3000"]),
    "garbage.csv": (bytes(range(256)) * 40, []),
    "garbage.ndjson": (NOISE, []),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_one_bad_file_is_named_with_the_reason(tmp_path, checks, name):  # the name of this test is in paths: none of the words may be
    data, words = DAMAGED[name]
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / name).write_bytes(data)
    told(call("profile", folder / name), re.escape(name), *words)
    scan = call("scan", folder / name, "--checks", checks)
    says(scan.stdout + scan.stderr, re.escape(name), *words)
    assert scan.returncode == 2


@pytest.mark.parametrize("name", [name for name in DAMAGED if not name.startswith("garbage.csv")])
def test_a_damaged_file_takes_nothing_from_the_others_and_adds_nothing(tmp_path, checks, name):
    ending = name[name.index(".") :]
    whole = {".parquet": parquet(500), ".csv": b"a,b\n" + LINES, ".csv.gz": gzip.compress(b"a,b\n" + LINES), ".ndjson": JSON_LINES,
             ".ndjson.gz": gzip.compress(JSON_LINES)}[ending]
    rows = 500 if ending == ".parquet" else 3000
    folder = tmp_path / "data"
    folder.mkdir()
    for number, content in enumerate([whole, DAMAGED[name][0], whole], 1):
        (folder / f"part_{number}{ending}").write_bytes(content)
    profile = call("profile", folder, "--json", "-")
    (container,) = json.loads(profile.stdout)["containers"]
    assert [failure["file"] for failure in container["failures"]] == [f"part_2{ending}"]
    assert container["record_count"] == 2 * rows == sum(file["row_count"] for file in container["files"])
    assert all(field["record_count"] == 2 * rows for field in container["fields"])
    told(profile, f"part_2{re.escape(ending)}")
    refused(call("scan", folder, "--checks", checks), f"part_2{re.escape(ending)}")


@pytest.mark.parametrize("command", ["profile", "suggest"])
@pytest.mark.parametrize("what", ["the_only_file", "found_while_reading", "one_of_three", "another_schema", "one_of_two_containers", "one_of_two_places"])
def test_the_exit_code_tells_that_not_all_was_read(tmp_path, command, what):
    good = parquet(100)
    content = {"the_only_file": {"part_1.parquet": good[:500]},
               "found_while_reading": {"part_1.csv": b"a,b\n" + LINES * 10 + b"1,2,3,4\n"},
               "one_of_three": {"part_1.parquet": good, "part_2.parquet": good[:500], "part_3.parquet": good},
               "another_schema": {"part_1.csv": b"a,b\n1,2\n", "part_2.csv": b"a,b\n1,2\n", "part_3.csv": b"x,y,z\n1,2,3\n"},
               "one_of_two_containers": {"good.parquet": good, "bad.parquet": good[:500]},
               "one_of_two_places": {"part_1.parquet": good}}[what]
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    places = [tmp_path, tmp_path / "nothing"] if what == "one_of_two_places" else [tmp_path]
    assert call(command, *places).returncode == 2


def test_a_file_of_another_schema_is_named_with_the_difference(tmp_path, checks):
    for number, frame in enumerate([pl.DataFrame({"a": [1, 2], "b": ["x", "y"]})] * 2 + [pl.DataFrame({"a": [1.5], "other": [True]}), pl.DataFrame({"a": ["1"], "b": ["x"]})], 1):
        frame.write_parquet(tmp_path / f"part_{number}.parquet")
    for command, code in ((["profile", "--json", "-"], None), (["scan", "--checks", checks, "--json", "-"], 2)):
        done = call(*command, tmp_path)
        (container,) = json.loads(done.stdout)["containers"]
        assert container["record_count" if code is None else "records_processed"] == 4
        assert {f["file"] for f in container["failures"]} == {"part_3.parquet", "part_4.parquet"}
        told(done, "part_3.parquet", "'b' is missing", "'other' is extra", "part_4.parquet", "'a'")
        assert code in (None, done.returncode)


# ---- Places on this machine

def test_a_path_that_is_not_there(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path / "nothing", f"{tmp_path}/nothing/", f"file://{tmp_path}/nothing"):
        refused(call("profile", path), re.escape(str(path)), "no such file")


def test_one_of_several_places_is_not_there(tmp_path):
    (tmp_path / "x.csv").write_text("a\n1\n")
    done = call("profile", tmp_path / "x.csv", tmp_path / "nothing.csv", "--json", "-")
    assert [c["record_count"] for c in json.loads(done.stdout)["containers"]] == [1]
    told(done, "nothing.csv", "no such file")


def test_a_scheme_that_is_not_known():
    for uri in ("s4://lake/", "s3://", "gopher://x/y"):
        refused(call("profile", uri), re.escape(uri), "s3://bucket")


def test_an_empty_folder(tmp_path):
    refused(call("profile", tmp_path), re.escape(str(tmp_path)), "no files")


def test_a_folder_without_data(tmp_path, checks):
    folder = tmp_path / "data"
    (folder / "_temporary").mkdir(parents=True)
    for name, data in {".hidden.csv": b"a\n1\n", "_SUCCESS": b"", "nothing.csv": b"", "nothing.parquet": b"", "_temporary/x.csv": b"a\n1\n", "notes.docx": b"x"}.items():
        (folder / name).write_bytes(data)
    for command in (["profile"], ["containers"], ["suggest"], ["scan", "--checks", checks]):
        refused(call(*command, folder), re.escape(str(folder)), "no file holds data", "6 left out")


def bound_by_modes(*arguments):
    """For root: without the rights that let it read everything."""
    if os.geteuid() != 0:
        return call(*arguments)
    without = "-dac_override,-dac_read_search"
    prefix = ["setpriv", f"--bounding-set={without}", f"--inh-caps={without}"]
    if shutil.which("setpriv") is None or subprocess.run([*prefix, "true"], capture_output=True).returncode != 0:
        pytest.skip("root may read everything, and this cannot be taken from it here")
    done = subprocess.run([*prefix, server.ASSAY, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    harmless(done.stdout + done.stderr)
    return done


NOT_READABLE = "permission denied|may not be read|not readable"


def test_a_file_that_may_not_be_read(tmp_path, checks):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "part_1.csv").write_text("a,b\n1,x\n")
    (folder / "part_2.csv").write_text("a,b\n2,x\n")
    (folder / "part_2.csv").chmod(0)
    refused(bound_by_modes("profile", folder / "part_2.csv"), "part_2.csv", NOT_READABLE)
    done = bound_by_modes("profile", folder, "--json", "-")
    assert [c["record_count"] for c in json.loads(done.stdout)["containers"]] == [1]
    told(done, "part_2.csv", NOT_READABLE)
    refused(bound_by_modes("scan", folder, "--checks", checks), "part_2.csv", NOT_READABLE)


def test_a_folder_that_may_not_be_read(tmp_path, checks):
    folder = tmp_path / "data"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed/x.csv").write_text("a,b\n1,x\n")
    (folder / "y.csv").write_text("a,b\n1,x\n")
    (folder / "closed").chmod(0)
    try:
        refused(bound_by_modes("profile", folder / "closed"), "closed", NOT_READABLE)
        told(bound_by_modes("profile", folder), "closed", NOT_READABLE)
        refused(bound_by_modes("scan", folder, "--checks", checks), "closed", NOT_READABLE)
    finally:
        (folder / "closed").chmod(0o755)


# ---- Check files

# What is wrong -> (the file, what the message has)
BAD_CHECKS = {
    "unknown_rule": ("- rule_type: notNul\n  fields: [a]\n", ["line 1", "notNul", "did you mean 'notNull'"]),
    "unknown_field": ("- rule_type: notNull\n  fields: [aa]\n", ["aa", "no such field"]),
    "unknown_key": (NOT_NULL + "  frobnicate: 1\n", ["line 3", "frobnicate"]),
    "unknown_container": ("- rule_type: notNull\n  container: other\n  fields: [a]\n", ["other", "not here"]),
    "wrong_type_of_field": ("- rule_type: between\n  fields: [b]\n  properties: {min: 1, max: 2}\n", ["between", "String"]),
    "missing_property": ("- rule_type: between\n  fields: [a]\n  properties: {min: 1}\n", ["max"]),
    "pattern_that_is_none": ("- rule_type: matchesPattern\n  fields: [b]\n  properties: {pattern: '('}\n", ["pattern", "regular expression"]),
    "filter_of_no_field": (NOT_NULL + "  filter: nope = 1\n", ["filter", "nope"]),
    "filter_that_is_none": (NOT_NULL + "  filter: 'a = = 1'\n", ["filter", "column 5", "expected a value"]),
    "no_yaml": ("- rule_type: [\n", ["line"]),
    "tab_in_yaml": ("- rule_type: notNull\n\tfields: [a]\n", ["line 2"]),
    "text": ("hello", ["line 1", "check"]),
    "nothing": ("", ["no checks|empty|check"]),
    "rubbish": (bytes(range(256)) * 8, ["UTF-8"]),
    "zeros": (bytes(4096), ["checks.yaml"]),
    "deep": ("[" * 20000, ["checks.yaml"]),
    "aliases": ("a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)), ["checks.yaml"]),
}


@pytest.mark.parametrize("wrong", BAD_CHECKS)
def test_a_check_file_that_is_wrong(tmp_path, wrong):
    content, words = BAD_CHECKS[wrong]
    path = tmp_path / "checks.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "x.csv").write_text("a,b\n1,x\n2,y\n")
    done = call("scan", tmp_path / "x.csv", "--checks", path)
    says(done.stdout + done.stderr, *words)
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)


def test_a_check_that_cannot_run_stops_no_other(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,x\n,y\n")
    (tmp_path / "checks.yaml").write_text(NOT_NULL + "- rule_type: notNull\n  fields: [aa]\n")
    done = call("scan", tmp_path / "x.csv", "--checks", tmp_path / "checks.yaml", "--json", "-")
    assert done.returncode in (1, 2)  # there are anomalies, and something could not be run
    report = json.loads(done.stdout)
    says(json.dumps(report), "no such field", "'aa'")
    assert sum(len(container["anomalies"]) for container in report["containers"]) == 1


def test_a_check_file_that_cannot_be_read(tmp_path):
    (tmp_path / "x.csv").write_text("a\n1\n")
    refused(call("scan", tmp_path / "x.csv", "--checks", tmp_path / "no.yaml"), "no.yaml", "cannot read")
    refused(call("scan", tmp_path / "x.csv", "--checks", tmp_path), re.escape(str(tmp_path)), "folder|directory")


# ---- A file that changes while it is read

class Gate:
    """Passes everything on to an S3 server. Just before request number `at` about an object it calls `change` once."""

    def __init__(self, endpoint, key):
        self.key, self.requests, self.at, self.change = key, 0, None, None
        self.upstream = ("127.0.0.1", int(endpoint.rsplit(":", 1)[1]))
        self.lock = threading.Lock()
        gate = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with socket.create_connection(gate.upstream) as upstream:
                    back = threading.Thread(target=gate.copy, args=(upstream, self.request), daemon=True)
                    back.start()
                    with contextlib.suppress(OSError):
                        while data := self.request.recv(65536):
                            gate.look(data)
                            upstream.sendall(data)
                        upstream.shutdown(socket.SHUT_WR)
                    back.join()

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def copy(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def look(self, data):
        """A request without a body comes whole in one piece."""
        if re.match(rb"(GET|HEAD) \S*" + re.escape(self.key.encode()), data):
            with self.lock:
                self.requests += 1
                if self.requests == self.at:
                    self.change()

    def arm(self, at, change):
        self.requests, self.at, self.change = 0, at, change

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def gated(store):
    """Three objects; everything passes the gate, which watches the middle one."""
    for part in range(3):
        signed(store.endpoint, "PUT", f"/lake/changing/part_{part}.parquet", body=parquet(100000, part))
    gate = Gate(store.endpoint, "/lake/changing/part_1.parquet")
    yield gate
    gate.stop()


CHANGES = {"deleted": lambda endpoint: signed(endpoint, "DELETE", "/lake/changing/part_1.parquet"),
           "replaced": lambda endpoint: signed(endpoint, "PUT", "/lake/changing/part_1.parquet", body=parquet(100000, 7))}
REASONS = {"deleted": "deleted|no such|no longer", "replaced": "replaced|changed while"}


@pytest.fixture
def changing(store, gated):
    signed(store.endpoint, "PUT", "/lake/changing/part_1.parquet", body=parquet(100000, 1))
    gated.arm(None, None)
    return gated


@pytest.mark.parametrize("what", CHANGES)
def test_an_object_that_changes_while_a_command_reads_it(store, changing, what):
    profile = lambda: call("profile", "s3://lake/changing/", "--json", "-", environment=root_keys(changing.endpoint))
    assert json.loads(profile().stdout)["containers"][0]["record_count"] == 300000
    # How many requests read an object may differ from run to run; the first is for its schema, and there are data.
    for at in (1, 2, 3, 3, 3, 4, 4, 4):
        signed(store.endpoint, "PUT", "/lake/changing/part_1.parquet", body=parquet(100000, 1))
        changing.arm(at, lambda: CHANGES[what](store.endpoint))
        done = profile()
        (container,) = json.loads(done.stdout)["containers"]
        if at > 2 and changing.requests < at:
            assert container["record_count"] == 300000
            continue
        assert [failure["file"] for failure in container["failures"]] == ["part_1.parquet"], (at, container["failures"])
        assert container["record_count"] == 200000 and all(field["record_count"] == 200000 for field in container["fields"])
        told(done, r"part_1\.parquet was left out: .*" + f"({REASONS[what]})")


@pytest.mark.parametrize("what", CHANGES)
def test_an_object_that_changes_while_an_operation_reads_it(assay, store, changing, what):
    connection = store.connection("lake", "lake", parameters={"endpoint": changing.endpoint})
    source = assay.ok("POST", "/datastores", {"name": "lake", "teams": ["Public"], "trigger_catalog": False, "root_path": "/changing",
                                              "enrichment_only": False, "connection": connection})["id"]
    assert assay.run(type="sync", datastore_id=source)["result"] == "success"
    assert assay.run(type="profile", datastore_id=source)["status"]["records_processed"] == 300000
    for kind in ("profile", "scan"):
        for at in (1, 2):
            changing.arm(None, None)
            signed(store.endpoint, "PUT", "/lake/changing/part_1.parquet", body=parquet(100000, 1))
            assert assay.run(type="sync", datastore_id=source)["result"] == "success"
            changing.arm(at, lambda: CHANGES[what](store.endpoint))
            done = assay.run(type=kind, datastore_id=source)
            assert changing.requests >= at
            assert done["status"]["records_processed"] == 200000, (kind, done)
            says(json.dumps([done["message"], done["warnings"]]), r"part_1\.parquet", REASONS[what])
    for body in assay.bodies:
        harmless(body)


@pytest.mark.parametrize("what", CHANGES)
def test_files_of_a_folder_that_change_while_they_are_read(assay, tmp_path, what):
    files, rows = 60, 200000
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "part_00.parquet").write_bytes(parquet(rows))
    for part in range(1, files):
        os.link(folder / "part_00.parquet", folder / f"part_{part:02}.parquet")
    other = tmp_path / "other.parquet"
    other.write_bytes(parquet(rows // 2))
    last = [folder / f"part_{files - 1}.parquet", folder / f"part_{files - 2}.parquet"]
    source = assay.ok("POST", "/datastores", {"name": "data", "teams": ["Public"], "trigger_catalog": False, "root_path": "/", "enrichment_only": False,
                                              "connection": {"name": "data", "type": "local", "uri": str(folder)}})["id"]
    assert assay.run(type="sync", datastore_id=source)["result"] == "success"
    operation = assay.ok("POST", "/operations/run", {"type": "profile", "datastore_id": source})
    deadline = time.monotonic() + 120
    while (at := assay.ok("GET", f"/operations/{operation['id']}"))["status"]["records_processed"] == 0 and at["end_time"] is None:
        assert time.monotonic() < deadline, at
        time.sleep(0.005)
    assay.process.send_signal(signal.SIGSTOP)  # so that all changes come at one moment
    try:
        for path in last:
            path.unlink() if what == "deleted" else os.replace(shutil.copy(other, tmp_path / "copy"), path)
    finally:
        assay.process.send_signal(signal.SIGCONT)
    done = assay.wait(operation["id"])
    assert done["status"]["records_processed"] == (files - len(last)) * rows, done
    says(json.dumps([done["message"], done["warnings"]]), REASONS[what], *(path.name for path in last))


# ---- A full disk

@pytest.fixture
def disk(tmp_path):
    """Makes small disks: disk(size, name) is a folder of its own file system."""
    mounted = []

    def make(size, name="disk"):
        folder = tmp_path / name
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "assay-test", folder], capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)


def fill(folder):
    with contextlib.suppress(OSError), open(folder / "filler", "wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


NO_SPACE = "no space|disk.{0,20} full|out of (disk|space)"


@pytest.mark.parametrize("option", ["--json", "--html", "--junit", "--output"])
def test_the_disk_of_a_report_is_full(tmp_path, disk, checks, option):
    pl.DataFrame({f"c{i}": [1, 2, 3] for i in range(400)} | {"a": [1, None, 3]}).write_parquet(tmp_path / "x.parquet")
    full = disk("64k")
    report = full / "report"
    report.write_text("the report of yesterday")
    fill(full)
    command = {"--junit": ["scan", "--checks", checks], "--output": ["suggest"]}.get(option, ["profile"])
    refused(call(*command, tmp_path / "x.parquet", option, report), re.escape(str(report)), NO_SPACE)
    assert report.read_text() == "the report of yesterday"
    assert sorted(path.name for path in full.iterdir()) == ["filler", "report"]


def test_the_disk_of_the_enrichment_is_full(tmp_path, disk, checks):
    (tmp_path / "x.csv").write_text("a,b\n" + "".join(f",{i}\n" for i in range(500)))
    full = disk("2m")
    scan = lambda: call("scan", tmp_path / "x.csv", "--checks", checks, "--rollup", "1000", "--enrich", full / "quality")
    assert scan().returncode == 1
    files = lambda: {path.relative_to(full): path.read_bytes() for path in (full / "quality").rglob("*") if path.is_file()}
    before = files()
    assert before
    fill(full)
    refused(scan(), re.escape(str(full / "quality")), NO_SPACE)
    assert files() == before, "yesterday's run is whole and nothing of today's is there"
    (full / "filler").unlink()
    assert scan().returncode == 1
    assert len(list((full / "quality").rglob("_commits/*.json"))) == 2


def test_the_disk_of_the_server_is_full_at_the_first_start(disk):
    full = disk("64k")
    fill(full)
    done = call("serve", "--data", full / "state", "--listen", f"127.0.0.1:{server.free_port()}")
    refused(done, re.escape(str(full / "state")), NO_SPACE)


def test_the_disk_of_the_server_becomes_full(tmp_path, disk):
    full = disk("12m")
    folder = tmp_path / "data"
    folder.mkdir()
    for part in range(3):
        (folder / f"part_{part}.csv").write_text("a,b\n" + "".join(f"{i if i % 3 else ''},{'x' * 200}{i}\n" for i in range(20000)))
    running = server.AssayServer(full / "state")
    try:
        payload = {"name": "data", "teams": ["Public"], "trigger_catalog": False, "root_path": "/", "enrichment_only": False,
                   "connection": {"name": "data", "type": "local", "uri": str(folder)}}
        source = running.ok("POST", "/datastores", payload)["id"]
        assert running.run(type="sync", datastore_id=source)["result"] == "success"
        assert running.run(type="profile", datastore_id=source)["result"] == "success"
        before = running.items("/operations")
        fields = running.items(f"/quality-checks?datastore={source}")
        fill(full)
        refusals = 0
        for number in range(20):
            status, answer = running.call("POST", "/datastores", payload | {"name": f"more_{number}", "connection": payload["connection"] | {"name": f"more_{number}"}})
            if status >= 400:
                says(json.dumps(answer), "disk|space")
                assert status == 507, (status, answer)
                refusals += 1
        assert refusals > 0
        status, answer = running.call("POST", "/operations/run", {"type": "profile", "datastore_id": source})
        if status < 400:
            done = running.wait(answer["id"], seconds=60)
            assert done["result"] == "failure", done
            says(json.dumps(done["message"]), "disk|space")
        else:
            assert status == 507, (status, answer)
        assert running.process.poll() is None
        (full / "filler").unlink()
        assert running.run(type="profile", datastore_id=source)["result"] == "success"
        kept = {operation["id"]: operation["result"] for operation in running.items("/operations")}
        assert all(kept[operation["id"]] == operation["result"] for operation in before)
        assert {check["id"] for check in fields} <= {check["id"] for check in running.items(f"/quality-checks?datastore={source}")}
        for body in running.bodies:
            harmless(body)
        harmless((full / "serve.log").read_text())
        running.stop()
        running.start()
        assert running.ok("GET", f"/datastores/{source}")["name"] == "data"
    finally:
        if running.process.poll() is None:
            running.stop()
