import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type DurableCard,
  type FaultyCard,
  openCardFile,
  type PresentationEnd,
  type PresentedCard,
  presentCard,
  startReaderService,
  type VirtualReaderAddress,
} from '../../../simulator/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import type { CommandFaults } from '../faults/command-faults.js';
import { printFaults } from '../faults/print-faults.js';
import { type Interruption, untilInterrupted } from '../until-interrupted.js';
import { describeFront, type ReaderFaceOptions, readerFace } from './reader-face.js';

interface Presenting {
  /** A reader that listens already; without it a PC/SC service is started for this card. */
  readonly address?: VirtualReaderAddress | undefined;
  /** How card and reader look to others. */
  readonly look: ReaderFaceOptions;
  readonly faults: CommandFaults;
  /** A program to run meanwhile. */
  readonly command: readonly string[];
}

/** What a shell adds to the number of the signal that ended a program. */
const KILLED = 128;

/** How long a holder needs to present a card again that was torn away. */
const PRESENTED_AGAIN_MS = 500;

/** How long a program waits at most for the service to find the card: it powers each card that is laid down. */
const NOTICED_MS_MAX = 1000;

/** Whether the service knows of the card; not where one of the two has gone before. */
const isFound = ({ powered, ended }: PresentedCard, interrupted: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    powered.then(() => true),
    wait(NOTICED_MS_MAX, true, { ref: false }),
    ...[ended, interrupted].map((gone) => gone.then(() => false)),
  ]);

/** Returns the exit code: of the program, where there is one. */
export async function presentFromFile(path: string, presenting: Presenting): Promise<number> {
  const { address, look, command, faults } = presenting;
  const card = openCardFile(path, { random: randomBytes });
  const faulty = faults.of(card);
  const { readerName, wrap, presentation } = faceOf(path, card, look);
  const service = address === undefined ? await startReaderService({ readers: [{ name: readerName }] }) : undefined;
  const interruption = untilInterrupted();
  const withdrawal = new AbortController();
  const shown = wrap(faulty);
  const lie = () => {
    const where = address ?? { socketPath: service!.slots[0]!.socketPath };
    return presentCard(shown, { ...where, ...presentation, signal: withdrawal.signal });
  };
  try {
    const first = await lie().catch((error: Error) => {
      throw new CommandError(
        'virtual-reader-absent',
        `no virtual reader listens there: ${error.message}`,
        exitCodes.partMissing,
        'Without --port and --socket a PC/SC service is started for the card.',
      );
    });
    if (command.length === 0) explain(path, readerName, service?.environment);
    const presence = presentAgain(first, lie, faulty, withdrawal.signal);
    try {
      const isWanted = command.length > 0 && (await isFound(first, interruption.interrupted));
      const running = isWanted ? run(command, service?.environment ?? {}, interruption) : interruption.interrupted;
      const end = await Promise.race([presence, running]);
      return typeof end === 'number' ? end : exitCodeOf(end);
    } finally {
      withdrawal.abort();
      await presence;
    }
  } finally {
    interruption.dispose();
    card.close();
    await service?.stop();
  }
}

function faceOf(path: string, card: DurableCard, look: ReaderFaceOptions) {
  try {
    const { bold } = coloursFor(process.stderr);
    const { interface: kind } = card.inspect();
    return readerFace(path, kind, look, (front) => {
      process.stderr.write(`${bold('reader')}  ${describeFront(front)}\n`);
    });
  } catch (error) {
    card.close();
    throw error;
  }
}

/** A card that a fault tears away is laid down again, as its holder would; one that lost the field is there at once. */
async function presentAgain(
  first: PresentedCard,
  lie: () => Promise<PresentedCard>,
  { struck }: FaultyCard,
  withdrawn: AbortSignal,
): Promise<PresentationEnd> {
  for (let presented = first; ; ) {
    const end = await presented.ended;
    if (end.reason !== 'torn') return end;
    process.stderr.write(`${printFaults(struck.slice(-1), coloursFor(process.stderr)).join('\n')}\n`);
    if (end.by === 'tear') await wait(PRESENTED_AGAIN_MS, undefined, { signal: withdrawn }).catch(() => undefined);
    if (withdrawn.aborted) return { reason: 'withdrawn' };
    const again = await lie().catch(() => undefined);
    if (again === undefined) return { reason: withdrawn.aborted ? 'withdrawn' : 'reader-gone' };
    presented = again;
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

/** What interrupts this command the program hears of as well; it has the time that it needs for its end. */
function run(
  [program, ...options]: readonly string[],
  environment: object,
  interruption: Interruption,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, options, { stdio: 'inherit', env: { ...process.env, ...environment } });
    interruption.signal.addEventListener('abort', () => child.kill(interruption.by), { once: true });
    child.once('error', (error) => reject(new CommandError('program-not-started', error.message)));
    child.once('exit', (code, signal) => resolve(code ?? KILLED + constants.signals[signal!]));
  });
}

function exitCodeOf(end: PresentationEnd | undefined): number {
  if (end === undefined || end.reason === 'withdrawn') return exitCodes.done;
  if (end.reason === 'card-failed') throw end.error;
  throw new CommandError('reader-gone', 'the virtual reader has gone', exitCodes.partMissing);
}
