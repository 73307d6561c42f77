import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger } from '../../../src/gateway/index.js';

async function lineOf(fields: object, text = 'text'): Promise<Record<string, unknown>> {
  const lines = new PassThrough({ encoding: 'utf8' });
  createLogger(lines).info(fields, text);
  const [line] = await once(lines, 'data');
  const { level: _level, time: _time, ...told } = JSON.parse(line);
  return told;
}

it('hides what stands under the names of secrets, at the top and one level below, and nothing else', async () => {
  const fields = {
    operation: 'postTap',
    status: 201,
    nothing: null,
    secret: 'abc',
    evidence: { data: {} },
    asked: { mobile: '13800000000', page: 2 },
    words: ['secret'],
  };
  const before = structuredClone(fields);
  expect(await lineOf(fields)).toEqual({
    operation: 'postTap',
    status: 201,
    nothing: null,
    secret: '[redacted]',
    evidence: '[redacted]',
    asked: { mobile: '[redacted]', page: 2 },
    words: ['secret'],
    msg: 'text',
  });
  expect(fields).toEqual(before);
});

it('tells of an error its type, message, stack and code, and of no text a long number', async () => {
  const error = Object.assign(new TypeError('no row 6228000100000000017'), {
    code: 'ROW',
    detail: 'a row',
    record: 'b',
  });
  const { err, msg } = await lineOf({ err: error }, 'of 6228000100000000017');
  expect(err).toEqual({ type: 'TypeError', code: 'ROW', message: 'no row [redacted]', stack: expect.any(String) });
  expect(msg).toBe('of [redacted]');
});
