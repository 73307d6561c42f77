import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TapRecord } from '../../../src/tap/index.js';
import { requirePart } from '../../support/require-part.js';
import { findPostgres, startPostgres } from '../../support/start-postgres.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.js';

const hasPostgres = await requirePart('postgresql', () => void findPostgres());

const DAY = '2015-10-03';
const folder = mkdtempSync(join(tmpdir(), 'yongtap-four-'));
const stops: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** A day of four cards: metro rides, one with its exit missing, and buses between them. */
async function wholeDay(): Promise<TapRecord[]> {
  const taps: TapRecord[] = [];
  for (const end of ['017', '124', '132', '140']) {
    const card = cardInPocket('service-card-51', { pan: `6228000100000000${end}` });
    const gate = (station: string, event: 'entry' | 'exit', time: string) =>
      card.tapAt('metro-gate', { event, place: { line: '1', station }, at: `${DAY}T${time}:00+08:00` });
    taps.push(await gate('鼓楼', 'entry', '08:00'), await gate('世纪大道', 'exit', '08:20'));
    for (const time of ['08:30', '09:00', '12:00']) {
      taps.push(await card.tapAt('bus-validator', { at: `${DAY}T${time}:00+08:00` }));
    }
    taps.push(await gate('世纪大道', 'entry', '12:30'), await gate('鼓楼', 'entry', '18:00'));
    taps.push(await gate('泽民', 'exit', '18:25'));
  }
  return taps.map((tap, index) => ({ ...tap, sequence: index + 1 }));
}

/** In another order, the same in every run. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return { item, key: state };
  });
  return keyed.sort((one, other) => one.key - other.key).map(({ item }) => item);
}

async function startShared(databaseUrl: string, count: number): Promise<{ gateways: GatewayProcess[]; key: string }> {
  const start = async () => {
    const gateway = await startGatewayProcess(folder, ['--log-level', 'warn', '--database', databaseUrl]);
    stops.push(() => void gateway.child.kill('SIGKILL'));
    return gateway;
  };
  const gateways = await Promise.all(Array.from({ length: count }, start));
  // One of them made the tables, and the first key.
  return { gateways, key: gateways.find(({ administratorKey }) => administratorKey)!.administratorKey! };
}

async function postLines(gateway: GatewayProcess, key: string, taps: readonly TapRecord[]): Promise<Answer[]> {
  const body = taps.map((tap) => JSON.stringify(tap)).join('\n');
  const answer = await gateway.post('/v1/taps/batches', key, 'application/x-ndjson', body);
  return (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

interface Answer {
  readonly id: string;
  readonly result: string;
  readonly receipt: unknown;
}

/** What the books say in the end, once the day is closed. */
async function booksOf({ url }: GatewayProcess, key: string) {
  const headers = { authorization: `Bearer ${key}` };
  // biome-ignore lint/suspicious/noExplicitAny: both books are compared as they are
  const read = async (path: string, method = 'GET'): Promise<any> =>
    (await fetch(`${url}${path}`, { method, headers })).json();
  return {
    day: await read(`/v1/service-days/${DAY}/close`, 'POST'),
    journeys: (await read('/v1/journeys?limit=1000')).journeys,
  };
}

describe.runIf(hasPostgres)('four gateway processes on one PostgreSQL', () => {
  it('keep the same books of a shuffled and doubled day as one that gets it in order', async () => {
    const cluster = await startPostgres();
    stops.push(() => cluster.stop());
    const taps = await wholeDay();
    const one = await startShared(await cluster.createDatabase(), 1);
    expect((await postLines(one.gateways[0]!, one.key, taps)).every(({ result }) => result === 'created')).toBe(true);
    const expected = await booksOf(one.gateways[0]!, one.key);
    expect(expected.day.closedJourneys).toBeGreaterThan(0);
    const { gateways, key } = await startShared(await cluster.createDatabase(), 4);
    // Every tap goes to two of the four, each of which gets its half in an order of its own, all at once.
    const doubled = gateways.map((_, each) =>
      shuffled(
        taps.filter((_tap, index) => index % 4 === each || (index + 1) % 4 === each),
        each + 1,
      ),
    );
    const answers = (
      await Promise.all(gateways.map((gateway, each) => postLines(gateway, key, doubled[each]!)))
    ).flat();
    expect(answers).toHaveLength(2 * taps.length);
    for (const tapId of new Set(answers.map(({ id }) => id))) {
      const both = answers.filter(({ id }) => id === tapId);
      expect(both.map(({ result }) => result).sort()).toEqual(['created', 'exists']);
      expect(both[1]!.receipt).toEqual(both[0]!.receipt);
    }
    expect(await booksOf(gateways[3]!, key)).toEqual(expected);
  }, 120_000);
});
