import { createHash, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzTarget, type TargetResult } from './fuzz-one-target.js';
import { readRegressions } from './regressions.js';
import { targets } from './targets/index.js';

const FINDINGS = '.fuzz';
const DEFAULT_SECONDS = '600';

const { values: options } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    seconds: { type: 'string', default: DEFAULT_SECONDS },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    input: { type: 'string' },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const chosen = options.target ?? targets.map(({ name }) => name);
const unknown = chosen.filter((name) => !targets.some((target) => target.name === name));
const seed = Number(options.seed);
const workers = Math.max(1, Math.min(Number(options.workers), chosen.length));
const milliseconds = (Number(options.seconds) * 1000 * workers) / chosen.length;

function inputsOf(target: string): Uint8Array[] {
  if (options.input !== undefined) return [readFileSync(options.input)];
  return readRegressions()
    .filter((regression) => regression.target === target)
    .map(({ input }) => input);
}

/** The input that brought it, and how to bring it again. */
function keep({ target, seed: own, finding }: TargetResult): string {
  mkdirSync(FINDINGS, { recursive: true });
  const name = `${target}-${createHash('sha256').update(finding!.input).digest('hex').slice(0, 12)}`;
  const path = join(FINDINGS, `${name}.bin`);
  writeFileSync(path, finding!.input);
  const again = `npm run fuzz -- --target ${target} --input ${path} --seconds 1`;
  const about = { target, seed: own, input: Buffer.from(finding!.input).toString('hex'), error: finding!.error, again };
  writeFileSync(join(FINDINGS, `${name}.json`), `${JSON.stringify(about, undefined, 2)}\n`);
  return again;
}

function tell(result: TargetResult): void {
  if (options.json) return;
  const { target, runs, kept, finding } = result;
  const rate = Math.round((runs / result.milliseconds) * 1000);
  console.log(`${finding ? 'failed' : 'passed'} ${target.padEnd(26)} ${runs} inputs, ${rate} a second, ${kept} kept`);
}

function progress(done: number): void {
  if (!process.stderr.isTTY || options.json) return;
  process.stderr.write(`\r\u001B[K${done} of ${chosen.length} targets\r`);
}

async function run(): Promise<void> {
  if (!options.json) console.log(`seed ${seed}, ${chosen.length} targets, ${options.seconds} s, ${workers} at a time`);
  const results: TargetResult[] = [];
  const waiting = [...chosen];
  const worker = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const result = await fuzzTarget({ target, seed, milliseconds, inputs: inputsOf(target) });
      results.push(result);
      tell(result);
      if (result.finding) console.error(`${target}: ${result.finding.error}\n  again: ${keep(result)}`);
      progress(results.length);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  const failed = results.filter(({ finding }) => finding).length;
  const summary = { passed: results.length - failed, failed };
  const inputs = results.reduce((sum, { runs }) => sum + runs, 0);
  if (options.json) console.log(JSON.stringify({ ...summary, seed, inputs }));
  else console.log(`${inputs} inputs\n${summary.passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (options.list) for (const { name } of targets) console.log(name);
else if (unknown.length > 0) {
  console.error(`no target ${unknown.join(', ')}; --list names them`);
  process.exitCode = 2;
} else await run();
