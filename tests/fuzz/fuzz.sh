#!/usr/bin/env bash
# fuzz.sh FUZZER SEEDS: runs one fuzzer for VAKT_FUZZ_SECONDS (60), always from the same beginning, so that a change that has
# nothing to do with what it finds does not fail by chance; VAKT_FUZZ_SEED (1) sends it elsewhere. What breaks it is left
# beside its corpus in the build tree.
set -euo pipefail
fuzzer="$1" seeds="$2" seed="${VAKT_FUZZ_SEED:-1}"
corpus="$(dirname "$fuzzer")/corpus/$(basename "$fuzzer")"
mkdir -p "$corpus"
folders=("$corpus")
if [[ -d "$seeds" ]]; then
  folders+=("$seeds")
else
  # A fuzzer that plays its input as a sequence of steps needs long ones to begin with: random bytes do.
  for length in 64 256 512 1024; do
    LC_ALL=C awk -v seed="$seed" -v length_of="$length" \
      'BEGIN { srand(seed + length_of); for (i = 0; i < length_of; ++i) printf "%c", int(rand() * 256) }' >"$corpus/random-$length"
  done
fi
# What ASan holds back to catch a late use counts as memory too: less of it, so that the limit means the fuzzed code.
export ASAN_OPTIONS="quarantine_size_mb=64:${ASAN_OPTIONS:-}"
exec nice -n 19 "$fuzzer" -seed="$seed" -max_total_time="${VAKT_FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -len_control=0 \
  -verbosity=1 -print_final_stats=1 -artifact_prefix="$corpus-" "${folders[@]}"
