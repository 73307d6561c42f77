import { expect, it } from 'vitest';
import { groupBy } from '../../../src/gateway/group-by.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { Random } from '../../fuzz/random.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { type GatewayUnderTest, openGateway } from './gateway-under-test.js';

const SEED = 20151003;
const DAY = '2015-10-03';
const BROKEN = ['{"version":1,}', '[]', '"a tap"', '\ufffd\u0000', '{"version":1}'];

/** A day of some cards on every service, and what goes wrong with records on their way: in no order, in any number. */
async function mixedDay(random: Random): Promise<string[]> {
  const taps: TapRecord[] = [];
  for (const end of ['017', '124', '132', '140']) taps.push(...(await dayOf(`6228000100000000${end}`)));
  const numbered = taps.map((tap, index) => ({ ...tap, sequence: index + 1 }));
  const one = () => numbered[random.below(numbered.length)]!;
  const some = <Made>(count: number, make: (tap: TapRecord, index: number) => Made) =>
    Array.from({ length: count }, (_, index) => make(one(), index));
  const made = [
    ...numbered,
    // Doubled, conflicting, the same conflict twice.
    ...some(20, (tap) => tap),
    ...some(6, (tap) => ({ ...tap, place: { ...tap.place, line: '9' } })).flatMap((tap) => [tap, tap]),
    // Replayed elsewhere, forged, unproved.
    ...some(4, (tap, index) => ({ ...tap, terminal: 'replaying', sequence: index + 1 })),
    ...some(4, (tap, index) => ({ ...tap, terminal: 'forging', sequence: index + 1, amountFen: tap.amountFen + 100 })),
    ...some(4, (tap, index) => ({
      ...tap,
      terminal: 'without-proof',
      sequence: index + 1,
      evidence: { ...tap.evidence, records: [] },
    })),
  ];
  const lines = [...made.map((tap) => JSON.stringify(tap)), ...BROKEN];
  const keyed = lines.map((line) => ({ line, key: random.below(2 ** 30) }));
  return keyed.sort((left, right) => left.key - right.key).map(({ line }) => line);
}

async function dayOf(pan: string): Promise<TapRecord[]> {
  const card = cardInPocket('service-card-51', { pan });
  const at = (time: string) => `${DAY}T${time}:00+08:00`;
  const gate = (station: string, event: 'entry' | 'exit', time: string) =>
    card.tapAt('metro-gate', { event, place: { line: '1', station }, at: at(time) });
  return [
    await gate('鼓楼', 'entry', '08:00'),
    await gate('世纪大道', 'exit', '08:20'),
    await card.tapAt('bus-validator', { at: at('08:30') }),
    await card.tapAt('parking-meter', { event: 'start', at: at('09:00') }),
    await card.tapAt('parking-meter', { event: 'end', at: at('10:30') }),
    await card.tapAt('bicycle-dock', { event: 'start', at: at('11:00') }),
    await card.tapAt('bicycle-dock', { event: 'end', at: at('11:20') }),
    await card.tapAt('shop', { amountFen: 12_000, at: at('12:00') }),
    await card.tapAt('taxi', { amountFen: 1500, at: at('13:00') }),
    // Never ends; a station that there is not; a second gate at once.
    await gate('鼓楼', 'entry', '14:00'),
    await gate('无此站', 'exit', '15:00'),
    await gate('鼓楼', 'entry', '18:00'),
    await gate('鼓楼', 'entry', '18:00'),
    await card.tapAt('cinema', { amountFen: 4000, at: at('20:00') }),
  ];
}

interface Answer {
  readonly status: number;
  readonly result?: string;
  readonly id?: string;
}

/** Sends all lines in order, alone or some together, and gives the answer to each. */
async function send({ call }: GatewayUnderTest, lines: readonly string[], random: Random): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < lines.length; ) {
    const together = lines.slice(start, start + 1 + random.below(25));
    start += together.length;
    if (together.length === 1) {
      const { status, body } = await call('POST', '/v1/taps', { body: together[0]!, type: 'application/json' });
      answers.push({ status, result: body.result, id: body.id });
    } else {
      const type = 'application/x-ndjson';
      answers.push(...(await call('POST', '/v1/taps/batches', { type, body: together.join('\n') })).body);
    }
  }
  return answers;
}

const identityOf = ({ operator, terminal, sequence }: Pick<TapRecord, 'operator' | 'terminal' | 'sequence'>) =>
  `${operator} ${terminal} ${sequence}`;

async function allExceptions({ call }: GatewayUnderTest): Promise<{ kind: string; tapId?: string }[]> {
  const all = [];
  for (let after = '', more = true; more; ) {
    const { body } = await call('GET', `/v1/exceptions?limit=100${after && `&after=${encodeURIComponent(after)}`}`);
    all.push(...body.exceptions);
    more = body.next !== undefined;
    after = body.next ?? '';
  }
  return all;
}

const tapsIn = ({ kysely }: GatewayDatabase) =>
  kysely.selectFrom('taps').select(['id', 'operator', 'terminal', 'sequence', 'journey_id', 'refusal']).execute();

eachEngine('a day in which everything goes wrong', (engine) => {
  it('drops nothing: each record is kept, a double, a conflict or refused, and the books sum to zero', async () => {
    const random = new Random(SEED);
    const lines = await mixedDay(random);
    const location = await engine.newLocation();
    const gateway = await openGateway({ location });
    const answers = await send(gateway, lines, random);
    expect(answers).toHaveLength(lines.length);

    const records = lines.filter((line) => !BROKEN.includes(line));
    const contents = groupBy([...new Set(records)], (line) => identityOf(JSON.parse(line)));
    const conflicts = [...contents.values()].reduce((sum, { length }) => sum + length - 1, 0);
    expect(conflicts).toBeGreaterThan(0);
    expect(answers.filter(({ result }) => !result).map(({ status }) => status)).toEqual(BROKEN.map(() => 400));
    expect([...new Set(answers.map(({ result }) => result))].sort()).toEqual(
      ['conflict', 'created', 'exists', 'refused', undefined].sort(),
    );

    const database = await engine.open(location);
    const taps = await tapsIn(database);
    expect(taps.map(identityOf).sort()).toEqual([...contents.keys()].sort());
    // Once each: a part of a journey that is charged, or with the reason why not.
    for (const tap of taps) expect((tap.journey_id === null) !== (tap.refusal === null), tap.id).toBe(true);
    const answered = new Set(
      answers.flatMap(({ id, result }) => (result === 'created' || result === 'refused' ? [id] : [])),
    );
    expect(answered).toEqual(new Set(taps.map(({ id }) => id)));

    const exceptions = await allExceptions(gateway);
    const ofKind = (kind: string) => exceptions.filter((each) => each.kind === kind);
    expect(ofKind('conflict')).toHaveLength(conflicts);
    const refused = taps.flatMap(({ id, refusal }) => (refusal ? [id] : []));
    const told = [...ofKind('refused'), ...ofKind('set-aside')].map(({ tapId }) => tapId);
    expect(told.sort()).toEqual(refused.sort());

    const { status, body: day } = await gateway.call('POST', `/v1/service-days/${DAY}/close`);
    expect(status).toBe(200);
    expect(day.cardFen + day.sponsorFen).toBe(day.grossFen);
    const entries = await database.kysely.selectFrom('entries').select(['journey_id', 'amount_fen']).execute();
    expect(entries.length).toBeGreaterThan(0);
    for (const [id, ofJourney] of groupBy(entries, ({ journey_id }) => journey_id)) {
      expect(
        ofJourney.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
        id,
      ).toBe(0);
    }
  });
});
