"""Forwards HTTP requests as they are and hands out two answers in each SECONDS: python slow_front.py PORT UPSTREAM SECONDS. The Host
header is forwarded too, so signatures stay valid."""
import http.client
import http.server
import sys
import threading
import time
import urllib.parse

port, upstream, pause = int(sys.argv[1]), urllib.parse.urlsplit(sys.argv[2]), float(sys.argv[3])
turns = threading.Semaphore(2)
ONE_CONNECTION = ("transfer-encoding", "connection", "content-length")


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = http.client.HTTPConnection(upstream.hostname, upstream.port, timeout=30)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        with turns:
            time.sleep(pause)
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ONE_CONNECTION:
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else len(content)
        self.send_header("Content-Length", str(length or 0))
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = forward

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Front).serve_forever()
