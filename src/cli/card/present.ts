import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  type CardInterface,
  openCardFile,
  type PresentationEnd,
  presentCard,
  ReaderServiceError,
  startReaderService,
  type VirtualReaderAddress,
} from '../../../simulator/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { untilInterrupted } from '../until-interrupted.js';

interface Presenting {
  /** A reader that listens already; without it a PC/SC service is started for this card. */
  readonly address?: VirtualReaderAddress | undefined;
  readonly readerName: string;
  /** In a slot or in the field; without it what the card has, the field where it has both. */
  readonly by?: CardInterface | undefined;
  /** A program to run meanwhile. */
  readonly command: readonly string[];
}

/** Returns the exit code: of the program, where there is one. */
export async function presentFromFile(path: string, { address, readerName, command, by }: Presenting): Promise<number> {
  const card = openCardFile(path, { random: randomBytes });
  const service = address === undefined ? await startService(readerName) : undefined;
  const interruption = untilInterrupted();
  try {
    const where = address ?? { socketPath: service!.readers[0]!.socketPath };
    const presented = await presentCard(card, { ...where, interface: by }).catch((error: Error) => {
      throw new CommandError(
        'virtual-reader-absent',
        `no virtual reader listens there: ${error.message}`,
        exitCodes.partMissing,
        'Without --port and --socket a PC/SC service is started for the card.',
      );
    });
    explain(path, readerName, service?.environment);
    try {
      const running = command.length > 0 ? [run(command, service?.environment ?? {}, interruption.signal)] : [];
      const end = await Promise.race([presented.ended, interruption.interrupted, ...running]);
      return typeof end === 'number' ? end : exitCodeOf(end);
    } finally {
      await presented.withdraw();
    }
  } finally {
    interruption.dispose();
    card.close();
    await service?.stop();
  }
}

async function startService(name: string) {
  try {
    return await startReaderService({ names: [name] });
  } catch (error) {
    if (!(error instanceof ReaderServiceError)) throw error;
    throw new CommandError(error.code, error.message, exitCodes.partMissing);
  }
}

function explain(path: string, readerName: string, environment: Readonly<Record<string, string>> | undefined): void {
  const colours = coloursFor(process.stderr);
  const lines = [`${colours.green('present')} ${path} lies on the virtual reader until Ctrl-C.`];
  if (environment) {
    lines.push(`        ${colours.bold(readerName)} is a reader of a PC/SC service of its own. Programs find it by:`);
    for (const [name, value] of Object.entries(environment)) lines.push(`          export ${name}=${value}`);
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}

function run([program, ...options]: readonly string[], environment: object, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, options, { stdio: 'inherit', env: { ...process.env, ...environment } });
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.once('error', (error) => reject(new CommandError('program-not-started', error.message)));
    child.once('exit', (code) => resolve(code ?? exitCodes.no));
  });
}

function exitCodeOf(end: PresentationEnd | undefined): number {
  if (end === undefined || end.reason === 'withdrawn') return exitCodes.done;
  if (end.reason === 'card-failed') throw end.error;
  throw new CommandError('reader-gone', 'the virtual reader has gone', exitCodes.partMissing);
}
