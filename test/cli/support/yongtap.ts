import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, inject } from 'vitest';
import { askHost } from '../../support/commands/ask-host.js';
import { optionsOfLine } from './options-of-line.js';

export const bin = fileURLToPath(new URL('../../../bin/yongtap.js', import.meta.url));

/** A folder for the files of one test file, gone when its tests have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working folder; state and temporary files are kept there too. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Whether the command needs a process of its own: for signals, programs that it starts, output that is not read. */
  readonly isAlone?: boolean;
}

/** The environment of somebody who has set nothing, without a PC/SC service. */
export function environment({ cwd, env }: RunOptions): Record<string, string> {
  const { NO_COLOR, FORCE_COLOR, YONGTAP_KEY, YONGTAP_DATABASE, ...rest } = process.env as Record<string, string>;
  return {
    ...rest,
    YONGTAP_STATE: join(cwd, 'state'),
    TMPDIR: cwd,
    PCSCLITE_CSOCK_NAME: join(cwd, 'no-service'),
    ...env,
  };
}

export function startYongtap(options: readonly string[], run: RunOptions): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [bin, ...options], { cwd: run.cwd, env: environment(run) });
}

/** Runs the command as the shell does, to its end. */
export async function yongtap(options: readonly string[], run: RunOptions): Promise<Ended> {
  if (run.isAlone) return ended(startYongtap(options, run), run.input);
  const { cwd, input = '' } = run;
  return askHost(inject('commandHosts'), { options, cwd, env: environment(run), input });
}

/** The beginning of a line of shell that runs the command with the options behind it. */
export const inShell = ({ isAlone }: Pick<RunOptions, 'isAlone'> = {}): string =>
  isAlone
    ? `"${process.execPath}" "${bin}"`
    : `"${process.execPath}" "${inject('commandClient')}" "${inject('commandHosts')}"`;

/** Runs a line of shell in which `yongtap` is the command. */
export async function shell(line: string, run: RunOptions): Promise<Ended> {
  const options = optionsOfLine(line);
  if (options) return yongtap(options, run);
  const define = `yongtap() { ${inShell(run)} "$@"; }\nnpx() { "$@"; }\n`;
  return ended(spawn('bash', ['-c', define + line], { cwd: run.cwd, env: environment(run) }), run.input);
}

async function ended(child: ChildProcessWithoutNullStreams, input = ''): Promise<Ended> {
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

export interface RunningGateway {
  readonly url: string;
  readonly key: string;
  /** What it has said on standard error. */
  log(): string;
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A gateway as a process of its own on a free port. */
export async function startGatewayProcess(run: RunOptions, options: readonly string[] = []): Promise<RunningGateway> {
  const child = startYongtap(
    ['gateway', '--port', '0', '--data', join(run.cwd, 'gateway-data'), '--json', '--log-level', 'silent', ...options],
    run,
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url, administratorKey } = JSON.parse(line);
  return {
    url,
    key: administratorKey,
    log: () => log,
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (child.exitCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = await once(child, 'exit');
      return code;
    },
  };
}

export interface RunningIssuer {
  readonly pid: number | undefined;
  readonly url: string;
  /** Absent with `--no-key`, and where the folder has one already. */
  readonly key?: string | undefined;
  /** What it has said on standard error. */
  log(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** An issuer as a process of its own on a free port. */
export async function startIssuerProcess(run: RunOptions, options: readonly string[] = []): Promise<RunningIssuer> {
  const folder = join(run.cwd, 'issuer-data');
  const child = startYongtap(['issuer', '--port', '0', '--data', folder, '--json', ...options], run);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url, apiKey: key } = JSON.parse(line);
  return {
    pid: child.pid,
    url,
    key,
    log: () => log,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = await once(child, 'exit');
      return code;
    },
  };
}
