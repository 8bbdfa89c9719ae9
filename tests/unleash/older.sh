#!/bin/sh
# The Unleash provider, and the whole program on its way from `/flag off` to the record, against the older versions that
# teams still run. Needs the release build and tests/e2e's packages.
set -e
cd "$(dirname "$0")/../.."
for version in 4.19.5 5.12.8 6.10.1; do
  tests/unleash/install.sh "tests/unleash/$version" --omit=dev --ignore-scripts
  for file in unleash kill_unleash; do
    VAKT_UNLEASH_VERSION=$version VAKT_TEST_TIMEOUT=390000 tests/e2e/run.sh $file.test.mjs
  done
done
