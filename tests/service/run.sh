#!/usr/bin/env bash
# Runs the service tests against build/release/assay: tests/service/run.sh [JUNIT_XML] [pytest arguments]
# Those marked "judge" take long and run only when asked for: -m judge.
# Keeps its Python environment in ${ASSAY_CACHE:-~/.cache/assay}/service-venv and the servers it needs in
# ${ASSAY_SERVICES:-~/.cache/assay-services}.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${ASSAY_CACHE:-$HOME/.cache/assay}/service-venv
stamp=$(sha256sum <"$here/requirements.txt" | cut -c1-16)
if [ "$(cat "$venv/.stamp" 2>/dev/null)" != "$stamp" ]; then
  rm -rf "$venv"; python3 -m venv "$venv"
  "$venv/bin/pip" -q --disable-pip-version-check install -r "$here/requirements.txt"
  echo "$stamp" >"$venv/.stamp"
fi
report=${1:-$(mktemp)}; shift || true
exec "$venv/bin/python" -m pytest -q -p no:cacheprovider -m "not judge" "$here" --junitxml="$report" "$@"
