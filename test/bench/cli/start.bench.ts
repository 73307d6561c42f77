import { spawnSync } from 'node:child_process';
import { bench, describe } from 'vitest';

/** A process takes some 50 ms: a few are enough for a ratio. */
const runs = { iterations: 20, time: 0, warmupIterations: 3, warmupTime: 0 };

const run = (...options: string[]): void => {
  const { status } = spawnSync(process.execPath, options);
  if (status !== 0) throw new Error(`${options.join(' ')} ended with ${status}`);
};

describe('from the shell to the answer; the peer is a Node that does nothing', () => {
  bench('node -e 0', () => run('-e', '0'), runs);
  bench('yongtap --version', () => run('bin/yongtap.js', '--version'), runs);
  bench('yongtap --help', () => run('bin/yongtap.js', '--help'), runs);
  bench('yongtap decode', () => run('bin/yongtap.js', 'decode', '9F02060000000002009F3704DEADBEEF'), runs);
});
