import { expect, test } from 'vitest';
import {
  createTestPki,
  issueCard,
  isValidPan,
  loadProfile,
  ProfileError,
  profileNames,
  testPan,
} from '../../../simulator/index.js';
import { open, pki } from '../card-in-hand.js';

const PROFILE = `name: my-card
title: a card of my own
interface: contactless
issuer: bank-of-china
cardholderName: LIN YI
applications:
  - applicationIdentifier: A000000333010101
    label: PBOC DEBIT
    pan: "6228000100000000017"
    electronicCash:
      balanceFen: 100
      limitFen: 1000
      singleTransactionLimitFen: 1000
`;

function errorOf(text: string): ProfileError {
  try {
    loadProfile(text);
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

test('every profile in the box loads under its own name and has a PAN of its own', () => {
  const profiles = profileNames().map((name) => {
    expect(loadProfile(name).name).toBe(name);
    return loadProfile(name);
  });
  const pans = profiles.flatMap(({ applications }) => applications.map(({ pan }) => pan));
  expect(new Set(pans).size).toBe(pans.length);
});

test("one's own text becomes a card", () => {
  expect(loadProfile(PROFILE).applications[0]!.electronicCash!.balanceFen).toBe(100);
});

const file = (shortFileIdentifier: number, recordsMax = 10, records: readonly string[] = []) => ({
  shortFileIdentifier,
  length: 1,
  recordsMax,
  records,
});

test.each([
  ['issuer: bank-of-china', 'issuer: bank-of-mars', 4, 'issuer'],
  ['"6228000100000000017"', '"6228000100000000018"', 9, 'applications.0.pan'],
  ['"6228000100000000017"', '"6228000200000000024"', 9, 'applications.0.pan'],
  ['"6228000100000000017"', '6228000100000000017', 9, 'applications.0.pan'],
  ['balanceFen: 100', 'balanceFen: 1.5', 11, 'applications.0.electronicCash.balanceFen'],
  ['balanceFen: 100', 'balanceFen: 1001', 11, 'applications.0.electronicCash.balanceFen'],
  ['limitFen: 1000', 'limit: 1000', 10, 'applications.0.electronicCash.limitFen'],
  ['label: PBOC DEBIT', 'label: PBOC DEBIT\n    colour: red', 9, 'applications.0.colour'],
  ['label: PBOC DEBIT', 'label: PBOC DEBIT\n    processes: [low-value, high-value]', 9, 'applications.0.processes.1'],
])('%s as %s: the error names line %i', (before, after, line, path) => {
  const error = errorOf(PROFILE.replace(before, after));
  expect(error).toMatchObject({ code: 'profile-invalid', line, path });
  expect(error.message).toMatch(new RegExp(`^line ${line}, column \\d+: `));
  expect(error.message).not.toContain('62280001000000000');
});

test.each([
  ['two files of one name', [file(0x15), file(0x15)], 'applications.0.smallPayment.files'],
  [
    'more rides than the cyclic file keeps',
    [file(0x1e, 1, ['00', '01'])],
    'applications.0.smallPayment.files.0.records',
  ],
])('small payment, %s: refused', (_, files, path) => {
  const text = PROFILE.replace(
    'label: PBOC DEBIT',
    `label: PBOC DEBIT\n    smallPayment: ${JSON.stringify({ files })}`,
  );
  expect(errorOf(text)).toMatchObject({ code: 'profile-invalid', path });
  expect(
    loadProfile(text.replace(/"files":.*/, `"files":${JSON.stringify([file(0x15), file(0x1e, 2, ['00', '01'])])}}`)),
  );
});

test('text that is no YAML is an error with its line, an unknown name one with the known names', () => {
  expect(errorOf('name: x\ntitle: "x\n')).toMatchObject({ code: 'profile-not-yaml', line: 3, column: 1 });
  expect(errorOf('servise-card')).toMatchObject({
    code: 'profile-unknown',
    message: expect.stringContaining('service-card-51'),
  });
  expect(errorOf('constructor')).toMatchObject({ code: 'profile-unknown' });
  expect(errorOf('just: this')).toMatchObject({ code: 'profile-invalid', line: 1 });
});

test('options change the first application, within the rules of the profile', () => {
  const pan = testPan('bank-of-china', 4711);
  expect(isValidPan(pan)).toBe(true);
  const card = open('two-applications', { pan, cardholderName: 'LIN YI', balanceFen: 42 }).inspect();
  expect(card.cardholderName).toBe('LIN YI');
  expect(card.applications.map((application) => application.pan)).toEqual([pan, '6228000100000000090']);
  expect(card.applications.map(({ purse }) => purse.balanceFen)).toEqual([42, 2000]);
  expect(() => issueCard(loadProfile('service-card-51'), pki, { pan: '6228000100000000018' })).toThrow(ProfileError);
  expect(() => issueCard(loadProfile('service-card-51'), pki, { balanceFen: 1_000_000 })).toThrow(ProfileError);
  const chain = createTestPki('tests', { certificationAuthorityBits: 1408, issuerBits: 1152 });
  expect(() => issueCard(loadProfile('service-card-51-rural-credit'), chain)).toThrow('keyBits');
  expect(() => createTestPki('tests', { certificationAuthorityBits: 1408, issuerBits: 1424 })).toThrow(RangeError);
});
