import { Command } from 'commander';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';

interface ReplayOptions {
  readonly json?: boolean;
  readonly junit?: string;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('run test vectors against decoder, authentication, kernel, card and prices')
    .argument('<path...>', 'vector files, or folders with *.json below them')
    .option('--json', 'print the results as one JSON document')
    .option('--junit <file>', 'write a JUnit file too')
    .addHelpText(
      'after',
      `
Examples:
  yongtap replay test-vectors
  yongtap replay test-vectors/price.json --json
  yongtap replay my-vectors --junit results.xml`,
    )
    .action(replay);
}

async function replay(paths: string[], options: ReplayOptions): Promise<void> {
  const [{ readVectorFiles }, { runVectors }, { describeFailure }, { junitReport }, { Progress }, { writeWhole }] =
    await Promise.all([
      import('../replay/read-vector-files.js'),
      import('../replay/run-vectors.js'),
      import('../replay/describe-failure.js'),
      import('../replay/junit.js'),
      import('../replay/progress.js'),
      import('../write-whole.js'),
    ]);
  const { files, unreadable } = await readVectorFiles(paths);
  if (unreadable.length > 0) {
    throw new CommandError(
      'vector-file-unreadable',
      unreadable.map(({ path, reason }) => `${path}: ${reason}`).join('\n'),
      exitCodes.wrongUse,
      'Nothing was run. The format of vector files: docs/test-vectors.md',
    );
  }
  const colours = coloursFor(process.stdout);
  const total = files.reduce((sum, { file }) => sum + file.vectors.length, 0);
  const progress = new Progress(process.stderr, total);
  const results = [];
  for await (const result of runVectors(files, () => performance.now())) {
    progress.done(results.push(result));
    if (!result.passed) process.exitCode = exitCodes.no;
    if (result.passed || options.json) continue;
    const { path, id, kind, title } = result;
    const what = [path, colours.bold(id), kind, title].filter(Boolean).join(' ');
    progress.clear();
    console.log(`${colours.red('failed')} ${what}: ${describeFailure(result).join('; ')}`);
  }
  progress.clear();
  if (options.junit) await writeWhole(options.junit, junitReport(results));
  const failed = results.filter((result) => !result.passed).length;
  const summary = `${results.length - failed} passed, ${failed} failed`;
  if (options.json) {
    console.log(JSON.stringify({ passed: results.length - failed, failed, results }, undefined, 2));
    console.error(summary);
  } else console.log(failed > 0 ? colours.red(summary) : colours.green(summary));
}
