"""An STS for tests that hands out keys of a few seconds: python sts_front.py PORT UPSTREAM SECONDS LOG.

AssumeRole goes to the upstream with a short DurationSeconds in place of the client's, signed anew with the keys in
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; one line is added to LOG for each. A file LOG.fail makes it answer 503. All else is refused.
"""
import http.server
import os
import pathlib
import sys
import urllib.parse

import aws

port, upstream, seconds, log = int(sys.argv[1]), sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        parameters = dict(urllib.parse.parse_qsl(body.decode()))
        with log.open("a") as lines:
            lines.write(parameters["Action"] + "\n")
        if log.with_suffix(".fail").exists():
            status, answer = 503, "<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>"
        else:
            assert parameters["Action"] == "AssumeRole"
            status, answer = aws.call(upstream, "sts", (os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]),
                                      parameters | {"DurationSeconds": seconds})
        content = answer.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Front).serve_forever()
