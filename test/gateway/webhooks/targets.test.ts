import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { objectionTo } from '../../../src/gateway/webhooks/index.js';
import { isPrivateAddress } from '../../../src/gateway/webhooks/is-private-address.js';
import { postEvent } from '../../../src/gateway/webhooks/post-event.js';
import { retryDelay } from '../../../src/gateway/webhooks/retry-delay.js';
import { openReceiver } from './receiver.js';

describe('a receiver’s address', () => {
  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::7f00:1',
    '64:ff9b::a00:1',
    'fd00::1',
    'fe80::1',
    '2002:a00:1::',
    'not an address',
    '127.1',
  ])('%s is private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '240e::1'])('%s is public', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it.each([
    'ftp://example.org',
    'http://example.org',
    'https://user:secret@example.org',
    'https://example.org/#a',
    'https://10.0.0.1/',
    'https://[fd00::1]/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://localhost/',
    'https://a.localhost/',
    `https://example.org/${'a'.repeat(2000)}`,
    'nothing',
  ])('%s is refused', (url) => {
    expect(objectionTo(url, false)).toEqual(expect.any(String));
  });

  it('may be of this machine or a private network where that is allowed', () => {
    expect(objectionTo('https://example.org/yongtap?a=1', false)).toBeUndefined();
    for (const url of ['http://localhost:9/', 'http://127.0.0.1/', 'http://[::1]:1/', 'https://10.0.0.1/']) {
      expect(objectionTo(url, true)).toBeUndefined();
    }
    expect(objectionTo('http://10.0.0.1/', true)).toEqual(expect.any(String));
  });
});

describe('a post to a receiver', () => {
  const signal = new AbortController().signal;
  const clock = () => new Date('2015-10-06T03:59:00Z');
  const post = (url: string, isPrivateAllowed = true) =>
    postEvent({ url, headers: {}, body: '{}', isPrivateAllowed, clock, signal });

  it('does not reach a private address, by number or by name', async () => {
    const { url, received } = await openReceiver();
    expect(await post(url, false)).toEqual({ outcome: 'address-refused' });
    expect(await post(url.replace('127.0.0.1', 'localhost'), false)).toEqual({ outcome: 'address-refused' });
    expect(received).toEqual([]);
  });

  it('follows no redirect, reads no endless answer, and heeds what the receiver asks for', async () => {
    const other = await openReceiver();
    const { url } = await openReceiver((_, response, count) => {
      if (count === 1) response.writeHead(302, { location: other.url }).end();
      else if (count === 2) response.writeHead(503, { 'retry-after': '120' }).end();
      else if (count === 3) response.writeHead(503, { 'retry-after': 'Tue, 06 Oct 2015 04:00:00 GMT' }).end();
      else if (count === 4) response.writeHead(503, { 'retry-after': '2015-10-07' }).end();
      else if (count === 5) response.writeHead(410).end();
      else {
        response.writeHead(200);
        const more = () => {
          while (response.write('x'.repeat(65_536)));
          response.once('drain', more);
        };
        more();
      }
    });
    expect(await post(url)).toEqual({ outcome: 'redirected', status: 302 });
    expect(await post(url)).toEqual({ outcome: 'refused', status: 503, retryAfterMs: 120_000 });
    expect(await post(url)).toEqual({ outcome: 'refused', status: 503, retryAfterMs: 60_000 });
    expect(await post(url)).toEqual({ outcome: 'refused', status: 503 });
    expect(await post(url)).toEqual({ outcome: 'gone', status: 410 });
    expect(await post(url)).toEqual({ outcome: 'delivered', status: 200 });
    expect(other.received).toEqual([]);
  });

  it('says where nobody answers', async () => {
    const { url, close } = await openReceiver();
    close();
    expect(await post(url)).toEqual({ outcome: 'unreachable' });
    expect(await post(url.replace('http:', 'https:').replace('127.0.0.1', 'no-such-host.invalid'))).toEqual({
      outcome: 'unreachable',
    });
  });
});

it('delays grow fourfold up to six hours, spread by a fifth, and are no shorter than was asked for', () => {
  const delays = Array.from({ length: 11 }, (_, index) => retryDelay(index + 1, randomBytes) / 1000);
  for (const [index, delay] of delays.entries()) {
    const middle = Math.min(5 * 4 ** index, 21_600);
    expect(delay).toBeGreaterThanOrEqual(middle * 0.8);
    expect(delay).toBeLessThanOrEqual(middle * 1.2);
  }
  expect(retryDelay(1, randomBytes, 60_000)).toBe(60_000);
  expect(retryDelay(1, randomBytes, 1e12)).toBe(21_600_000);
});
