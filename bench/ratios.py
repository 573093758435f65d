#!/usr/bin/env python3
"""Cases for bench.py, and the ratios of CPU time that the project is held to.

  ratios.py cases SIZE "PEER PEER..."                   writes the cases as JSON
  ratios.py print SIZE limits.jsonl results.jsonl       prints a Markdown table
"""
import json
import statistics
import sys

SCRIPTS = {"assay": "assay_peer.py", "duckdb": "duckdb_peer.py", "polars": "polars_peer.py", "pandera": "pandera_peer.py",
           "pointblank": "pointblank_peer.py", "soda": "soda_peer.py", "gx": "gx_peer.py", "deequ": "deequ_peer.py",
           "whylogs": "whylogs_peer.py", "ydata": "ydata_peer.py", "dataprofiler": "dataprofiler_peer.py"}
# work, file, what it is divided by, bar
BARS = [("profile", "parquet", "floor", 1.6), ("profile", "parquet", "polars", 0.62), ("profile", "parquet", "duckdb", 0.23),
        ("profile", "csv", "floor", 1.5), ("rows", "parquet", "polars", 0.7)]


def cases(size, peers):
    out = []
    for mode, extension in (("profile", "parquet"), ("rows", "parquet"), ("profile", "csv")):
        for peer in ["assay", "duckdb", *peers]:
            venv = "duckdb" if peer == "assay" else peer
            out.append({"peer": peer, "venv": venv, "script": SCRIPTS[peer], "mode": mode, "path": f"data/taxi_{size}.{extension}"})
    return out


def cpu_seconds(path, wanted):
    values = [r["cpu_s"] for r in map(json.loads, open(path)) if wanted(r) and "error" not in r]
    return statistics.median(values) if values else None


def print_ratios(size, limits, results):
    floors = {"parquet": cpu_seconds(limits, lambda r: r["limit"] == "duckdb min(all) parquet"),
              "csv": cpu_seconds(limits, lambda r: r["limit"] == "duckdb count(all) csv")}
    print(f"| work | Assay CPU s | divided by | CPU s | ratio | bar |\n|---|--:|---|--:|--:|--:|")
    for mode, extension, other, bar in BARS:
        name = f"taxi_{size}.{extension}"
        of = lambda peer: cpu_seconds(results, lambda r: r["peer"] == peer and r["mode"] == mode and r["path"].endswith(name))
        ours, theirs = of("assay"), floors[extension] if other == "floor" else of(other)
        if ours is None or theirs is None:
            print(f"| {mode} {extension} | {ours} | {other} | {theirs} | not measured | {bar} |")
            continue
        label = other if other != "floor" else "decode floor" if extension == "parquet" else "parse floor"
        print(f"| {mode} {extension} | {ours:.2f} | {label} | {theirs:.2f} | {ours / theirs:.2f} | {bar} |")
    for peer_mode in ("profile", "rows"):
        peaks = [r["rss_mb"] for r in map(json.loads, open(results)) if r["peer"] == "assay" and r["mode"] == peer_mode and "error" not in r]
        if peaks:
            print(f"\nPeak memory of {peer_mode}: {max(peaks):.0f} MB (bar 600).")


if sys.argv[1] == "cases":
    print(json.dumps(cases(sys.argv[2], sys.argv[3].split()), indent=0))
else:
    print_ratios(*sys.argv[2:])
