// Adds up what scripts/test.sh has run; prints `N passed, N failed` and ends with 1 when anything failed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const read = (name) => {
  const path = join(folder, name);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text === '' ? undefined : JSON.parse(text);
};

const tests = read('tests.json');
const vectors = read('vectors.json');
const fuzzed = read('fuzz.json');
const failedSteps = existsSync(join(folder, 'failed'))
  ? readFileSync(join(folder, 'failed'), 'utf8').trim().split('\n')
  : [];

/** A file that could not even be loaded has no tests to count. */
const brokenFiles = (tests?.testResults ?? []).filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
).length;
const failedTests = (tests?.numFailedTests ?? 0) + brokenFiles;
const failedVectors = vectors?.failed ?? 0;
const failedTargets = fuzzed?.failed ?? 0;

/** In CI no part may be missing, so that no test is left out. */
const leftOut = tests?.numPendingTests ?? 0;
if (process.env.CI && leftOut > 0) failedSteps.push(`${leftOut} tests left out`);

/** A step that failed with nothing to count, such as the linter, counts as one. */
const counted = { vitest: failedTests, replay: failedVectors, fuzz: failedTargets };
const others = failedSteps.filter((step) => !counted[step]);

const passed = (tests?.numPassedTests ?? 0) + (vectors?.passed ?? 0) + (fuzzed?.passed ?? 0);
const failed = failedTests + failedVectors + failedTargets + others.length;
console.log(`tests: ${tests?.numPassedTests ?? 0} passed, ${failedTests} failed, ${leftOut} left out`);
console.log(`vectors: ${vectors?.passed ?? 0} passed, ${failedVectors} failed`);
console.log(`fuzz targets: ${fuzzed?.passed ?? 0} passed, ${failedTargets} failed, ${fuzzed?.inputs ?? 0} inputs`);
if (failedSteps.length > 0) console.log(`failed: ${failedSteps.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
