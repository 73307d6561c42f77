import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../../emv/bytes.js';
import { contactlessPath } from '../../../../emv/kernel/qpboc/contactless-path.js';
import { dataMap, options, play, scriptedCard, withData } from './card-script.js';

const CRYPTOGRAM = '1122334455667788';

describe('after GET PROCESSING OPTIONS (JR/T 0025.12-2013 6.5.4)', () => {
  test.each([
    ['qPBOC only, 9F26', '20000000', '2000', CRYPTOGRAM, 'qpboc'],
    ['qPBOC only, no 9F26: AIP is not looked at', '20000000', '2000', undefined, 'qpboc'],
    ['qPBOC only, AIP 2.8', '20000000', '2080', undefined, 'qpboc'],
    ['debit/credit only, 9F26', '40000000', '2000', CRYPTOGRAM, 'contactless-debit-credit'],
    ['debit/credit only, no 9F26', '40000000', '2000', undefined, 'contactless-debit-credit'],
    ['both, 9F26', '60000000', '2000', CRYPTOGRAM, 'qpboc'],
    ['both, no 9F26', '60000000', '2000', undefined, 'contactless-debit-credit'],
    ['both, no 9F26, AIP 2.8: the text names no path, 9F26 is missing', '60000000', '2080', undefined, 'qpboc'],
    ['neither: the kernel’s own', '00000000', '2000', undefined, 'qpboc'],
  ])('%s', (_, qualifiers, profile, cryptogram, path) => {
    const card = dataMap({ '82': profile, ...(cryptogram !== undefined && { '9F26': cryptogram }) });
    expect(contactlessPath(fromHex(qualifiers), card)).toBe(path);
  });
});

test('contactless debit/credit ends this kernel by name, before anything is read', () => {
  const { outcome, commands } = play(
    scriptedCard({ options: options({ '9F26': undefined, '9F10': undefined, '9F36': undefined }) }),
    withData({ '9F66': '60000080' }),
  );
  expect(outcome).toMatchObject({
    outcome: 'terminated',
    reason: 'contactless-debit-credit',
    tryAnotherInterface: true,
    debit: 'none',
  });
  expect(commands).toHaveLength(3);
});

test('with qPBOC alone the same answer lacks what is mandatory', () => {
  const { outcome } = play(scriptedCard({ options: options({ '9F26': undefined }) }));
  expect(outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '9F26' });
});
