#!/usr/bin/env bash
# Everything that must hold: lint, types and import rules, the tests, the test vectors. Sets up what they need first.
# The last line is `N passed, N failed`. With CI=1 nothing may be left out.
set -uo pipefail
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

is_built() {
  [ -e dist/cli.js ] && [ -z "$(find emv simulator src scripts/build.mjs package.json -newer dist/cli.js -print -quit)" ]
}

bash scripts/setup.sh || echo "setup" >>"$results/failed"
is_built || npm run --silent build || echo "build" >>"$results/failed"
npm run --silent check || echo "check" >>"$results/failed"
npx vitest run --reporter=default --reporter=json --outputFile.json="$results/tests.json" "$@" ||
  echo "vitest" >>"$results/failed"
node bin/yongtap.js replay test-vectors --json >"$results/vectors.json" ||
  { node bin/yongtap.js replay test-vectors || true; echo "replay" >>"$results/failed"; }
node scripts/sum-results.mjs "$results"
