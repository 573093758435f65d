"""What shows only over many runs. `make judge` runs these; JUDGE_KILLS and JUDGE_SOAK_MINUTES say how long."""
import os
import pathlib
import random
import time

import duckdb
import pytest

from test_interruptions import kill_during_scans

pytestmark = pytest.mark.judge


def resident_mb(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the process is gone")


def open_files(process):
    return len(list(pathlib.Path(f"/proc/{process.pid}/fd").iterdir()))


def test_many_kills(assay, s3, lake):
    source, _ = lake
    kills = int(os.environ.get("JUDGE_KILLS", "60"))
    assay.run(type="profile", datastore_id=source)
    started = time.monotonic()
    assay.run(type="scan", datastore_id=source, high_count_rollup_threshold=1000, enrichment_source_record_limit=100000)
    whole = time.monotonic() - started
    chance = random.Random(7)
    # Half of them while results are written, which is the end of a run.
    delays = [chance.uniform(0, whole) if i % 2 else chance.uniform(0.7 * whole, 1.05 * whole) for i in range(kills)]
    kill_during_scans(assay, s3, source, delays)
    print(f"\n{kills} kills over scans of {whole:.1f} s: every run whole and once, nothing left behind")


def test_soak(assay, s3, lake):
    source, _ = lake
    minutes = float(os.environ.get("JUDGE_SOAK_MINUTES", "20"))
    folder = s3.bucket_path("lake") / "soak"
    folder.mkdir()
    rows = cycles = 0
    first = None
    deadline = time.monotonic() + 60 * minutes
    while time.monotonic() < deadline or cycles < 10:
        cycles += 1
        duckdb.sql(f"COPY (SELECT i AS id, i % 97 AS amount, 'name ' || i AS name FROM range({rows}, {rows + 1000}) t(i)) TO '{folder}/soak_{cycles}.parquet' (FORMAT parquet)")
        rows += 1000
        for kind in ("sync", "profile", "scan"):
            done = assay.run(type=kind, datastore_id=source)
            assert done["result"] == "success", done
        container = next(c for c in assay.items(f"/containers?datastore={source}") if c["name"].startswith("soak"))
        assert assay.ok("GET", f"/containers/{container['id']}/profile")["records_profiled"] == rows
        now = (resident_mb(assay.process), open_files(assay.process))
        if cycles == 5:
            first = now
    print(f"\n{cycles} cycles of sync, profile and scan in {minutes:g} minutes: {first[0]:.0f} MB and {first[1]} open files after 5 cycles, "
          f"{now[0]:.0f} MB and {now[1]} at the end")
    assert now[0] < 1.5 * first[0] + 50 and now[1] <= first[1] + 10
