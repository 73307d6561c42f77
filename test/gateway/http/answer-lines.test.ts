import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type AnsweredLine, answerLines } from '../../../src/gateway/http/answer-lines.js';
import { createMetrics } from '../../../src/gateway/http/metrics.js';
import { createIntake } from '../../../src/gateway/intake/index.js';
import { readFareCards } from '../../../src/gateway/membership/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { campaigns, metroRide, tariff, tokenKey } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { caKeys } from '../support/card-in-pocket.js';

const [entry, exit] = await metroRide();
const clock = () => new Date('2015-10-06T12:00:00+08:00');
const source = { maySpeakFor: () => true, uploadedAt: clock() };
const another: TapRecord = { ...entry, place: { line: '1', station: '泽民' } };

eachEngine('lines', (engine) => {
  it('count in their order, however long it takes to check one of them', async () => {
    const database = await engine.open();
    const intake = createIntake({ database, caKeys, tokenKey, readFareCards, tariff, campaigns, clock });
    const lines = [entry, another, 'no record', exit, entry].map((line) => JSON.stringify(line));
    const slowly = {
      ...intake,
      read: async (text: string) => {
        await setTimeout(20 * (lines.length - lines.indexOf(text)));
        return intake.read(text);
      },
    };
    async function* bytes() {
      yield Buffer.from(lines.join('\n'));
    }
    const answered: AnsweredLine[] = [];
    const services = { intake: slowly, metrics: createMetrics(), database };
    for await (const group of answerLines(services, source, bytes())) answered.push(...group.lines);
    expect(answered).toMatchObject([
      { status: 201, result: 'created' },
      { status: 409, result: 'conflict' },
      { status: 400, code: 'request-invalid' },
      { status: 201, result: 'created' },
      { status: 200, result: 'exists' },
    ]);
  });
});
