import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { virtualReaderDriver } from './driver.js';

export type ReaderServiceErrorCode =
  /** pcscd is not installed. */
  | 'pcscd-missing'
  /** The driver has not been built. */
  | 'driver-missing'
  /** Another PC/SC service runs on this machine, and no namespace can be made to keep the two apart. */
  | 'service-in-use'
  /** pcscd ended or its sockets did not appear in time; the message holds its last words. */
  | 'start-failed';

/** The service with its virtual readers cannot be started. */
export class ReaderServiceError extends Error {
  override readonly name = 'ReaderServiceError';
  constructor(
    readonly code: ReaderServiceErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export interface VirtualReader {
  /** The service appends the number of the reader and that of the slot: ` 00 00`. */
  readonly name: string;
  /** How many cards it has room for, 4 at most; 1 without it. */
  readonly slots?: number;
  /** False of a reader that takes no commands of extended length. */
  readonly extendedLength?: boolean;
}

export interface ReaderServiceOptions {
  readonly readers?: readonly VirtualReader[];
  /** How long a card may think about one command before the reader calls it mute. */
  readonly cardTimeoutMs?: number;
  /** How long to wait for another service to end where the machine has room for one only. */
  readonly waitMs?: number;
}

/** A place for a card. */
export interface VirtualSlot {
  /** The name of its reader. */
  readonly name: string;
  /** From 0. */
  readonly slot: number;
  readonly socketPath: string;
}

/** A PC/SC service of our own with virtual readers and nothing else. */
export interface ReaderService {
  /** Clients find the service by this environment; libpcsclite reads it once, before its first call. */
  readonly environment: { readonly PCSCLITE_CSOCK_NAME: string };
  readonly slots: readonly VirtualSlot[];
  /** Ends the service as if every reader were unplugged. */
  unplug(): Promise<void>;
  /** Starts it again after `unplug`. */
  plugIn(): Promise<void>;
  /** Ends the service and removes its files; may be called twice. */
  stop(): Promise<void>;
}

const READY_MS_MAX = 10_000;
const STOP_MS_MAX = 3_000;
const MACHINE_SOCKET = '/run/pcscd/pcscd.comm';

/**
 * Starts pcscd with virtual readers in a temporary folder. Where the kernel lets us, it runs in a mount namespace with
 * a /run/pcscd of its own, so that it neither sees nor disturbs the machine's service; elsewhere it takes the
 * machine's place, which only root can and only while no other service runs. It ends with this process at the latest.
 */
export async function startReaderService({
  readers = [{ name: 'Yongtap virtual reader' }],
  cardTimeoutMs = 5000,
  waitMs = 0,
}: ReaderServiceOptions = {}): Promise<ReaderService> {
  const driver = virtualReaderDriver();
  if (!driver) throw new ReaderServiceError('driver-missing', 'build it: make -C simulator/virtual-reader');
  if (spawnSync('pcscd', ['--version']).error) {
    throw new ReaderServiceError('pcscd-missing', 'pcscd is not installed: bash scripts/setup.sh');
  }
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-readers-'));
  const socketPath = (reader: number) => join(folder, `reader-${reader}.sock`);
  const configurations = readers.map((reader, index) =>
    configuration(reader, { socketPath: socketPath(index), cardTimeoutMs, driver }),
  );
  try {
    mkdirSync(join(folder, 'run', 'pcscd'), { recursive: true });
    mkdirSync(join(folder, 'reader.conf.d'));
    writeFileSync(join(folder, 'reader.conf.d', 'yongtap'), configurations.join('\n'));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const slots = readers.flatMap(({ name, slots: count = 1 }, index) =>
    Array.from({ length: count }, (_, slot) => ({
      name,
      slot,
      socketPath: `${socketPath(index)}${slot === 0 ? '' : `.${slot}`}`,
    })),
  );
  const service = new PrivateReaderService(folder, slots, waitMs);
  try {
    await service.plugIn();
  } catch (error) {
    await service.stop();
    throw error;
  }
  return service;
}

/** A reader as pcscd reads it (reader.conf(5)), and virtual-reader.c what follows the `@`. */
function configuration(
  { name, slots = 1, extendedLength = true }: VirtualReader,
  { socketPath, cardTimeoutMs, driver }: { socketPath: string; cardTimeoutMs: number; driver: string },
): string {
  const options = [cardTimeoutMs, `slots=${slots}`, 'escape', ...(extendedLength ? [] : ['short'])].join(':');
  return `FRIENDLYNAME "${name}"\nDEVICENAME unix:${socketPath}@${options}\nLIBPATH ${driver}\n`;
}

/** How to enter a mount namespace here: as root, as a user that becomes root in a user namespace, or not at all. */
function namespaceOptions(run: string): readonly string[] | undefined {
  const ways = process.getuid?.() === 0 ? [['--mount']] : [['--user', '--map-root-user', '--mount']];
  return ways.find((way) => spawnSync('unshare', [...way, 'mount', '--bind', run, '/run']).status === 0);
}

/** `exec` keeps one process, whose id is the one we stop. The folder stands for /run, where pcscd puts its socket. */
const IN_NAMESPACE =
  'mount --bind "$1/run" /run && exec setpriv --pdeathsig TERM pcscd --foreground --config "$1/reader.conf.d"';
const ON_MACHINE = 'exec setpriv --pdeathsig TERM pcscd --foreground --config "$1/reader.conf.d"';

class PrivateReaderService implements ReaderService {
  readonly environment: { readonly PCSCLITE_CSOCK_NAME: string };
  readonly #namespace: readonly string[] | undefined;
  #process: ChildProcess | undefined;
  #lastWords = '';

  constructor(
    private readonly folder: string,
    readonly slots: readonly VirtualSlot[],
    private readonly waitMs: number,
  ) {
    this.#namespace = namespaceOptions(join(folder, 'run'));
    this.environment = {
      PCSCLITE_CSOCK_NAME: this.#namespace ? join(folder, 'run', 'pcscd', 'pcscd.comm') : MACHINE_SOCKET,
    };
  }

  async plugIn(): Promise<void> {
    if (this.#process) return;
    if (!this.#namespace) await this.#waitForFreeMachine();
    const [command, ...options] = this.#namespace
      ? ['unshare', ...this.#namespace, 'sh', '-c', IN_NAMESPACE, 'sh', this.folder]
      : ['sh', '-c', ON_MACHINE, 'sh', this.folder];
    const started = spawn(command!, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    this.#lastWords = '';
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (text: Buffer) => {
        this.#lastWords = (this.#lastWords + text.toString()).slice(-2000);
      });
    }
    await this.#waitUntilReady(started);
  }

  async unplug(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    const timer = setTimeout(() => running.kill('SIGKILL'), STOP_MS_MAX);
    await ended;
    clearTimeout(timer);
  }

  async stop(): Promise<void> {
    await this.unplug();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #waitUntilReady(started: ChildProcess): Promise<void> {
    const deadline = performance.now() + READY_MS_MAX;
    while (performance.now() < deadline && started.exitCode === null && started.signalCode === null) {
      const plugged = this.slots.every(({ socketPath }) => existsSync(socketPath));
      if (plugged && (await answers(this.environment.PCSCLITE_CSOCK_NAME))) return;
      await sleep(10);
    }
    throw new ReaderServiceError(
      'start-failed',
      `pcscd did not get ready. It said: ${this.#lastWords.trim() || 'nothing'}`,
    );
  }

  async #waitForFreeMachine(): Promise<void> {
    const deadline = performance.now() + this.waitMs;
    while (await answers(MACHINE_SOCKET)) {
      if (performance.now() >= deadline) {
        throw new ReaderServiceError('service-in-use', 'another PC/SC service runs on this machine; stop it first');
      }
      await sleep(100);
    }
  }
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
