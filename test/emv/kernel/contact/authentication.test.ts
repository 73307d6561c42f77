import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeCommand } from '../../../../emv/apdu/index.js';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { cdaDynamicData, type MintOptions, mintCard } from '../../authentication/mint-card.js';
import { CARD_DATA, type CardLines, marks, object, objects, play, terminal, value } from './contact-card.js';
import { mintedCard as card } from './minted-card.js';

const AC = '1122334455667788';
const { caKeys } = mintCard();
const atTerminal = (capabilities: string, rest = {}) => terminal({ '9F33': capabilities }, { caKeys, ...rest });
const SDA = 'E0F880';
const DDA = 'E0F840';
const CDA = 'E0F808';

describe('SDA (JR/T 0025.6-2013 7.5.4)', () => {
  test('right: the data authentication code is kept', () => {
    const played = play(card('4C00'), {}, atTerminal(SDA));
    expect(marks(played)).toMatchObject({ tvr: '0000000000', tsi: 'A800' });
    expect(value(played, '9F45')).toBe('DAC1');
  });

  test.each<[string, MintOptions, string]>([
    ['the signature is wrong', { staticSignature: { hash: true } }, '40'],
    ['the issuer certificate is wrong', { issuer: { hash: true } }, '40'],
    ['93 is missing', { data: { '93': undefined } }, '60'],
    ['8F is missing', { data: { '8F': undefined } }, '60'],
    ['9F32 is missing', { data: { '9F32': undefined } }, '60'],
    ['9F4A names another object', { data: { '9F4A': '5A' } }, '40'],
  ])('%s', (_, options, byte1) => {
    expect(marks(play(card('4C00', options), {}, atTerminal(SDA)))).toMatchObject({
      tvr: `${byte1}00000000`,
      tsi: 'A800',
    });
  });

  test('a signed record that is no template fails it', () => {
    const lines = card('4C00');
    const records = { ...lines.records, '1.1': 'FFFF', '2.4': object('70', objects(CARD_DATA)) };
    expect(marks(play({ ...lines, records }, {}, atTerminal(SDA)))).toMatchObject({ tvr: '4000000000', tsi: 'A800' });
  });

  test('option: EMV’s bit for the choice', () => {
    const played = play(card('4C00'), {}, atTerminal(SDA, { marksStaticDataAuthenticationSelected: true }));
    expect(marks(played).tvr).toBe('0200000000');
  });
});

describe('DDA (7.5.5)', () => {
  const signing = (options: MintOptions = {}) => ({
    sign: (data: Uint8Array) =>
      object('80', toHex(mintCard({ ...options, profile: '2C00', terminalData: toHex(data) }).data.get('9F4B')!)),
  });

  test('right: the dynamic number is kept, the unpredictable number was sent', () => {
    const played = play({ ...card('2C00'), ...signing() }, {}, atTerminal(DDA));
    expect(marks(played)).toMatchObject({ tvr: '0000000000', tsi: 'A800' });
    expect(value(played, '9F4C')).toBe('0001');
    expect(played.commands).toContain('00880000040102030400');
  });

  test('format 2', () => {
    const sign = (data: Uint8Array) =>
      object('77', object('9F4B', toHex(mintCard({ profile: '2C00', terminalData: toHex(data) }).data.get('9F4B')!)));
    expect(marks(play({ ...card('2C00'), sign }, {}, atTerminal(DDA))).tvr).toBe('0000000000');
  });

  test.each<[string, MintOptions, CardLines, string]>([
    ['the signature is wrong', {}, signing({ dynamicSignature: { hash: true } }), '08'],
    ['the certificate is wrong', { icc: { hash: true } }, signing(), '08'],
    ['INTERNAL AUTHENTICATE is refused', {}, { sign: ' 6985' }, '08'],
    ['no signature in the answer', {}, { sign: object('77', object('9F36', '0001')) }, '08'],
    ['9F46 is missing', { data: { '9F46': undefined } }, signing(), '28'],
    ['9F47 is missing', { data: { '9F47': undefined } }, signing(), '28'],
  ])('%s', (_, options, lines, byte1) => {
    const played = play({ ...card('2C00', options), ...lines }, {}, atTerminal(DDA));
    expect(marks(played)).toMatchObject({ tvr: `${byte1}00000000`, tsi: 'A800' });
  });

  test('the card’s list, and one without the unpredictable number, which fails without a command', () => {
    const own = play({ ...card('2C00', {}, { '9F49': '9F37049F0206' }), ...signing() }, {}, atTerminal(DDA));
    expect(own.commands).toContain('008800000A0102030400000001000000');
    expect(marks(own).tvr).toBe('0000000000');
    const without = play({ ...card('2C00', {}, { '9F49': '9F0206' }), ...signing() }, {}, atTerminal(DDA));
    expect(without.commands.some((command) => command.startsWith('0088'))).toBe(false);
    expect(marks(without).tvr).toBe('0800000000');
    const byDefault = atTerminal(DDA, { defaultDynamicDataObjectList: fromHex('9F0206') });
    expect(marks(play({ ...card('2C00'), ...signing() }, {}, byDefault)).tvr).toBe('0800000000');
  });
});

