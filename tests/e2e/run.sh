#!/bin/sh
# Runs one test file on the pinned Node: run.sh FILE. It gets VAKT_TEST_TIMEOUT milliseconds.
cd "$(dirname "$0")" || exit 1
for node in node_modules/node-linux-*/bin/node; do
  [ -x "$node" ] && exec "$node" --test --test-timeout="${VAKT_TEST_TIMEOUT:-290000}" "$1"
done
echo "tests/e2e/node_modules is missing: run deploy/test" >&2
exit 1
