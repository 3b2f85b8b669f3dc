#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: tools/postgres.sh make test
# The cluster lies in a temporary folder, listens on a socket in it and nowhere else, and is gone afterwards.
# The command finds its address in TEST_POSTGRESQL. Needs the Debian package postgresql or the like.
set -euo pipefail

bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)"
[ -n "$bin" ] || bin="$(dirname "$(command -v initdb || echo "")")"
if [ ! -x "$bin/initdb" ]; then
  echo "PostgreSQL's initdb was not found. On Debian and Ubuntu: apt-get install postgresql" >&2
  exit 1
fi

folder="$(mktemp -d /tmp/readthrough-postgres.XXXXXX)"  # a socket's path must be short
as=()
if [ "$(id -u)" -eq 0 ]; then  # the server refuses to run as root
  as=(runuser -u postgres --)
  chown postgres "$folder"
fi

stop() {
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(
  cd /
  "${as[@]}" "$bin/initdb" -D "$folder/data" -U readthrough -A trust -E UTF8 --locale C.UTF-8 --no-sync >/dev/null
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start >/dev/null \
    -o "-k $folder -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
) || { cat "$folder/log" >&2 2>/dev/null; exit 1; }

export TEST_POSTGRESQL="postgresql://readthrough@/postgres?host=$folder"
"$@"