describe('CDA (7.5.6, 7.11.4.1.1, 7.13.4)', () => {
  /** Signs what the kernel sent: PDOL and CDOL data are those of the commands. */
  function combined(information: string, fault: 'none' | 'hash' | 'unsigned' = 'none', before: Uint8Array[] = []) {
    return (cdolData: Uint8Array): string => {
      before.push(cdolData);
      const response = object('9F27', information) + object('9F36', '0001') + object('9F10', '07010103A0000001');
      if (fault === 'unsigned') return object('77', response);
      const digest = createHash('sha1');
      for (const data of before) digest.update(data);
      const hash = digest.update(fromHex(response)).digest('hex');
      const { data } = mintCard({
        profile: '0D00',
        terminalData: '01020304',
        dynamicData: cdaDynamicData({ number: '020001', cid: information, ac: AC, hash }),
        dynamicSignature: { hash: fault === 'hash' },
      });
      return object('77', response, object('9F4B', toHex(data.get('9F4B')!)));
    };
  }
  const online = { requestsOnline: true };
  const asked = (commands: readonly string[]) =>
    commands.filter((c) => c.startsWith('80AE')).map((c) => toHex(Uint8Array.of(decodeCommand(fromHex(c)).p1)));
  const approving = { 'authorize-online': () => ({ result: 'answered', authorizationResponseCode: '00' }) as const };

  test('a TC: asked for with a signature, the cryptogram is the one signed', () => {
    const played = play({ ...card('0D00'), cryptograms: [combined('40')] }, {}, atTerminal(CDA));
    expect(played.outcome.outcome).toBe('approved-offline');
    expect(asked(played.commands)).toEqual(['50']);
    expect(marks(played)).toMatchObject({ tvr: '0000000000', tsi: 'A800' });
    expect(value(played, '9F26')).toBe(AC);
    expect(value(played, '9F4C')).toBe('0001');
  });

  test.each(['hash', 'unsigned'] as const)('a TC whose signature fails (%s): declined, Z1', (fault) => {
    const played = play({ ...card('0D00'), cryptograms: [combined('40', fault)] }, {}, atTerminal(CDA));
    expect(played.outcome).toMatchObject({
      outcome: 'declined',
      reason: 'offline-data-authentication-failed',
      authorizationResponseCode: 'Z1',
    });
    expect(marks(played)).toMatchObject({ tvr: '0400000000', tsi: 'A800' });
  });

  test('an ARQC whose signature fails: an AAC is asked for, nobody goes online', () => {
    const played = play(
      { ...card('0D00'), cryptograms: [combined('80', 'hash'), object('80', '00', '0001', AC)] },
      approving,
      atTerminal(CDA, online),
    );
    expect(asked(played.commands)).toEqual(['90', '00']);
    expect(played.requests).toEqual([]);
    expect(played.outcome).toMatchObject({ outcome: 'declined', authorizationResponseCode: 'Z1' });
  });

  test('both cryptograms are signed, the second over both lists’ data', () => {
    const said: Uint8Array[] = [];
    const lines = { ...card('0D00'), cryptograms: [combined('80', 'none', said), combined('40', 'none', said)] };
    const played = play(lines, approving, atTerminal(CDA, online));
    expect(asked(played.commands)).toEqual(['90', '50']);
    expect(played.outcome.outcome).toBe('approved-online');
    expect(marks(played).tvr).toBe('0000000000');
  });

  test('the second one fails: declined, and to be reversed', () => {
    const said: Uint8Array[] = [];
    const lines = { ...card('0D00'), cryptograms: [combined('80', 'none', said), combined('40', 'hash', said)] };
    expect(play(lines, approving, atTerminal(CDA, online)).outcome).toMatchObject({
      outcome: 'declined',
      reason: 'offline-data-authentication-failed',
      reversalRequired: true,
    });
  });

  test('an AAC carries no signature and is no failure', () => {
    const aac = object('80', '00', '0001', AC);
    const played = play({ ...card('0D00'), cryptograms: [aac] }, {}, atTerminal(CDA));
    expect(played.outcome.reason).toBe('declined-by-card');
    expect(marks(played)).toMatchObject({ tvr: '0000000000', tsi: '2800' });
    const denied = play(
      { ...card('0D00'), cryptograms: [aac] },
      {},
      terminal({ '9F33': CDA, DF13: '0080000000', '9F09': '0099' }, { caKeys }),
    );
    expect(asked(denied.commands), 'an AAC is not asked for with a signature').toEqual(['00']);
  });

  test('certificates that fail: no signature is asked for', () => {
    const played = play(
      { ...card('0D00', { icc: { hash: true } }), cryptograms: [object('80', '40', '0001', AC)] },
      {},
      atTerminal(CDA),
    );
    expect(asked(played.commands)).toEqual(['40']);
    expect(marks(played)).toMatchObject({ tvr: '0400000000', tsi: 'A800' });
  });

  test('option: no signature with an ARQC', () => {
    const lines = { ...card('0D00'), cryptograms: [object('80', '80', '0001', AC), combined('40')] };
    const played = play(lines, {}, atTerminal(CDA, { ...online, combinedAuthenticationWithOnlineRequest: false }));
    expect(asked(played.commands)).toEqual(['80']);
  });
});

test('nothing in common: not performed, and 9B says nothing', () => {
  expect(marks(play(card('4C00'), {}, atTerminal(DDA)))).toMatchObject({ tvr: '8000000000', tsi: '2800' });
});
