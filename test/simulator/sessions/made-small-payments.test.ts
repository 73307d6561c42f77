import { expect, test } from 'vitest';
import { vectorFileSchema } from '../../../src/cli/replay/vector.js';
import { sessionVector } from '../../../src/cli/tap/recording/session-vector.js';
import { benchSmallPayment } from '../../../src/cli/tap/small-payment/bench-small-payment.js';
import { softwareSecureAccessModule } from '../../../src/cli/tap/small-payment/software-secure-access-module.js';
import { type SmallPaymentPorts, tapCard, terminalProfiles } from '../../../src/terminal/index.js';
import { replay } from '../../cli/support/replay.js';
import { caKeys, cardOf, gate, tearing } from '../../terminal/tap/tap-fixture.js';

const profileName = 'metro-gate-offline';
const profile = terminalProfiles[profileName];
const equipped = benchSmallPayment();
const withAnotherKey = { ...equipped, secureAccessModule: softwareSecureAccessModule('another') };
const places = { entry: { line: '1', station: '鼓楼' }, exit: { line: '2', station: '客运中心' } };

interface Ride {
  readonly id: string;
  readonly event: 'entry' | 'exit';
  readonly reason: string;
  readonly profile?: string;
  readonly balanceFen?: number;
  /** An entry comes before it, which is not recorded. */
  readonly entered?: boolean;
  readonly smallPayment?: SmallPaymentPorts;
  readonly tornAt?: number;
}

const rides: Ride[] = [
  { id: 'entry', event: 'entry', reason: 'approved' },
  { id: 'exit', event: 'exit', reason: 'approved', entered: true },
  { id: 'exit-into-offset', event: 'exit', reason: 'approved', entered: true, balanceFen: 200 },
  { id: 'entry-again', event: 'entry', reason: 'journey-open', entered: true },
  { id: 'exit-without-entry', event: 'exit', reason: 'journey-missing' },
  { id: 'balance-too-low', event: 'entry', reason: 'balance-too-low', balanceFen: 199 },
  { id: 'no-extension', event: 'entry', reason: 'extension-not-supported', profile: 'service-card-51' },
  { id: 'wrong-key', event: 'entry', reason: 'capp-update-refused', smallPayment: withAnotherKey },
  { id: 'torn-at-update', event: 'exit', reason: 'card-removed', entered: true, tornAt: 4 },
];

async function record({ id, event, balanceFen, entered, tornAt, ...ride }: Ride) {
  const { channel } = cardOf(ride.profile ?? 'small-payment', balanceFen === undefined ? {} : { balanceFen });
  const tap = (which: 'entry' | 'exit', at: Date, place = places[which]) => ({
    ...gate(
      tornAt === undefined || which === 'entry' ? channel : tearing(channel, { command: tornAt, when: 'before' }),
    ),
    profile,
    smallPayment: ride.smallPayment ?? equipped,
    event: which,
    place,
    clock: () => at,
    now: () => 0,
  });
  if (entered) await tapCard(tap('entry', new Date('2015-10-03T00:00:00Z')));
  const at = new Date('2015-10-03T00:25:00Z');
  const result = await tapCard(tap(event, at));
  const bench = {
    profileName,
    profile,
    event,
    place: places[event],
    operator: 'ningbo-metro',
    terminal: 'gate-07',
    amountFen: result.amountFen,
  };
  const vector = sessionVector(`ses-ride-${id}`, { result, bench, at, channel, caKeys });
  return { ...vector, expect: { ...vector.expect, reason: ride.reason } };
}

test('rides at offline gates are what our cards say today, and the kernel comes to the same ends again', async () => {
  const vectors = [];
  for (const ride of rides) vectors.push(await record(ride));
  const file = vectorFileSchema.parse({
    suite: 'session-small-payment-made',
    source:
      'made by us: rides of our own software card at offline gates (test/simulator/sessions); the expected ends are by the rules of JR/T 0025.14-2013',
    vectors,
  });
  await expect(`${JSON.stringify(file, undefined, 1)}\n`).toMatchFileSnapshot(
    '../../../test-vectors/session-small-payment-made.json',
  );
  const results = await replay(file);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  expect(results).toHaveLength(rides.length);
});
