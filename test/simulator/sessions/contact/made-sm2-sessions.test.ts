import { expect, test } from 'vitest';
import { contactTransaction, createCertificationAuthorityKeyStore, toHex } from '../../../../emv/index.js';
import { testCaKeys } from '../../../../simulator/index.js';
import { vectorFileSchema } from '../../../../src/cli/replay/vector.js';
import { replay } from '../../../cli/support/replay.js';
import {
  ContactCard,
  converse,
  TERMINAL_DATA,
  terminal,
  toResponse,
} from '../../../emv/kernel/contact/contact-card.js';
import { combined, pki, sm2Card } from '../../../emv/kernel/contact/sm2-card.js';

const approved = { outcome: 'approved-offline', oda: { ok: true }, tvr: '0000000000', tsi: 'A800' };
const sm = { DF69: '01' };

const scenarios = [
  { id: 'sda', title: 'SDA with SM2', lines: sm2Card('4C00'), data: { ...sm, '9F33': 'E0F880' }, expect: approved },
  { id: 'dda', title: 'DDA with SM2', lines: sm2Card('2C00'), data: { ...sm, '9F33': 'E0F840' }, expect: approved },
  {
    id: 'cda',
    title: 'CDA with SM2 and SM3',
    lines: sm2Card('0D00', { cryptograms: [combined('01', '40')] }),
    data: { ...sm, '9F33': 'E0F808' },
    expect: approved,
  },
  {
    id: 'rsa-terminal',
    title: 'a single-SM card at a terminal that knows RSA alone: authentication fails',
    lines: sm2Card('2C00'),
    data: { '9F33': 'E0F840' },
    rsaAlone: true,
    expect: { outcome: 'approved-offline', oda: { ok: false }, tvr: '0800000000', tsi: 'A800' },
  },
];

function record({ id, title, lines, data, rsaAlone, expect: expected }: (typeof scenarios)[number]) {
  const caKeys = testCaKeys(pki).filter(({ algorithm }) => algorithm === (rsaAlone ? 'rsa' : 'sm2'));
  const card = new ContactCard(lines);
  const transcript: { command: string; response: string }[] = [];
  const ofTest = terminal(data, { caKeys: createCertificationAuthorityKeyStore(caKeys) });
  converse(contactTransaction(ofTest), (command) => {
    const response = toResponse(card.answer(command));
    transcript.push({ command: toHex(command), response: toHex(response) });
    return response;
  });
  return {
    id: `ses-contact-sm2-${id}`,
    kind: 'session',
    title,
    input: {
      kernel: 'contact',
      terminal: { ...TERMINAL_DATA, ...data },
      unpredictableNumber: '01020304',
      date: '2016-01-04',
      caKeys,
      transcript,
    },
    expect: expected,
  };
}

const file = vectorFileSchema.parse({
  suite: 'session-contact-sm2',
  source:
    'made by us: cards signed under our own SM2 chain (test/simulator/sessions/contact); the expected ends are by the rules of JR/T 0025.6-2013 and JR/T 0025.17-2013',
  vectors: scenarios.map(record),
});

test('the SM2 sessions among the test vectors are what the cards say today', async () => {
  await expect(`${JSON.stringify(file, undefined, 1)}\n`).toMatchFileSnapshot(
    '../../../../test-vectors/session-contact-sm2.json',
  );
});

test('each transaction ends as the scenario says', async () => {
  const results = await replay(file);
  expect(results).toHaveLength(scenarios.length);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
});
