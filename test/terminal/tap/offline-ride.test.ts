import { describe, expect, test } from 'vitest';
import { toHex } from '../../../emv/bytes.js';
import { readTradeRecord } from '../../../emv/values/index.js';
import { benchSmallPayment } from '../../../src/cli/tap/small-payment/bench-small-payment.js';
import { softwareSecureAccessModule } from '../../../src/cli/tap/small-payment/software-secure-access-module.js';
import type { CardChannel } from '../../../src/readers/index.js';
import {
  recoverTap,
  type TapCardOptions,
  type TapResult,
  tapCard,
  terminalProfiles,
} from '../../../src/terminal/index.js';
import { checkEvidence } from './check-evidence.js';
import { cardOf, gate, tearing } from './tap-fixture.js';

const ENTRY = { event: 'entry', place: { line: '1', station: '鼓楼' }, clock: () => new Date('2015-10-03T00:00:00Z') };
const EXIT = {
  event: 'exit',
  place: { line: '2', station: '客运中心' },
  clock: () => new Date('2015-10-03T00:25:00Z'),
};
const FARE_FEN = 300;

const at = (channel: CardChannel, tap: typeof ENTRY, options: Partial<TapCardOptions> = {}): Promise<TapResult> =>
  tapCard({
    ...gate(channel),
    ...(tap as Partial<TapCardOptions>),
    profile: terminalProfiles['metro-gate-offline'],
    smallPayment: benchSmallPayment(),
    ...options,
  });

/** The journey as it stands on the card. */
const journeyOn = ({ card }: ReturnType<typeof cardOf>) => {
  const stored = card
    .inspect()
    .applications[0]!.smallPayment!.records.find(({ shortFileIdentifier }) => shortFileIdentifier === 0x15);
  return readTradeRecord('journey', Buffer.from(stored!.bytes, 'hex').subarray(6));
};

describe('a ride at gates without a network', () => {
  test('the entry is written on the card, the exit prices it and takes the fare; both prove themselves', async () => {
    const held = cardOf('small-payment');
    const before = held.balance();
    const entry = await at(held.channel, ENTRY);
    expect(entry).toMatchObject({ outcome: 'approved-offline', accepted: true, amountFen: 0 });
    expect(journeyOn(held)).toMatchObject({ entryTime: '20151003080000', entryLine: 1, exitTime: '0'.repeat(14) });
    expect(held.balance()).toBe(before);
    const exit = await at(held.channel, EXIT, { sequence: 2 });
    expect(exit).toMatchObject({
      accepted: true,
      amountFen: FARE_FEN,
      tapRecord: { event: 'exit', amountFen: FARE_FEN },
    });
    expect(held.balance()).toBe(before - FARE_FEN);
    expect(journeyOn(held)).toMatchObject({ exitTime: '20151003082500', exitAmount: FARE_FEN });
    for (const { tapRecord } of [entry, exit]) expect(checkEvidence(tapRecord!).ok).toBe(true);
    expect(exit.tapRecord?.evidence.data['9F02']).toBe('000000000300');
  });

  test('no second entry, no second exit; a stay too long costs the highest fare', async () => {
    const { channel } = cardOf('small-payment');
    expect((await at(channel, EXIT)).reason).toBe('journey-missing');
    await at(channel, ENTRY);
    expect(await at(channel, ENTRY)).toMatchObject({ outcome: 'declined', reason: 'journey-open', accepted: false });
    const late = await at(channel, { ...EXIT, clock: () => new Date('2015-10-03T03:00:00Z') });
    expect(late.accepted).toBe(true);
    expect(late.amountFen).toBeGreaterThan(FARE_FEN);
    expect((await at(channel, EXIT)).reason).toBe('journey-missing');
  });

  test('a card without the extension, and one with too little on it, stay outside', async () => {
    expect((await at(cardOf('service-card-51').channel, ENTRY)).reason).toBe('extension-not-supported');
    expect((await at(cardOf('small-payment', { balanceFen: 199 }).channel, ENTRY)).reason).toBe('balance-too-low');
  });

  test('an exit beyond the balance uses the offset (DF62): the card goes down to 0', async () => {
    const held = cardOf('small-payment', { balanceFen: 200 });
    await at(held.channel, ENTRY);
    expect(await at(held.channel, EXIT)).toMatchObject({ accepted: true, amountFen: FARE_FEN });
    expect(held.balance()).toBe(0);
  });

  test('a wrong key in the terminal: the card refuses the record, nothing is debited or written', async () => {
    const held = cardOf('small-payment');
    const secureAccessModule = softwareSecureAccessModule('another seed');
    const result = await at(held.channel, ENTRY, { smallPayment: { ...benchSmallPayment(), secureAccessModule } });
    expect(result).toMatchObject({ outcome: 'terminated', reason: 'capp-update-refused', accepted: false });
    expect(journeyOn(held)).toMatchObject({ entryTime: '0'.repeat(14) });
  });
});

describe('torn at every command of the exit', () => {
  const COMMANDS = 12;

  test.each(
    Array.from({ length: COMMANDS }, (_, command) => command).flatMap((command) =>
      (['before', 'after'] as const).map((when) => [command, when] as const),
    ),
  )(
    'command %i, %s the card heard it: fare and exit together or not at all, and it can be found out',
    async (command, when) => {
      const held = cardOf('small-payment');
      const before = held.balance();
      await at(held.channel, ENTRY);
      const torn = await at(tearing(held.channel, { command, when }), EXIT);
      const debited = before - held.balance();
      const isWhole = torn.outcome !== 'torn';
      if (isWhole) expect(torn.accepted).toBe(true);
      const { exitTime } = journeyOn(held);
      expect(debited).toBe(exitTime === '20151003082500' ? FARE_FEN : 0);
      if (debited > 0 && !isWhole) expect(torn.mayHaveDebited).toBe(true);
      await held.channel.reset();
      const recovered = await recoverTap(torn, {
        channel: held.channel,
        profile: terminalProfiles['metro-gate-offline'],
      });
      if (torn.mayHaveDebited) {
        expect(recovered?.verdict).toBe(debited > 0 ? 'completed' : 'not-completed');
        expect(recovered?.evidence).toBe('cryptogram');
      } else expect(recovered).toBeUndefined();
      if (debited === 0) expect(await at(held.channel, EXIT, { sequence: 3 })).toMatchObject({ accepted: true });
      expect(before - held.balance()).toBe(FARE_FEN);
    },
  );

  test('the exit takes no more commands than these', async () => {
    const { channel } = cardOf('small-payment');
    await at(channel, ENTRY);
    const { trace } = await at(channel, EXIT);
    expect(trace.length).toBeLessThanOrEqual(COMMANDS);
    expect(toHex(trace[2]!.command)).toMatch(/^80B400A8023150/);
  });
});
