import { randomBytes, scryptSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { addressGroup } from '../../../src/gateway/address-group.js';
import { createBoundedWork } from '../../../src/gateway/people/bounded-work.js';
import { judgePassword } from '../../../src/gateway/people/judge-password.js';
import { waitAfter } from '../../../src/gateway/people/login-guard.js';
import { canonicalLoginName, judgeLoginName } from '../../../src/gateway/people/login-name.js';
import { hashPassword, PASSWORD_COST, verifyPassword } from '../../../src/gateway/people/password-hash.js';

const CHEAP = { costLog2: 10, blockSize: 8, parallelization: 1 };

it('stores scrypt with its parameters and a salt of its own, and knows a hash that was made with less work', async () => {
  const stored = await hashPassword('Grüße aus 宁波', CHEAP, randomBytes);
  const [, , parameters, salt, hash] = stored.split('$');
  expect(parameters).toBe('ln=10,r=8,p=1');
  const expected = scryptSync('Grüße aus 宁波'.normalize('NFKC'), Buffer.from(salt!, 'base64'), 32, {
    N: 1024,
    r: 8,
    p: 1,
  });
  expect(Buffer.from(hash!, 'base64')).toEqual(expected);
  expect(await hashPassword('Grüße aus 宁波', CHEAP, randomBytes)).not.toBe(stored);
  // The same letters, typed as a letter and a mark.
  expect(await verifyPassword('Gru\u0308ße aus 宁波', stored, CHEAP)).toEqual({ isRight: true, isWeak: false });
  expect(await verifyPassword('Grüße aus 宁波 ', stored, PASSWORD_COST)).toEqual({ isRight: false, isWeak: true });
  expect(PASSWORD_COST.costLog2).toBeGreaterThanOrEqual(17);
});

it.each([
  ['short', 'password-too-short'],
  ['x'.repeat(129), 'password-too-long'],
  ['123456789012', 'password-common'],
  ['Password1234!', 'password-common'],
  ['woaini5201314', 'password-common'],
  ['aaaaaaaaaaaaaaaa', 'password-common'],
  ['qwertyuiop123', 'password-common'],
  ['１２３４５６７８９０１２', 'password-common'],
  ['zhanghua-haishu', 'password-like-name'],
  ['correct horse battery', undefined],
  ['月湖边的老樟树开花了真好看', undefined],
])('judges %j as %s', (password, fault) => {
  expect(judgePassword(password, 'zhanghua.haishu')).toBe(fault);
});

it('knows one name in every way to write it, and no name that looks like another', () => {
  const forms = ['ZhangHua', 'zhanghua', ' ＺＨＡＮＧＨＵＡ ', 'zhangHUA', 'zhang\u{ff48}ua'];
  expect(new Set(forms.map(canonicalLoginName))).toEqual(new Set(['zhanghua']));
  for (const form of ['\u212aim', 'KIM', 'kim']) expect(canonicalLoginName(form)).toBe('kim');
  // Cyrillic а, a zero-width joiner, a mark turning the direction around.
  for (const wrong of ['zh\u0430ng', 'zh\u200dang', '\u202egnahz', 'a', '', 'a b', '-abc']) {
    expect(judgeLoginName(canonicalLoginName(wrong)), wrong).toBe('malformed');
  }
  expect(judgeLoginName('13800138000')).toBe('personal');
  expect(judgeLoginName('33020319900101123x')).toBe('personal');
  expect(judgeLoginName('330200001')).toBe('good');
  expect(judgeLoginName('张华@h-012')).toBe('good');
});

it('does so much work at once, lets so much wait, and lets nobody take every place', async () => {
  const work = createBoundedWork({ atOnce: 2, waitingMax: 3, ofOneNameMax: 4 });
  let running = 0;
  let most = 0;
  const piece = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
  };
  const ofOne = Array.from({ length: 6 }, () => work.run('one', piece));
  const others = ['two', 'three', 'four'].map((name) => work.run(name, piece));
  const answers = await Promise.all([...ofOne, ...others]);
  expect(answers.map((answer) => answer ?? 'done')).toEqual([
    ...['done', 'done', 'done', 'done', 'busy', 'busy'],
    ...['done', 'busy', 'busy'],
  ]);
  expect(most).toBe(2);
  await expect(work.run('one', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await work.run('one', async () => 'free again')).toBe('free again');
});

it('makes the next one wait twice as long after each failure, up to an hour, by network where that is IPv6', () => {
  const rule = { failuresFree: 5, firstSeconds: 30, longestSeconds: 3600 };
  expect([4, 5, 6, 7, 12, 1000].map((failures) => waitAfter(failures, rule) / 1000)).toEqual([
    0, 30, 60, 120, 3600, 3600,
  ]);
  expect(addressGroup('::ffff:192.0.2.7')).toBe('192.0.2.7');
  for (const mapped of ['::ffff:c000:207', '::FFFF:C000:0207', '0:0:0:0:0:ffff:192.0.2.7', '::ffff:192.0.2.7%eth0']) {
    expect(addressGroup(mapped)).toBe('192.0.2.7');
  }
  expect(addressGroup('64:ff9b::192.0.2.7')).toBe('64:ff9b:0:0::/64');
  expect(addressGroup('2001:db8:0:1::1')).toBe(addressGroup('2001:0db8:0000:0001:ffff::2'));
  expect(addressGroup('2001:db8::1')).not.toBe(addressGroup('2001:db8:0:1::1'));
  expect(addressGroup('fe80::1%eth0')).toBe(addressGroup('fe80::2%eth1'));
});
