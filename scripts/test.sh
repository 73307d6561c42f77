#!/usr/bin/env bash
# Everything that must hold: lint, types and import rules, the tests, the test vectors. Sets up what they need first.
# The last line is `N passed, N failed`. With CI=1 nothing may be left out.
set -uo pipefail
cd "$(dirname "$0")/.."

made=()
trap 'rm -rf "${made[@]}"' EXIT
# Nobody keeps the databases of the tests, some gigabytes: they go into memory where there is room.
room=$(df --output=avail --block-size=1G /dev/shm 2>/dev/null | tail -n 1)
if [ "${room:-0}" -ge 8 ]; then
  YONGTAP_TEST_BOOKS=$(mktemp -d -p /dev/shm yongtap-XXXXXX)
  export YONGTAP_TEST_BOOKS
  made+=("$YONGTAP_TEST_BOOKS")
  # A database server runs as a user of its own.
  chmod 711 "$YONGTAP_TEST_BOOKS"
fi
results=$(mktemp -d)
made+=("$results")

bash scripts/setup.sh || echo "setup" >>"$results/failed"
node scripts/build.mjs --if-stale || echo "build" >>"$results/failed"
# It takes a minute whatever else runs; the tests wait for other things for as long.
{ nice -n 5 node scripts/fuzz.mjs --seconds 60 --seed 1 --json >"$results/fuzz.json" || echo "fuzz" >>"$results/failed"; } &
fuzzing=$!
{ npm run --silent check >"$results/check.txt" 2>&1 || echo "check" >>"$results/failed"; } &
checking=$!
npx vitest run --reporter=default --reporter=json --outputFile.json="$results/tests.json" "$@" ||
  echo "vitest" >>"$results/failed"
node bin/yongtap.js replay test-vectors --json >"$results/vectors.json" ||
  { node bin/yongtap.js replay test-vectors || true; echo "replay" >>"$results/failed"; }
wait "$fuzzing" "$checking"
cat "$results/check.txt"
node scripts/sum-results.mjs "$results"
