#!/usr/bin/env bash
# fuzz.sh FUZZER SEEDS: runs one fuzzer for VAKT_FUZZ_SECONDS (60). What breaks it is left beside its corpus in the build tree.
set -euo pipefail
fuzzer="$1" seeds="$2"
corpus="$(dirname "$fuzzer")/corpus/$(basename "$fuzzer")"
mkdir -p "$corpus"
folders=("$corpus")
if [[ -d "$seeds" ]]; then folders+=("$seeds"); fi
exec "$fuzzer" -max_total_time="${VAKT_FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=1024 -verbosity=1 -print_final_stats=1 \
  -artifact_prefix="$corpus-" "${folders[@]}"
