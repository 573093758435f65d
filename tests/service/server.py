"""A running `assay serve` and a running S3 server, for the tests of this folder."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ASSAY = os.environ.get("ASSAY", str(ROOT / "build/release/assay"))
SERVICES = ROOT / "tests/services"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class S3Server:
    """VersityGW over a folder: `bucket_path` is where a bucket's objects lie as plain files."""

    access_key, secret_key = "assay", "assay-secret-key"

    def __init__(self, buckets, **environment):
        self.port = free_port()
        environment = os.environ | {"S3_BUCKETS": " ".join(buckets)} | environment
        started = subprocess.run([SERVICES / "versitygw-up", str(self.port)], env=environment, capture_output=True, text=True)
        assert started.returncode == 0, started.stderr
        facts = dict(line.split("=", 1) for line in started.stdout.splitlines() if "=" in line)
        self.endpoint = facts["S3_ENDPOINT"]
        run = pathlib.Path(os.environ.get("ASSAY_RUN", f"{os.environ.get('TMPDIR', '/tmp')}/assay-run-{os.getuid()}"))
        self.data = run / f"versitygw-{self.port}" / "data"

    def bucket_path(self, bucket):
        return self.data / bucket

    def connection(self, name, bucket, **changes):
        return {"name": name, "type": "s3", "uri": f"s3://{bucket}", "access_key": self.access_key, "secret_key": self.secret_key,
                "parameters": {"endpoint": self.endpoint}} | changes

    def stop(self):
        subprocess.run([SERVICES / "versitygw-down", str(self.port)], capture_output=True, check=True)


class Service:
    """A server of tests/services, started by `NAME-up`: what it prints is in `facts`."""

    def __init__(self, name, *arguments, **environment):
        self.name, self.port = name, free_port()
        started = subprocess.run([SERVICES / f"{name}-up", str(self.port), *arguments], env=os.environ | environment, capture_output=True, text=True)
        assert started.returncode == 0, started.stderr
        self.facts = dict(line.split("=", 1) for line in started.stdout.splitlines() if "=" in line)

    def stop(self):
        subprocess.run([SERVICES / f"{self.name}-down", str(self.port)], capture_output=True, check=True)


class AssayServer:
    """`assay serve` on a data directory; may be killed and started again on the same one."""

    def __init__(self, data, reads_output=False):
        self.data, self.token, self.port = pathlib.Path(data), None, free_port()
        self.bodies = []  # every answer, to look for secrets
        self.start()
        # What it prints when it starts for the first time.
        self.output = [self.process.stdout.readline().strip() for _ in range(6)] if reads_output else []

    def start(self, *options, environment={}):
        log = open(self.data.parent / "serve.log", "a")
        self.process = subprocess.Popen([ASSAY, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", *options],
                                        stdout=subprocess.PIPE, stderr=log, text=True, env=os.environ | environment)
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/health", timeout=2) as answer:
                    assert answer.status == 204
                break
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, (self.data.parent / "serve.log").read_text()
                assert time.monotonic() < deadline, "the server did not answer"
                time.sleep(0.05)
        if self.token is None:
            made = subprocess.run([ASSAY, "token", "create", "--data", self.data, "--user", "admin", "--name", "tests"], capture_output=True,
                                  text=True, check=True)
            self.token = made.stdout.strip().splitlines()[-1]

    def call(self, method, path, body=None, token=None):
        """(status, body or None); what is not JSON stays text."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, kind, text = answer.status, answer.headers.get_content_type(), answer.read().decode()
        except urllib.error.HTTPError as failure:
            status, kind, text = failure.code, failure.headers.get_content_type(), failure.read().decode()
        self.bodies.append(text)
        return status, json.loads(text) if text and kind == "application/json" else text or None

    def ok(self, method, path, body=None):
        status, answer = self.call(method, path, body)
        assert 200 <= status < 300, (method, path, status, answer)
        return answer

    def items(self, path):
        """All items of a paged list."""
        found, page = [], 1
        while True:
            answer = self.ok("GET", f"{path}{'&' if '?' in path else '?'}page={page}&size=100")
            found += answer["items"]
            if page >= answer["pages"]:
                return found
            page += 1

    def wait(self, operation_id, seconds=300):
        deadline = time.monotonic() + seconds
        while True:
            operation = self.ok("GET", f"/operations/{operation_id}")
            if operation["end_time"] is not None:
                return operation
            assert time.monotonic() < deadline, operation
            time.sleep(0.1)

    def run(self, **operation):
        return self.wait(self.ok("POST", "/operations/run", operation)["id"])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=30) == 0
