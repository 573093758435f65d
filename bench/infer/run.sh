#!/usr/bin/env bash
# Measures inferred checks on tables with labelled errors, beside Deequ: bench/infer/run.sh [--rows N] [--verbose]
# Keeps its Python environment and Deequ in ${ASSAY_CACHE:-~/.cache/assay}/bench.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/../../tools/setup.sh" "$here/../../tools/apt_spark.txt"
root=${ASSAY_CACHE:-$HOME/.cache/assay}/bench
venv=$root/venvs/infer
if [ ! -e "$venv/.complete" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" -q --disable-pip-version-check install -r "$here/requirements.txt"
  touch "$venv/.complete"
fi
if [ ! -e "$root/deequ/.complete" ]; then
  mvn -q -B -f "$here/../deequ-pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$root/deequ" >/dev/null
  touch "$root/deequ/.complete"
fi
"$venv/bin/python" "$here/run.py" "$here/../../build/release/assay" --deequ "$root/deequ" "$@" | tee "$here/../results-infer.md"
