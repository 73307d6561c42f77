import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  createTestPki,
  FaultPlan,
  issueCard,
  loadProfile,
  openCard,
  type PresentedCard,
  parseFault,
  presentCard,
  type ReaderService,
  withFaults,
} from '../../simulator/index.js';
import { type CardChannel, openPcsc, type Pcsc } from '../../src/readers/index.js';
import { type TapResult, tapCard } from '../../src/terminal/index.js';
import { requirePart } from '../support/require-part.js';
import { validator } from '../terminal/tap/tap-fixture.js';
import { startVirtualReaders } from './virtual-readers.js';

/** Faults on purpose as a terminal meets them at a PC/SC reader. */

const CARD_TIMEOUT_MS = 1200;

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders({ cardTimeoutMs: CARD_TIMEOUT_MS });
});
afterAll(() => service?.stop());

describe.runIf(hasPcsc)('a card with faults on a reader', () => {
  const presented: PresentedCard[] = [];
  const opened: Pcsc[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((pcsc) => pcsc.close()));
    await Promise.all(presented.splice(0).map((card) => card.withdraw()));
  });

  const file = issueCard(loadProfile('service-card-51'), createTestPki());

  async function lay(...faults: string[]) {
    const inner = openCard(file, { random: (length) => new Uint8Array(length) });
    const sleep = (milliseconds: number, signal: AbortSignal) => wait(milliseconds, undefined, { signal });
    const card = withFaults(inner, new FaultPlan(faults.map(parseFault)), { sleep });
    const lie = async () => {
      const laid = await presentCard(card, { socketPath: service.slots[0]!.socketPath });
      presented.push(laid);
      return laid;
    };
    return { laid: await lie(), lie, balance: () => inner.inspect().applications[0]!.purse.balanceFen };
  }

  async function tap(limitMs = 5000): Promise<TapResult> {
    const pcsc = openPcsc({ binding: 'smartcard' });
    opened.push(pcsc);
    const channel: CardChannel = await pcsc.waitForCard('Front', { timeoutMs: 5000 });
    const options = validator(channel);
    const profile = { ...options.profile, limitsMs: { exchange: limitMs, transaction: 10_000 } };
    return tapCard({ ...options, profile });
  }

  test.each([
    ['tear@4', 'tear'],
    ['tear-before@4', 'tear'],
    ['drop@4', 'drop'],
    ['tear@4:20', 'tear'],
    ['tear@8', 'tear'],
  ])('%s: the tap is torn, and presented again the card pays', async (fault, by) => {
    const { laid, lie, balance } = await lay(fault);
    const torn = await tap();
    expect(torn).toMatchObject({ outcome: 'torn', accepted: false, display: 'present-again' });
    expect(['card-removed', 'communication-error']).toContain(torn.reason);
    expect(await laid.ended).toEqual({ reason: 'torn', by });
    const before = balance();
    expect(before).toBe(fault === 'tear@8' ? 9_800 : 10_000);
    await lie();
    expect(await tap()).toMatchObject({ accepted: true });
    expect(balance()).toBe(before - 200);
  });

  test('a late answer comes within the time of the reader, and is waited for', async () => {
    const { balance } = await lay('late@3:100');
    const result = await tap();
    expect(result.accepted).toBe(true);
    expect(result.timing.cardMs).toBeGreaterThanOrEqual(99);
    expect(balance()).toBe(9_800);
  });

  test('a card that is later than the reader waits has not answered', async () => {
    const { balance } = await lay(`late@3:${CARD_TIMEOUT_MS * 100}`);
    const { outcome, reason } = await tap();
    expect(outcome).toBe('torn');
    expect(['card-mute', 'communication-error']).toContain(reason);
    expect(balance()).toBe(10_000);
  });

  test('a card that is later than the terminal waits is mute', async () => {
    await lay(`late@3:${CARD_TIMEOUT_MS / 2}`);
    expect(await tap(CARD_TIMEOUT_MS / 6)).toMatchObject({ outcome: 'torn', reason: 'card-mute' });
  });
});
