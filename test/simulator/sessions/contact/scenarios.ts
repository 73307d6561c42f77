import { fromAscii } from '../../../../emv/index.js';
import type { ScriptOrder } from '../../../../simulator/index.js';
import type { Meeting } from '../../../terminal/contact/card-and-issuer.js';
import type { Personalized } from '../../card-in-hand.js';
import type { Scenario } from '../scenario.js';

export interface ContactScenario {
  readonly id: string;
  readonly title: string;
  /** Default: the union's card. */
  readonly profile?: string;
  readonly application?: Personalized;
  readonly card?: Scenario['card'];
  /** Whose keys the terminal has; default: RSA's. */
  readonly algorithms?: Scenario['algorithms'];
  readonly knowsRevocations?: true;
  /** What the issuer tells the card by script. */
  readonly orders?: readonly ScriptOrder[];
  /** Transactions before this one, which is the one that is written down. */
  readonly before?: readonly Meeting[];
  readonly meeting?: Meeting;
  /** More than the transcript tells, as fields of the vector's input. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Whether the vector ends with the ARQC. */
  readonly upToRequest?: true;
  /** Whether the directory is left out of the transcript, as in recordings that begin with an application. */
  readonly withoutDirectory?: true;
  readonly expect: Readonly<Record<string, unknown>>;
}

const PIN = '123456';
const pins = [PIN];
const online = { requestsOnline: true };
const CASH = { '9F7A': '01', '9F7B': '000000100000' };
const options = { options: online };
const SM4 = { cryptogramAlgorithm: 'sm4' } as const;
/** The issuer's answer under another cryptogram than its own. */
const fromSomebodyElse: Meeting['tamper'] = (answer) => ({
  ...answer,
  issuerAuthenticationData: answer.issuerAuthenticationData?.map((byte, index) => (index === 0 ? byte ^ 1 : byte)),
});

