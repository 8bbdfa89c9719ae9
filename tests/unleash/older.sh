#!/bin/sh
# The Unleash provider against the older versions that teams still run. Needs the release build and tests/e2e's packages.
set -e
cd "$(dirname "$0")/../.."
for version in 4.19.5 5.12.8 6.10.1; do
  tests/unleash/install.sh "tests/unleash/$version" --omit=dev --ignore-scripts
  VAKT_UNLEASH_VERSION=$version VAKT_TEST_TIMEOUT=390000 tests/e2e/run.sh unleash.test.mjs
done
