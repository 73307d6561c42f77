import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coloursFor } from '../../../src/cli/colours.js';
import { explainLog } from '../../../src/cli/decode/explain-log.js';
import { readLog } from '../../../src/cli/decode/logs/index.js';
import { printLog } from '../../../src/cli/decode/print-log.js';
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
  explainLog({ format, sessions: [session!, session!] }, surroundings, {}, (count) => told.push(count));
  expect(told).toEqual(told.map((_, index) => index));
  expect(told).toHaveLength(2 * session!.exchanges.length);
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
      .map((log) => printLog(log, colours, { language }).join('\n'))
      .join('\n\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`logs/${name.replace('.log', '')}.${language}.txt`);
  });

  it('says the same in JSON as in text', () => {
    for (const name of ['pcscd.log', 'session-debit-credit.log', 'session-ride.log', 'session-transport-card.log']) {
      const [log] = explained(name, 'en');
      const text = printLog(log!, colours, {}).join('\n');
      const said: string[] = [];
      JSON.parse(JSON.stringify(log), (key, value: unknown) => {
        if (typeof value === 'string' && ['tag', 'name', 'meaning'].includes(key)) said.push(value);
        if (key === 'value' && typeof value === 'string' && value.length <= 64) said.push(value);
        return value;
      });
      expect(said.length).toBeGreaterThan(50);
      // Bits that are not set are in JSON alone.
      const unset = new Set<string>();
      JSON.stringify(log, (_, value: { set?: boolean; name?: string }) => {
        if (value?.set === false) unset.add(value.name!);
        return value;
      });
      expect(said.filter((one) => !text.includes(one) && !unset.has(one))).toEqual([]);
    }
  });
});