export const contactScenarios: readonly ContactScenario[] = [
  {
    id: 'offline-cda',
    title: 'PIN right, CDA right, approved offline',
    meeting: { pins },
    expect: { outcome: 'approved-offline', reason: 'approved', oda: { ok: true }, tvr: '0000000000', tsi: 'E800' },
  },
  {
    id: 'offline-dda',
    title: 'the terminal does no CDA: DDA, approved offline',
    meeting: { pins, data: { '9F33': 'E0F8C0' } },
    expect: {
      outcome: 'approved-offline',
      oda: { ok: true },
      tvr: '0000000000',
      tsi: 'E800',
      data: { '9F34': '410302' },
    },
  },
  {
    id: 'direct',
    title: 'a recording that begins with the application',
    meeting: { pins },
    withoutDirectory: true,
    expect: { outcome: 'approved-offline', oda: { ok: true } },
  },
  {
    id: 'old-card',
    title: 'SDA of an old card of another version, approved online',
    profile: 'old-card-pboc2',
    meeting: { pins },
    expect: { outcome: 'approved-online', oda: { ok: true }, tvr: '0080040000', tsi: 'F800' },
  },
  {
    id: 'online',
    title: 'the terminal asks the issuer, which is authenticated and approves',
    meeting: { pins, terminal: online },
    input: options,
    expect: {
      outcome: 'approved-online',
      reason: 'approved-by-issuer',
      authorizationResponseCode: '00',
      tvr: '0000000000',
      tsi: 'F800',
    },
  },
  {
    id: 'request',
    title: 'the issuer’s answer is not in the recording',
    meeting: { pins, terminal: online },
    input: options,
    upToRequest: true,
    expect: {
      outcome: 'online-requested',
      reason: 'online-requested-by-terminal',
      cryptogramType: 'ARQC',
      tsi: 'E800',
    },
  },
  {
    id: 'floor-limit',
    title: 'the floor limit is reached: online by action code',
    meeting: { pins, data: { '9F02': '000000020000', DF12: '0000008000' } },
    expect: { outcome: 'approved-online', tvr: '0000008000' },
  },
  {
    id: 'declined-by-issuer',
    title: 'more than the account has: the issuer declines',
    meeting: { pins, data: { '9F02': '000000900000' } },
    expect: { outcome: 'declined', reason: 'declined-by-issuer', authorizationResponseCode: '51' },
  },
  {
    id: 'wrong-arpc',
    title: 'the response cryptogram is not the issuer’s',
    meeting: {
      pins,
      terminal: online,
      tamper: (answer) => ({
        ...answer,
        issuerAuthenticationData: Uint8Array.from([...new Uint8Array(8), ...fromAscii('00')]),
      }),
    },
    input: options,
    expect: { outcome: 'approved-online', tvr: '0000000040', tsi: 'F800' },
  },
  {
    id: 'no-host',
    title: 'no host: the card approves by itself',
    meeting: { pins, terminal: online, host: false },
    input: options,
    expect: { outcome: 'approved-offline', reason: 'approved-without-host', authorizationResponseCode: 'Y3' },
  },
  {
    id: 'no-host-expired',
    title: 'no host, and the card has expired: a default action code declines',
    meeting: { pins, terminal: { date: '2036-01-04' }, host: false },
    expect: { outcome: 'declined', reason: 'online-impossible', authorizationResponseCode: 'Z3', tvr: '0440000000' },
  },
  {
    id: 'denied',
    title: 'the card has expired, and the terminal’s denial code says no',
    meeting: { pins, terminal: { date: '2036-01-04' }, data: { DF13: '0040000000' } },
    expect: { outcome: 'declined', reason: 'declined-by-terminal', authorizationResponseCode: 'Z1' },
  },
  {
    id: 'pin-second-try',
    title: 'the PIN is right at the second try',
    meeting: { pins: ['111111', PIN] },
    expect: { outcome: 'approved-offline', tvr: '0000000000', data: { '9F34': '410302' } },
  },
  {
    id: 'pin-blocked-now',
    title: 'the PIN is wrong three times, the online PIN follows',
    meeting: { pins: ['1111', '1111', '1111', PIN] },
    expect: { tvr: '0000240000', data: { '9F34': '420300' } },
  },
  {
    id: 'pin-blocked-before',
    title: 'the PIN was blocked in a transaction before: no VERIFY',
    before: [{ pins: ['1111', '1111', '1111'], host: false }],
    meeting: { pins: [PIN], host: false },
    expect: { tvr: '0000240000', data: { '9F34': '420300' } },
  },
  {
    id: 'pin-bypassed',
    title: 'no PIN: the signature is taken',
    meeting: {},
    expect: { tvr: '0000080000', data: { '9F34': '1E0300' } },
  },
  {
    id: 'electronic-cash',
    title: 'electronic cash: no floor limit, the balance is debited',
    meeting: { pins, data: { ...CASH, '9F1B': '00000000' } },
    expect: { outcome: 'approved-offline', electronicCash: { balance: 9_000 }, tvr: '0000000000' },
  },
  {
    id: 'electronic-cash-threshold',
    title: 'electronic cash below the reset threshold: online PIN and issuer',
    application: { electronicCash: { resetThresholdFen: 9_500 } },
    meeting: { pins: [PIN, PIN], data: CASH },
    expect: { outcome: 'approved-online', data: { '9F7A': '01' }, tvr: '0000040000' },
  },
  {
    id: 'above-electronic-cash-limit',
    title: 'an amount at the terminal’s limit is no electronic cash',
    meeting: { pins, data: { '9F7A': '01', '9F7B': '000000001000' } },
    expect: { data: { '9F7A': '00' } },
  },
  {
    id: 'load',
    title: 'a load: the issuer’s script sets the purse',
    meeting: { pins, terminal: online, request: { kind: 'load' } },
    input: options,
    expect: { outcome: 'approved-online', scriptResults: ['2000000000'], tvr: '0000000000', tsi: 'FC00' },
  },
  {
    id: 'pin-change',
    title: 'the issuer changes the PIN',
    orders: [{ kind: 'change-pin', newPin: '654321' }],
    meeting: { pins, terminal: online },
    input: options,
    expect: { outcome: 'approved-online', scriptResults: ['2000000000'], tsi: 'FC00' },
  },
  {
    id: 'script-refused',
    title: 'a script that was tampered with',
    orders: [{ kind: 'block-application' }],
    meeting: {
      pins,
      terminal: online,
      tamper: (answer) => ({
        ...answer,
        scripts: (answer.scripts ?? []).map((script) => Uint8Array.from([...script.slice(0, -1), 0])),
      }),
    },
    input: options,
    expect: { outcome: 'approved-online', scriptResults: ['1100000000'], tvr: '0000000010', tsi: 'FC00' },
  },
  {
    id: 'sm4-online',
    title: 'SM4: the issuer believes the cryptogram, the card believes the issuer',
    application: SM4,
    meeting: { pins, terminal: online },
    input: options,
    expect: { outcome: 'approved-online', cryptogramType: 'TC', tvr: '0000000000', tsi: 'F800' },
  },
  {
    id: 'sm4-script',
    title: 'SM4: a script under its MAC changes the PIN',
    application: SM4,
    orders: [{ kind: 'change-pin', newPin: '654321' }],
    meeting: { pins, terminal: online },
    input: options,
    expect: { outcome: 'approved-online', scriptResults: ['2000000000'], tsi: 'FC00' },
  },
  {
    id: 'sm4-arpc-wrong',
    title: 'SM4: an answer to the cryptogram that was tampered with',
    application: SM4,
    meeting: { pins, terminal: online, tamper: fromSomebodyElse },
    input: options,
    expect: { outcome: 'approved-online', cryptogramType: 'TC', tvr: '0000000040', tsi: 'F800' },
  },
];
