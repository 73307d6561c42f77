import { expect, test } from 'vitest';
import { CommandError } from '../../../src/cli/exit-codes.js';
import {
  type ContactOptions,
  checkContactOptions,
  checkTapOptions,
} from '../../../src/cli/tap/contact/contact-options.js';
import type { TapOptions } from '../../../src/cli/tap/tap-options.js';

type Options = Partial<TapOptions> & ContactOptions;

const refusalOf = (check: () => void): string => {
  try {
    check();
    return '';
  } catch (error) {
    const { code, message, hint, exitCode } = error as CommandError;
    expect(error).toBeInstanceOf(CommandError);
    expect(exitCode).toBe(2);
    return `${message}: ${hint} [${code}]`;
  }
};

test.each<[options: Options, said: RegExp]>([
  [{ event: 'entry' }, /--event .*passes no gate/],
  [{ place: 'line=1' }, /--place .*makes no tap record/],
  [{ operator: 'ningbo-metro' }, /--operator .*tap record/],
  [{ terminal: 'gate-1' }, /--terminal .*tap record/],
  [{ post: 'http://127.0.0.1:8051', key: 'x' }, /--post .*tap records of qPBOC/],
  [{ profile: 'taxi' }, /--profile .*contactless terminals/],
  [{ transcript: 'tap.json' }, /--transcript .*yongtap replay/],
  [{ session: 'tap-1' }, /--session .*yongtap replay/],
  [{ lists: 'lists' }, /--lists .*gates and buses/],
  [{ budget: 200 }, /--budget .*at a gate/],
  [{ card: 'service-card-51', reader: 'ACS' }, /one of --card and --reader/],
  [{ type: 'load' }, /--issuer simulator.*issuer-needed/],
  [{ type: 'maintenance' }, /--issuer simulator.*issuer-needed/],
  [{ type: 'balance', amount: 5, issuer: 'simulator' }, /moves no money/],
  [{ key: 'x' }, /--key is for a gateway.*--issuer-key/],
  [{ issuerKey: 'x' }, /--issuer-key .*--issuer/],
  [{ issuerKey: 'x', issuer: 'simulator' }, /--issuer-key .*over HTTP/],
  [{ zonePinKey: 'x' }, /--zone-pin-key .*--issuer/],
  [{ offline: true, issuer: 'simulator' }, /asks nobody/],
  [{ offline: true, forceOnline: true }, /asks nobody/],
])('%j makes no sense over contact, and it is said why', (options, said) => {
  expect(refusalOf(() => checkContactOptions({ lang: 'en', testCards: true, ...options }))).toMatch(said);
});

test.each<Options>([
  {},
  { type: 'load', amount: 5, issuer: 'simulator' },
  { offline: true, electronicCash: false },
  { count: Number.POSITIVE_INFINITY },
])('%j does', (options) => {
  expect(refusalOf(() => checkContactOptions({ lang: 'en', testCards: true, ...options }))).toBe('');
});

test('keys that the environment has for other transactions are no mistake', () => {
  const options = { lang: 'en', testCards: true, key: 'x', issuerKey: 'x', zonePinKey: 'x' } as const;
  expect(refusalOf(() => checkContactOptions(options, {}))).toBe('');
});

test('what is for a card in a slot is not for a tap', () => {
  for (const options of [
    { type: 'load' },
    { issuer: 'simulator' },
    { offline: true },
    { forceOnline: true },
    { pin: ['123456'] },
    { issuerKey: 'x' },
    { zonePinKey: 'x' },
    { electronicCash: false },
  ] as const) {
    expect(refusalOf(() => checkTapOptions(options))).toMatch(/--interface contact/);
  }
  expect(refusalOf(() => checkTapOptions({}))).toBe('');
});
