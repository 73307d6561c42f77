import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { reportError } from '../report-error.js';
import { writeWhole } from '../write-whole.js';
import { describeFailure } from './describe-failure.js';
import { junitReport } from './junit.js';
import { Progress } from './progress.js';
import { type ReadVectorFile, readVectorFiles, type UnreadableFile } from './read-vector-files.js';
import { runVectors, type VectorResult } from './run-vectors.js';

/** Runs the vectors of all paths and says what became of them; what could not be read is told before, and stops nothing. */
export async function replayPaths(
  paths: readonly string[],
  options: { readonly json?: boolean; readonly junit?: string },
): Promise<void> {
  const { files, unreadable } = await readVectorFiles(paths);
  const errors = unreadable.map(notAVectorFile);
  for (const error of errors) process.exitCode = await reportError(error, { json: false });
  const results = await runAll(files, options.json === true);
  const failed = results.filter((result) => !result.passed).length;
  const passed = results.length - failed;
  const summary = `${passed} passed, ${failed} failed`;
  if (options.json) {
    const { code, message, hint } = errors[0] ?? {};
    const error = code && { error: { code, message, hint } };
    console.log(JSON.stringify({ passed, failed, unreadable, results, ...error }, undefined, 2));
    console.error(summary);
  } else {
    const colours = coloursFor(process.stdout);
    console.log(failed + errors.length > 0 ? colours.red(summary) : colours.green(summary));
  }
  if (options.junit) await writeWhole(options.junit, junitReport(results, unreadable));
}

/** A line for each vector that fails, unless they are told in one document at the end. */
async function runAll(files: readonly ReadVectorFile[], isQuiet: boolean): Promise<readonly VectorResult[]> {
  const colours = coloursFor(process.stdout);
  const total = files.reduce((sum, { file }) => sum + file.vectors.length, 0);
  const progress = new Progress(process.stderr, total);
  const results: VectorResult[] = [];
  for await (const result of runVectors(files, () => performance.now())) {
    progress.done(results.push(result));
    if (!result.passed) process.exitCode ??= exitCodes.no;
    if (result.passed || isQuiet) continue;
    const { path, id, kind, title } = result;
    const what = [path, colours.bold(id), kind, title].filter(Boolean).join(' ');
    progress.clear();
    console.log(`${colours.red('failed')} ${what}: ${describeFailure(result).join('; ')}`);
  }
  progress.clear();
  return results;
}

const notAVectorFile = ({ path, reason }: UnreadableFile): CommandError =>
  new CommandError(
    'vector-file-unreadable',
    `${path}: ${reason}`,
    exitCodes.wrongUse,
    'The format of vector files: docs/test-vectors.md',
  );
