#!/usr/bin/env python3
"""Reads one large object from an S3 server with Assay's reader and with curl (one signed request), in
turns, and prints the throughputs. Called by run.sh.

  s3_read.py S3_READ_BINARY VERSITYGW_UP VERSITYGW_DOWN GIB [REPETITIONS]
"""
import json
import os
import pathlib
import resource
import socket
import statistics
import subprocess
import sys

binary, up, down, gib = sys.argv[1:4] + [float(sys.argv[4])]
repetitions = int(sys.argv[5]) if len(sys.argv) > 5 else 5
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
    os.environ |= {"AWS_ACCESS_KEY_ID": facts["S3_ACCESS_KEY"], "AWS_SECRET_ACCESS_KEY": facts["S3_SECRET_KEY"]}
    run = pathlib.Path(os.environ.get("ASSAY_RUN", f"{os.environ.get('TMPDIR', '/tmp')}/assay-run-{os.getuid()}"))
    with open(run / f"versitygw-{PORT}" / "data/bench/object.bin", "wb") as file:
        block = os.urandom(16 << 20)
        for _ in range(int(gib * 64)):
            file.write(block)
    readers = {"assay": [binary, facts["S3_ENDPOINT"], "bench", "object.bin"],
               "curl, one stream": ["curl", "-sS", "-o", "/dev/null", "--fail", "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", f"{facts['S3_ACCESS_KEY']}:{facts['S3_SECRET_KEY']}",
                                    "-w", '{"bytes": %{size_download}, "seconds": %{time_total}}', facts["S3_ENDPOINT"] + "/bench/object.bin"]}
    runs = {name: [] for name in readers}
    for _ in range(repetitions):
        for name, command in readers.items():
            runs[name].append(measured(command))
finally:
    subprocess.run([down, PORT], capture_output=True)
print(f"| read of {gib:g} GiB from VersityGW on the same machine | MB/s (median) | CPU s (median) |\n|---|--:|--:|")
for name, results in runs.items():
    rate = statistics.median(r["bytes"] / r["seconds"] / 1e6 for r in results)
    print(f"| {name} | {rate:.0f} | {statistics.median(r['cpu_s'] for r in results):.2f} |")
