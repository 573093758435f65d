#!/usr/bin/env python3
"""Reads one large object from an S3 server with Assay's reader, with the client of the AWS CLI, and with curl (one
signed request), in turns, and prints the throughputs. Called by run.sh.

  s3_read.py S3_READ_BINARY AWSCRT_PYTHON VERSITYGW_UP VERSITYGW_DOWN GIB [REPETITIONS]
"""
import json
import os
import pathlib
import resource
import socket
import statistics
import subprocess
import sys
import tempfile

binary, python, up, down, gib = sys.argv[1:5] + [float(sys.argv[5])]
repetitions = int(sys.argv[6]) if len(sys.argv) > 6 else 5
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    PORT = str(probe.getsockname()[1])


def measured(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = json.loads(done.stdout)
    result["cpu_s"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return result


environment = os.environ | {"S3_BUCKETS": "bench"}
started = subprocess.run([up, PORT], env=environment, capture_output=True, text=True, check=True)
facts = dict(line.split("=", 1) for line in started.stdout.splitlines() if "=" in line)
try:
    endpoint, key_id, secret = facts["S3_ENDPOINT"], facts["S3_ACCESS_KEY"], facts["S3_SECRET_KEY"]
    os.environ |= {"AWS_ACCESS_KEY_ID": key_id, "AWS_SECRET_ACCESS_KEY": secret}
    signed = ["curl", "-sS", "--fail", "-o", "/dev/null", "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "--aws-sigv4", "aws:amz:us-east-1:s3",
              "--user", f"{key_id}:{secret}", endpoint + "/bench/object.bin"]
    # Sent, not put into the server's folder: only then has the object an ETag, as on any real store.
    with tempfile.NamedTemporaryFile() as file:
        block = os.urandom(16 << 20)
        for _ in range(int(gib * 64)):
            file.write(block)
        file.flush()
        subprocess.run([*signed, "-T", file.name], check=True)
    readers = {"assay": [binary, endpoint, "bench", "object.bin"],
               "AWS CLI's client": [python, str(pathlib.Path(__file__).parent / "peers/awscrt_peer.py"), endpoint.removeprefix("http://"), "bench", "object.bin"],
               "curl, one stream": [*signed, "-w", '{"bytes": %{size_download}, "seconds": %{time_total}}']}
    runs = {name: [] for name in readers}
    for _ in range(repetitions):
        for name, command in readers.items():
            runs[name].append(measured(command))
finally:
    subprocess.run([down, PORT], capture_output=True)
print(f"\n| read of {gib:g} GiB from VersityGW on the same machine | MB/s (median) | CPU s (median) |\n|---|--:|--:|")
for name, results in runs.items():
    rate = statistics.median(r["bytes"] / r["seconds"] / 1e6 for r in results)
    print(f"| {name} | {rate:.0f} | {statistics.median(r['cpu_s'] for r in results):.2f} |")
