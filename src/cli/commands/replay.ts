import { Command } from 'commander';

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
    .action(async (paths: string[], options: ReplayOptions) => {
      const { replayPaths } = await import('../replay/replay-paths.js');
      await replayPaths(paths, options);
    });
}
