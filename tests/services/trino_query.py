#!/usr/bin/env python3
"""trino_query.py SQL: runs one statement on $TRINO_URL and prints each row as a JSON array. An error goes to stderr with exit 1.

Trino's HTTP protocol: POST /v1/statement, then GET nextUri until there is none. The session is far from UTC and from English, so that
a dependence on either shows."""
import json
import os
import sys
import urllib.request

HEADERS = {"X-Trino-User": "assay", "X-Trino-Time-Zone": "Asia/Tokyo", "X-Trino-Language": "de-DE", "X-Trino-Catalog": "memory",
           "X-Trino-Schema": "default"}


class TrinoError(Exception):
    """What a statement failed with: its name and message."""


def query(url, sql):
    """(types of the columns, rows) of one statement. Decimals, times, NaN and infinities are texts."""

    def call(target, data=None):
        with urllib.request.urlopen(urllib.request.Request(target, data=data, headers=HEADERS), timeout=300) as answer:
            return json.load(answer)

    types, rows, page = [], [], call(url + "/v1/statement", sql.encode())
    while True:
        if page.get("error"):
            raise TrinoError(f"{page['error']['errorName']}: {page['error']['message']}")
        types = [column["type"] for column in page.get("columns") or []] or types
        rows += page.get("data") or []
        if "nextUri" not in page:
            return types, rows
        page = call(page["nextUri"])


if __name__ == "__main__":
    try:
        for row in query(os.environ.get("TRINO_URL", "http://127.0.0.1:8080"), sys.argv[1])[1]:
            print(json.dumps(row, ensure_ascii=False))
    except (OSError, TrinoError) as error:
        sys.exit(str(error))
