#!/usr/bin/env bash
# Makes a Debian 12 machine ready to build: apt packages, then the pinned third-party sources.
# Quick when everything is there. Extra package lists as arguments: tools/setup.sh tools/apt_clang.txt
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wanted=$(grep -hv '^#' "$here/apt_packages.txt" "$@" | sort -u)
missing=()
for package in $wanted; do
  case $package in
    npm) command -v npm >/dev/null && continue ;;  # any Node.js will do, Debian's or not
  esac
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "setup: installing ${missing[*]}" >&2
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
"$here/fetch.sh"
