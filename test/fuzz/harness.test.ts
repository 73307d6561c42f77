import { expect, test } from 'vitest';
import { TlvError } from '../../emv/index.js';
import { bytesOf, type FuzzTarget, hold, jsonOf } from './fuzz-target.js';
import { mutate } from './mutate.js';
import { Random } from './random.js';
import { smallest } from './smallest.js';
import { outcomeOf, tryInput } from './try-input.js';

/** The harness finds what it is there for; each of these is a decoder with a fault. */
const target = (run: FuzzTarget['run'], form: FuzzTarget['form'] = 'bytes'): FuzzTarget => ({
  name: 'faulty',
  seeds: () => [bytesOf('{"a":["0102",3]}')],
  form,
  refusals: [TlvError],
  run,
});

test.each<[string, FuzzTarget['run'], RegExp]>([
  ['throws something uncoded', () => (undefined as unknown as string).length, /undefined/],
  ['changes its input', (input) => input.fill(1), /input was changed/],
  ['has a property that does not hold', () => hold(false, 'one is two'), /one is two/],
  ['refuses without a stable code', () => Promise.reject(new TlvError('Oh no' as 'tag-invalid', 0)), /stable code/],
])('a decoder that %s is found', async (_, run, message) => {
  await expect(tryInput(target(run), bytesOf('abc'))).rejects.toThrow(message);
});

test('a decoder that is not the same twice is found', async () => {
  let count = 0;
  await expect(
    tryInput(
      target(() => count++),
      bytesOf('abc'),
    ),
  ).rejects.toThrow(/another result/);
});

test('a coded refusal is none', async () => {
  const refusing = target(() => {
    throw new TlvError('tag-invalid', 0);
  });
  expect(await outcomeOf(refusing, bytesOf('abc'))).toEqual({ refusal: 'tag-invalid' });
});

test('the same seed alters in the same way, and an input becomes small before it is shown', async () => {
  const faulty = target((input) => hold(!input.includes(0xff), 'a byte of FF'));
  const hunt = async (seed: number) => {
    const random = new Random(seed);
    for (let runs = 0; runs < 10_000; runs++) {
      const input = mutate(faulty, faulty.seeds(), random);
      try {
        faulty.run(input);
      } catch (error) {
        return { runs, ...(await smallest(faulty, input, error, () => {})) };
      }
    }
    throw new Error('nothing was found');
  };
  const found = await hunt(1);
  expect([...found.input]).toEqual([0xff]);
  expect((await hunt(1)).runs).toBe(found.runs);
});

test('JSON is altered where its values stand', () => {
  const documents = target(() => undefined, 'json');
  const random = new Random(2);
  const altered = Array.from({ length: 400 }, () => jsonOf(mutate(documents, documents.seeds(), random)));
  const kept = altered.filter((value) => value !== undefined);
  expect(kept.length).toBeGreaterThan(100);
  expect(new Set(kept.map((value) => JSON.stringify(value))).size).toBeGreaterThan(50);
});
