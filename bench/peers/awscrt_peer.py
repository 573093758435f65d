#!/usr/bin/env python3
"""Downloads one object with the client that the AWS CLI uses for large transfers (AWS Common Runtime), with its
defaults, to a file in memory: awscrt_peer.py HOST:PORT BUCKET KEY. Credentials from the environment."""
import json
import os
import sys
import time

from awscrt import auth, http, io, s3

host, bucket, key = sys.argv[1:]
out = f"/dev/shm/assay-bench-{os.getpid()}"
credentials = auth.AwsCredentialsProvider.new_static(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
client = s3.S3Client(bootstrap=io.ClientBootstrap.get_or_create_static_default(), region="us-east-1",
                     tls_mode=s3.S3RequestTlsMode.DISABLED, credential_provider=credentials)
request = http.HttpRequest("GET", f"/{bucket}/{key}", http.HttpHeaders([("Host", host)]))
try:
    start = time.monotonic()
    client.make_request(type=s3.S3RequestType.GET_OBJECT, request=request, recv_filepath=out).finished_future.result(300)
    print(json.dumps({"seconds": time.monotonic() - start, "bytes": os.path.getsize(out)}))
finally:
    if os.path.exists(out):
        os.unlink(out)
