#!/usr/bin/env bash
# Runs a command beside an S3-compatible server of its own, which ends with it: tools/s3.sh make test
#
# The command finds its address in TEST_S3. The server is moto, in an environment of its own (requirements-s3.lock,
# installed once): its needs would change what ours are tested with. Where it cannot be installed the command runs without.
set -euo pipefail
cd "$(dirname "$0")/.."

home=.venv/s3 lock=requirements-s3.lock
if ! cmp -s "$lock" "$home/.ready"; then
  quiet=(--quiet --disable-pip-version-check --retries 1 --timeout 15)
  if python3 -m venv --clear "$home" && "$home/bin/python" -m pip install "${quiet[@]}" --require-hashes -r "$lock"; then
    cp "$lock" "$home/.ready"
  else
    echo "$0: the server could not be installed; tests that need it skip" >&2
    exec "$@"
  fi
fi

log="$(mktemp)"
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
"$home/bin/python" -m moto.server -H 127.0.0.1 -p "$port" >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 600); do
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  grep -q "Running on" "$log" && break
  sleep 0.1
done
export TEST_S3="http://127.0.0.1:$port"
"$@"
