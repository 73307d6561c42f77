import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore, decode, fromHex, toHex, verifyFdda } from '../../../emv/index.js';
import { openCard, testCaKeys } from '../../../simulator/index.js';
import { BUS, issueChanged, pki, random, staticDataOf, tap, terminalData } from '../card-in-hand.js';

const caKeys = createCertificationAuthorityKeyStore(testCaKeys(pki));
const SM_TERMINAL = { ...BUS, DF69: '01' };

type Tapped = Pick<ReturnType<typeof tap>, 'data' | 'records'>;

function authenticate({ data, records }: Tapped) {
  const all = new Map([...terminalData(SM_TERMINAL), ...data]);
  return verifyFdda({ rid: 'A000000333', caKeys, date: '2016-01-04', data: all, staticData: staticDataOf(records) });
}

const tapped = (['rsa', 'sm2'] as const).map((algorithm) => {
  const card = openCard(issueChanged('service-card-51', { publicKeyAlgorithms: [algorithm] }), { random });
  card.powerOn();
  return tap(card, SM_TERMINAL);
});

const tags = ['90', '9F46', '9F4B'] as const;
const whichever = fc.record({
  from: fc.constantFrom(...tapped),
  tag: fc.constantFrom(...tags),
  bit: fc.nat({ max: 8 * 2048 }),
});

test('one bit of a certificate or of the signature that is not as it was, and no card is believed', () => {
  for (const one of tapped) expect(authenticate(one)).toMatchObject({ ok: true });
  fc.assert(
    fc.property(whichever, ({ from: { data, records }, tag, bit }) => {
      const bytes = Uint8Array.from(data.get(tag)!);
      bytes[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
      expect(authenticate({ data: new Map(data).set(tag, bytes), records })).toMatchObject({ ok: false });
    }),
    { numRuns: 200 },
  );
});

test('one bit of the signed record, and no card is believed', () => {
  const signed = fc.record({ from: fc.constantFrom(...tapped), bit: fc.nat({ max: 8 * 256 }) });
  fc.assert(
    fc.property(signed, ({ from: { data, records }, bit }) => {
      const index = records.findIndex((record) => record.signed);
      const bytes = Uint8Array.from(records[index]!.bytes);
      const at = 2 + ((bit >> 3) % (bytes.length - 2));
      bytes[at]! ^= 1 << (bit & 7);
      const changed = records.with(index, { ...records[index]!, bytes });
      expect(authenticate({ data, records: changed })).toMatchObject({ ok: false });
    }),
    { numRuns: 100 },
  );
});

const sets = [['rsa'], ['sm2'], ['rsa', 'sm2'], ['sm2', 'rsa']] as const;
const cards = fc.record({
  publicKeyAlgorithms: fc.constantFrom(...sets),
  keyBits: fc.constantFrom(768, 1024, 1152, 1408),
  version01: fc.boolean(),
  sm: fc.boolean(),
  cryptogramVersion: fc.constantFrom(1 as const, 17 as const),
});

test('a card of any algorithms authenticates with any that the terminal can do', () => {
  fc.assert(
    fc.property(cards, ({ publicKeyAlgorithms, keyBits, version01, sm, cryptogramVersion }) => {
      const changed = { publicKeyAlgorithms: [...publicKeyAlgorithms], cryptogramVersion };
      const card = openCard(issueChanged('service-card-51', changed, { card: { keyBits } }), { random });
      card.powerOn();
      const terminal = { ...BUS, '9F66': version01 ? '28000080' : '28000000', DF69: sm ? '01' : '00' };
      const { response, data, records } = tap(card, terminal);
      if (!sm && publicKeyAlgorithms.length === 1 && publicKeyAlgorithms[0] === 'sm2') {
        expect(response.statusWord).toBe(0x6985);
        return;
      }
      const all = new Map([...terminalData(terminal), ...data]);
      const input = { rid: 'A000000333', caKeys, date: '2016-01-04', data: all, staticData: staticDataOf(records) };
      expect(verifyFdda(input)).toMatchObject({ ok: true });
      const usesSm = sm && publicKeyAlgorithms.some((algorithm) => algorithm === 'sm2');
      expect(toHex(data.get('8F')!)).toBe(usesSm ? 'C6' : 'C5');
      expect(response.data.length).toBeLessThanOrEqual(256);
      for (const { bytes } of records) expect(bytes.length).toBeLessThanOrEqual(254);
      const last = decode(records.at(-1)!.bytes)[0]!;
      expect(fromHex(toHex(last.value)).length + 2).toBeLessThanOrEqual(32);
    }),
    { numRuns: 24 },
  );
});
