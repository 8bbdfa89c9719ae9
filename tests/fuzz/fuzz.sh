#!/usr/bin/env bash
# fuzz.sh FUZZER SEEDS: runs one fuzzer for VAKT_FUZZ_SECONDS (60). What breaks it is left beside its corpus in the build tree.
set -euo pipefail
fuzzer="$1" seeds="$2"
corpus="$(dirname "$fuzzer")/corpus/$(basename "$fuzzer")"
mkdir -p "$corpus"
folders=("$corpus")
if [[ -d "$seeds" ]]; then
  folders+=("$seeds")
else
  # A fuzzer that plays its input as a sequence of steps needs long ones to begin with: random bytes do.
  for length in 64 256 512 1024; do head -c "$length" /dev/urandom >"$corpus/random-$length"; done
fi
exec "$fuzzer" -max_total_time="${VAKT_FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -len_control=0 \
  -verbosity=1 -print_final_stats=1 -artifact_prefix="$corpus-" "${folders[@]}"
