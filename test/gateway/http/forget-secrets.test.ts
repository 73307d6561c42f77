import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createApiKeys } from '../../../src/gateway/http/api-keys.js';
import { forgetSecretsJob } from '../../../src/gateway/http/forget-secrets.js';
import { eachEngine } from '../storage/each-engine.js';

const DAY_MS = 86_400_000;
const START = Date.parse('2015-10-06T12:00:00+08:00');

eachEngine('a secret that was replaced', (engine) => {
  it('is known as such for ninety days, and then forgotten; the one that is good stays', async () => {
    const database = await engine.open();
    let nowMs = START;
    const clock = () => new Date(nowMs);
    const keys = createApiKeys(database, { clock, random: randomBytes, now: () => nowMs, signingKey: randomBytes(32) });
    const { key, secret } = await keys.create({ name: 'gate', role: 'administrator' });
    const rotated = await keys.rotate(key.id, DAY_MS);
    const forget = async (atMs: number) => {
      nowMs = atMs;
      await forgetSecretsJob(database, clock).run(new AbortController().signal);
      return [await keys.bySecret(secret), (await keys.bySecret(rotated!.secret)) !== undefined];
    };
    expect(await forget(START + 91 * DAY_MS)).toEqual(['expired', true]);
    expect(await forget(START + 92 * DAY_MS)).toEqual([undefined, true]);
  });
});
