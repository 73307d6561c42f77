import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CertificationAuthorityKeyStore } from '../../../emv/index.js';
import type { StruckFault } from '../../../simulator/index.js';
import type { CardChannel } from '../../readers/index.js';
import type { TapRecord } from '../../tap/index.js';
import {
  type DenyList,
  type Membership,
  openTapQueue,
  type SmallPaymentPorts,
  type TapExchange,
  type TapQueue,
  type TapResult,
  tapCard,
} from '../../terminal/index.js';
import { secretFile } from '../state/secret-file.js';
import { folderName } from '../state/state-folder.js';
import type { BenchTerminal } from './bench-terminal.js';

/** The durable queue of a bench terminal, in the state folder; its key lies beside it. */
export async function openBenchQueue(state: string, { operator, terminal }: BenchTerminal): Promise<TapQueue> {
  const folder = join(state, 'terminals', folderName(operator), folderName(terminal));
  const key = await secretFile(join(state, 'terminals', 'key'));
  return openTapQueue(folder, { key, random: randomBytes, operator, terminal });
}

export interface KeptTap {
  readonly result: TapResult;
  /** The tap as it was kept, with its number; absent where none was accepted. */
  readonly record?: TapRecord;
  /** What a software card did wrong because it was told to. */
  readonly struck?: readonly StruckFault[];
  /** What the member list says of the card, where the terminal has lists. */
  readonly member?: Membership;
  /** Microseconds until it was. */
  readonly keptUs?: number;
}

/** One tap at a terminal: the transaction, and its record on the disk before anybody hears of it. */
export async function runTap(
  queue: TapQueue,
  bench: BenchTerminal,
  options: {
    readonly channel: CardChannel;
    readonly clock: () => Date;
    readonly caKeys: CertificationAuthorityKeyStore;
    readonly revoked?: ReadonlySet<string>;
    readonly denyList?: DenyList;
    readonly random?: (length: number) => Uint8Array;
    readonly onExchange?: (exchange: TapExchange) => void;
  },
): Promise<KeptTap> {
  const result = await tapCard({
    random: randomBytes,
    ...bench,
    ...options,
    ...(await equipmentOf(bench)),
    sequence: queue.nextSequence,
  });
  if (!result.tapRecord) return { result };
  const { sequence: _, ...unnumbered } = result.tapRecord;
  const decided = performance.now();
  const record = await queue.append(unnumbered);
  return { result, record, keptUs: Math.round((performance.now() - decided) * 1000) };
}

/** Loaded by the profiles that need it alone: the others start faster without the fares. */
async function equipmentOf({ profile }: BenchTerminal): Promise<{ smallPayment?: SmallPaymentPorts }> {
  if (profile.extension === undefined) return {};
  const { benchSmallPayment } = await import('./small-payment/bench-small-payment.js');
  return { smallPayment: benchSmallPayment() };
}
