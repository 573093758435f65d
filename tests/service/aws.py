"""Signed calls to AWS-like services for tests, with the standard library only."""
import datetime
import hashlib
import hmac
import json
import urllib.error
import urllib.parse
import urllib.request


def call(endpoint, service, keys, parameters=None, target=None, content=None, method="POST", path="/", region="us-east-1", query=None):
    """(status, text). `parameters` is a form (STS, IAM), with `target` a JSON body; `content` are the bytes of an object,
    `query` what follows the path."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    if content is not None:
        body, kind = content, "application/octet-stream"
    elif target:
        body, kind = json.dumps(parameters).encode(), "application/x-amz-json-1.1"
    else:
        body, kind = urllib.parse.urlencode(parameters or {}).encode(), "application/x-www-form-urlencoded"
    headers = {"content-type": kind, "host": urllib.parse.urlsplit(endpoint).netloc, "x-amz-date": now}
    if service == "s3":
        headers["x-amz-content-sha256"] = hashlib.sha256(body).hexdigest()
    if target:
        headers["x-amz-target"] = target
    if len(keys) == 3:
        headers["x-amz-security-token"] = keys[2]
    names = ";".join(sorted(headers))
    asked = urllib.parse.urlencode(sorted((query or {}).items()), quote_via=urllib.parse.quote)
    canonical = "\n".join([method, path, asked, "".join(f"{name}:{headers[name]}\n" for name in sorted(headers)), names,
                           hashlib.sha256(body).hexdigest()])
    scope = f"{now[:8]}/{region}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + keys[1]).encode()
    for part in (now[:8], region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = f"AWS4-HMAC-SHA256 Credential={keys[0]}/{scope}, SignedHeaders={names}, Signature={signature}"
    request = urllib.request.Request(endpoint + path + (f"?{asked}" if asked else ""), data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as failure:
        return failure.code, failure.read().decode()
