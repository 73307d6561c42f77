import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coloursFor } from '../../../src/cli/colours.js';
import { explainLog } from '../../../src/cli/decode/explain-log.js';
import { logsAsJson } from '../../../src/cli/decode/log-as-json.js';
import { readLog } from '../../../src/cli/decode/logs/index.js';
import { printLog } from '../../../src/cli/decode/print-log.js';
import { counted } from '../../../src/cli/decode/tell-logs.js';
import { trustedForDecoding } from '../../../src/cli/decode/trusted-for-decoding.js';

const surroundings = { caKeys: await trustedForDecoding(undefined), today: '2026-11-26' };
const colours = coloursFor({ isTTY: false });
const folder = new URL('logs/', import.meta.url);

function explained(name: string, language: 'en' | 'zh') {
  const log = readLog(readFileSync(new URL(name, folder), 'utf8'), false)!;
  return explainLog(log, surroundings, { language });
}

it('tells how far it is, over all conversations of a log', () => {
  const { format, sessions } = readLog(readFileSync(new URL('session-ride.log', folder), 'utf8'), false)!;
  const [session] = sessions;
  const told: number[] = [];
  const logs = explainLog({ format, sessions: [session!, session!] }, surroundings, {});
  const json = [...logsAsJson(counted(logs, (done) => told.push(done)))].join('');
  expect(told).toEqual(told.map((_, index) => index + 1));
  expect(told).toHaveLength(2 * session!.exchanges.length);
  expect(JSON.stringify(JSON.parse(json), undefined, 2)).toBe(json);
  expect(JSON.parse(json).sessions).toHaveLength(2);
});

it('explains an exchange when it is asked for, and no sooner', () => {
  const log = readLog(readFileSync(new URL('session-ride.log', folder), 'utf8'), false)!;
  const done: number[] = [];
  const [first] = counted(explainLog(log, surroundings, {}), (count) => done.push(count));
  const lines = printLog(first!, colours, {});
  while (!lines.next().value?.startsWith('#3 ')) expect(done.length).toBeLessThan(3);
  expect(done).toEqual([1, 2]);
});

/** Transcript in, tree out: the trees were read by people before they were kept. */
describe('a log, and what is told of it', () => {
  it.each([
    ['pcscd.log', 'en'],
    ['pcscd.log', 'zh'],
    ['session-debit-credit.log', 'en'],
    ['session-ride.log', 'en'],
    ['session-ride.log', 'zh'],
    ['session-transport-card.log', 'en'],
    ['session-transport-card.log', 'zh'],
  ] as const)('%s in %s', async (name, language) => {
    const text = explained(name, language)
      .map((log) => [...printLog(log, colours, { language })].join('\n'))
      .join('\n\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`logs/${name.replace('.log', '')}.${language}.txt`);
  });

  it('says the same in JSON as in text', () => {
    for (const name of ['pcscd.log', 'session-debit-credit.log', 'session-ride.log', 'session-transport-card.log']) {
      const [log] = explained(name, 'en');
      const text = [...printLog(log!, colours, {})].join('\n');
      const said: string[] = [];
      const json = [...logsAsJson([log!])].join('');
      JSON.parse(json, (key, value: unknown) => {
        if (typeof value === 'string' && ['tag', 'name', 'meaning'].includes(key)) said.push(value);
        if (key === 'value' && typeof value === 'string' && value.length <= 64) said.push(value);
        return value;
      });
      expect(said.length).toBeGreaterThan(50);
      // Bits that are not set are in JSON alone.
      const unset = new Set<string>();
      JSON.parse(json, (_, value: { set?: boolean; name?: string }) => {
        if (value?.set === false) unset.add(value.name!);
        return value;
      });
      expect(said.filter((one) => !text.includes(one) && !unset.has(one))).toEqual([]);
    }
  });
});
