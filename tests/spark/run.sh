#!/usr/bin/env bash
# Compares expressions with real Spark, row by row: tests/spark/run.sh [--count N] [--rows N] [--seed N], with build/release/assay.
# Keeps its Python environment in ${ASSAY_CACHE:-~/.cache/assay}/spark-venv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/../../tools/setup.sh" "$here/../../tools/apt_spark.txt"
venv=${ASSAY_CACHE:-$HOME/.cache/assay}/spark-venv
stamp=$(sha256sum <"$here/requirements.txt" | cut -c1-16)
if [ "$(cat "$venv/.stamp" 2>/dev/null)" != "$stamp" ]; then
  rm -rf "$venv"; python3 -m venv "$venv"
  "$venv/bin/pip" -q --disable-pip-version-check install -r "$here/requirements.txt"
  echo "$stamp" >"$venv/.stamp"
fi
exec "$venv/bin/python" "$here/run.py" "$here/../../build/release/assay" "$@"
