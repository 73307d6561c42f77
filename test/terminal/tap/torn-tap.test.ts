import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CardChannel, ChannelError } from '../../../src/readers/index.js';
import { type TapResult, tapCard } from '../../../src/terminal/index.js';
import { checkEvidence } from './check-evidence.js';
import { answering, cardOf, gate, type Tear, tearing, validator } from './tap-fixture.js';

async function exchangesOfOneTap(): Promise<number> {
  return (await tapCard(validator(cardOf('service-card-51').channel))).trace.length;
}

test('torn at any command, the tap is never accepted, and presented again it is paid once', async () => {
  const count = await exchangesOfOneTap();
  expect(count).toBeGreaterThan(5);
  for (let command = 0; command < count; command++) {
    for (const when of ['before', 'after'] as const) {
      const tear: Tear = { command, when };
      const { channel, balance } = cardOf('service-card-51');
      const before = balance();
      const torn = await tapCard(validator(tearing(channel, tear)));
      expect(torn, JSON.stringify(tear)).toMatchObject({
        outcome: 'torn',
        reason: 'card-removed',
        accepted: false,
        display: 'present-again',
      });
      expect(torn).not.toHaveProperty('tapRecord');
      expect(torn.trace).toHaveLength(command + 1);
      expect(torn.mayHaveDebited).toBe(command === count - 1);
      await channel.reset();
      const wasDebited = command === count - 1 && when === 'after';
      expect(balance()).toBe(wasDebited ? before - 200 : before);
      const again = await tapCard(validator(channel));
      expect(again.accepted).toBe(true);
      expect(balance()).toBe(before - (wasDebited ? 400 : 200));
    }
  }
});

test.each(['card-removed', 'card-mute', 'communication-error', 'reader-lost', 'service-absent'] as const)(
  '%s is a tear',
  async (code) => {
    const { channel } = cardOf('service-card-51');
    const result = await tapCard(gate(tearing(channel, { command: 2, when: 'before', code })));
    expect(result).toMatchObject({ outcome: 'torn', reason: code, accepted: false });
  },
);

test("what is not the card's doing is thrown", async () => {
  const { channel } = cardOf('service-card-51');
  await channel.close();
  await expect(tapCard(gate(channel))).rejects.toBeInstanceOf(ChannelError);
});

/** A card that falls silent at a command and never speaks again. */
function mute(channel: CardChannel, at: number): CardChannel {
  let count = 0;
  return {
    name: channel.name,
    reset: () => channel.reset(),
    close: () => channel.close(),
    transmit: (command) => (count++ >= at ? new Promise(() => undefined) : channel.transmit(command)),
  };
}

test('a mute card ends the tap once the time of one exchange is over', async () => {
  const { channel } = cardOf('service-card-51');
  const options = gate(mute(channel, 3));
  const profile = { ...options.profile, limitsMs: { exchange: 50, transaction: 1000 } };
  const result = await tapCard({ ...options, profile });
  expect(result).toMatchObject({ outcome: 'torn', reason: 'card-mute', accepted: false });
});

test('a card that is slow without end is asked nothing after the time of the transaction', async () => {
  const { channel, balance } = cardOf('service-card-51');
  const before = balance();
  let clock = 0;
  const slow = answering(channel, (response) => {
    clock += 400;
    return response;
  });
  const result = await tapCard({ ...validator(slow), now: () => clock });
  expect(result).toMatchObject({ outcome: 'torn', reason: 'card-mute', accepted: false, mayHaveDebited: false });
  expect(clock).toBeLessThan(2500);
  await channel.reset();
  expect(balance()).toBe(before);
});

async function withResponses(change: (response: Uint8Array, index: number) => Uint8Array): Promise<TapResult> {
  return tapCard(validator(answering(cardOf('service-card-51').channel, change)));
}

test('whatever is flipped in what the card says, a tap that is accepted proves itself', async () => {
  const count = await exchangesOfOneTap();
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(count - 1),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 255 }),
      async (index, place, mask) => {
        const result = await withResponses((response, current) => {
          if (current !== index) return response;
          const changed = response.slice();
          changed[place % changed.length]! ^= mask;
          return changed;
        });
        expect(result.accepted).toBe(result.tapRecord !== undefined);
        if (!result.tapRecord) return;
        accepted++;
        expect(checkEvidence(result.tapRecord).ok).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
  expect(accepted).toBeLessThan(300);
});

test('whatever a card answers, the tap ends with a result', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 2, maxLength: 260 }), { minLength: 1, maxLength: 8 }),
      async (answers) => {
        const result = await withResponses((response, index) =>
          index < 3 - (answers.length % 3) ? response : (answers[index] ?? response),
        );
        expect(result.accepted).toBe(result.tapRecord !== undefined);
        if (result.tapRecord) expect(checkEvidence(result.tapRecord).ok).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
