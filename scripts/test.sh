#!/usr/bin/env bash
# Everything that must hold: lint, types and import rules, the tests, the test vectors. Sets up what they need first.
# The last line is `N passed, N failed`. With CI=1 nothing may be left out.
set -uo pipefail
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

bash scripts/setup.sh || echo "setup" >>"$results/failed"
node scripts/build.mjs --if-stale || echo "build" >>"$results/failed"
# It takes a minute whatever else runs; the tests wait for other things for as long.
{ nice -n 5 node scripts/fuzz.mjs --seconds 60 --seed 1 --json >"$results/fuzz.json" || echo "fuzz" >>"$results/failed"; } &
fuzzing=$!
npm run --silent check || echo "check" >>"$results/failed"
npx vitest run --reporter=default --reporter=json --outputFile.json="$results/tests.json" "$@" ||
  echo "vitest" >>"$results/failed"
node bin/yongtap.js replay test-vectors --json >"$results/vectors.json" ||
  { node bin/yongtap.js replay test-vectors || true; echo "replay" >>"$results/failed"; }
wait "$fuzzing"
node scripts/sum-results.mjs "$results"
