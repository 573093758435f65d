#!/usr/bin/env bash
# Makes the Python environment NAME of a requirements file, anew when that changed, and prints its folder:
#   tools/python_environment.sh NAME REQUIREMENTS
# It is kept in ${ASSAY_CACHE:-~/.cache/assay}.
set -euo pipefail
environment=${ASSAY_CACHE:-$HOME/.cache/assay}/$1
stamp=$(sha256sum <"$2" | cut -c1-16)
if [ "$(cat "$environment/.stamp" 2>/dev/null)" != "$stamp" ]; then
  rm -rf "$environment"; python3 -m venv "$environment"
  "$environment/bin/pip" -q --disable-pip-version-check install -r "$2"
  echo "$stamp" >"$environment/.stamp"
fi
echo "$environment"
