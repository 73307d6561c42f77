import { Readable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { CommandRequest } from './request.js';

/**
 * A process that does one command after the other as `yongtap` would in a process of its own: with its folder,
 * environment, input, and both outputs; and until nothing is left that would keep a process alive.
 */
const { runCommand, exitCodeOf } = (await import(process.argv[2]!)) as {
  runCommand(): Promise<void>;
  exitCodeOf(error: unknown): Promise<number>;
};

const LISTENED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const end = process.exit;
const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };

for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const encoding = typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : 'utf8';
    written[name].push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  }) as typeof process.stdout.write;
}

/**
 * Whether more keeps this process alive than before the command. Less is no reason to wait: what ended meanwhile may be
 * of the command before.
 */
function isHeldBeyond(before: readonly string[]): boolean {
  const left = [...before];
  return process.getActiveResourcesInfo().some((resource) => {
    const place = left.indexOf(resource);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

async function untilNothingHolds(before: readonly string[]): Promise<void> {
  for (let turn = 0; isHeldBeyond(before); turn++) {
    if (turn < 100) await setImmediate();
    else await setTimeout(2);
  }
}

function set({ options, cwd, env, input }: CommandRequest): void {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv.splice(1, Infinity, 'yongtap', ...options);
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)], { objectMode: false });
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
  process.exitCode = undefined;
  written.stdout = [];
  written.stderr = [];
}

const reply = (code: number | string | null | undefined, isLast: boolean) => ({
  isLast,
  code: Number(code ?? 0),
  stdout: Buffer.concat(written.stdout).toString(),
  stderr: Buffer.concat(written.stderr).toString(),
});

/** A command that ends its process ends this one. */
process.exit = ((code = process.exitCode) => {
  process.send!(reply(code, true), () => end(code));
}) as typeof process.exit;
process.on('uncaughtException', async (error) => process.exit(await exitCodeOf(error)));

process.on('message', async (request: CommandRequest) => {
  const resources = process.getActiveResourcesInfo();
  const before = LISTENED.map((name) => process.listeners(name));
  set(request);
  await runCommand();
  await untilNothingHolds(resources);
  const after = LISTENED.map((name) => process.listeners(name));
  for (const [index, name] of LISTENED.entries()) {
    for (const listener of after[index]!) if (!before[index]!.includes(listener)) process.off(name, listener);
  }
  const answer = reply(process.exitCode, false);
  process.exitCode = undefined;
  process.send!(answer);
});
process.send!('ready');
