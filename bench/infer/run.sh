#!/usr/bin/env bash
# Measures inferred checks on tables with labelled errors, beside Deequ: bench/infer/run.sh [--rows N] [--verbose]
# Keeps Deequ in ${ASSAY_CACHE:-~/.cache/assay}/bench.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../tools pom=$here/../deequ-pom.xml
"$tools/setup.sh" "$tools/apt_java.txt"
environment=$("$tools/python_environment.sh" spark-venv "$here/../../tests/spark/requirements.txt")
deequ=${ASSAY_CACHE:-$HOME/.cache/assay}/bench/deequ-$(sha256sum <"$pom" | cut -c1-16)
if [ ! -e "$deequ/.complete" ]; then
  mvn -q -B -f "$pom" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$deequ" >/dev/null
  touch "$deequ/.complete"
fi
"$environment/bin/python" "$here/run.py" "$here/../../build/release/assay" --deequ "$deequ" "$@" | tee "$here/../results-infer.md"
