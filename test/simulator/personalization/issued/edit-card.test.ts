import { describe, expect, test } from 'vitest';
import { type CardEdit, CardEditError, editableState, editCard, openCard } from '../../../../simulator/index.js';
import { issue, issueChanged, random } from '../../card-in-hand.js';
import { freshCard, inserted, tapped } from '../profiles/at-terminals.js';

const edits = (...texts: string[]): CardEdit[] =>
  texts.map((text) => ({ name: text.split('=')[0]!, value: text.split('=')[1]! }));

const shown = (profile: string, ...texts: string[]) =>
  openCard(editCard(issue(profile), edits(...texts)), { random }).inspect().applications[0]!;

function refusal(profile: string, text: string): CardEditError {
  try {
    editCard(issue(profile), edits(text));
  } catch (error) {
    if (error instanceof CardEditError) return error;
  }
  throw new Error(`${text} was not refused`);
}

test('purse, counters and blocks are changed by name, and by the tag that shows them', () => {
  const { purse, counters, blocked } = shown('service-card-51', '9F79=5000', 'pinTriesLeft=1', 'blocked=application');
  expect(purse.balanceFen).toBe(5000);
  expect(counters.pinTriesLeft).toBe(1);
  expect(blocked).toBe('application');
  expect(shown('service-card-51', 'transactionCounter=65535').counters.applicationTransactionCounter).toBe(65535);
});

test('a block can be taken off again, and the log emptied', () => {
  expect(shown('blocked-application', 'blocked=none').blocked).toBeUndefined();
  expect(shown('used-card', 'log=none').log).toEqual([]);
});

test('a data object is changed in hex, and a number in digits', () => {
  const { dataObjects } = shown('service-card-51', '9F77=50000', '9F68=C0100000');
  const bytesOf = (tag: string) => dataObjects.find((one) => one.tag === tag)!.value;
  expect([...bytesOf('9F77')]).toEqual([0, 0, 0, 5, 0, 0]);
  expect([...bytesOf('9F68')]).toEqual([0xc0, 0x10, 0, 0]);
});

test('what stands in a record as well is changed there too', () => {
  const card = openCard(editCard(issue('service-card-51'), edits('5F20=4C5520')), { random }).inspect();
  const [{ records }] = card.applications as [(typeof card.applications)[0]];
  const holder = records.find(({ shortFileIdentifier }) => shortFileIdentifier === 1)!;
  expect(Buffer.from(holder.bytes!).toString('hex')).toContain('5f20034c5520');
});

test('what holds over contact alone is changed there alone', () => {
  const before = issue('service-card-51');
  const after = editCard(before, edits('contact.9F38=9F1A02'));
  expect(after.applications[0]!.contactData!['9F38']).toBe('9F1A02');
  expect(after.applications[0]!.data['9F38']).toBe(before.applications[0]!.data['9F38']);
});

test('a value that a script has written gives way to the new one', () => {
  const file = issue('service-card-51');
  const scripted = { ...file, state: [{ ...file.state[0]!, changedData: { '9F77': '000000000100' } }] };
  expect(editCard(scripted, edits('9F77=70000')).state[0]!.changedData).toEqual({});
  expect(() => editCard(scripted, edits('9F79=101'))).toThrow(/above the limit of 100 \(9F77\)/);
});

test.each([
  ['pin-card', 'contact.9F42=0344'],
  ['pin-card', 'electronicCash.9F74=454343303031'],
])('%s has no values of its own there: %s', (profile, text) => {
  expect(refusal(profile, text)).toMatchObject({ code: 'card-field-unknown', field: text.split('=')[0] });
});

test('a record that a script has filled with anything is left as it is', () => {
  const file = issue('service-card-51');
  const changedRecords = [{ shortFileIdentifier: 1, recordNumber: 1, bytes: '7001' }];
  const scripted = { ...file, state: [{ ...file.state[0]!, changedRecords }] };
  expect(editCard(scripted, edits('5F20=4C5520')).state[0]!.changedRecords).toEqual(changedRecords);
});

describe('what the issuer has signed is refused', () => {
  test.each(['82', '5A', '5F24', '9F07', '9F4A', '94', '8E', '9F0D'])('%s', (tag) => {
    expect(refusal('service-card-51', `${tag}=00`)).toMatchObject({ code: 'card-data-signed', field: tag });
  });
});

describe('values that a field does not take', () => {
  test.each([
    '9F79=100001',
    '9F79=-1',
    'pinTriesLeft=16',
    'transactionCounter=65536',
    'blocked=yes',
    'scriptFailed=1',
    'pin=12',
    'log=all',
    '9F68=8010',
    '9F77=AB',
    '9F6C=0',
    '9F38=9F',
    '9F10=0701',
    `5F20=${'41'.repeat(250)}`,
  ])('%s', (text) => {
    expect(refusal('service-card-51', text)).toMatchObject({ code: 'card-value-invalid', field: text.split('=')[0] });
  });

  test('a slip of the hand is told what was meant', () => {
    expect(refusal('service-card-51', 'balanc=1')).toMatchObject({ code: 'card-field-unknown' });
    expect(refusal('service-card-51', 'balanc=1').message).toBe('balanc: did you mean balance?');
  });

  test('an application that is not there', () => {
    expect(() => editCard(issue('service-card-51'), edits('balance=1'), 1)).toThrow(CardEditError);
  });
});

test('every field of the table is one of the state', () => {
  const state = { blocked: 'card', changedPin: '1234', ...issue('service-card-51').state[0]! };
  expect(editableState.filter(({ field }) => !(field in state))).toEqual([]);
});

test('a changed card is taken by terminals as before', async () => {
  const changed = (...texts: string[]) => editCard(freshCard('service-card-51'), edits(...texts));
  expect(await tapped(changed('balance=200', '5F20=4C5520'))).toEqual({ reason: 'approved' });
  expect(await tapped(changed('balance=199'))).toEqual({ reason: 'declined-by-card' });
  expect(await inserted(changed('blocked=card'))).toEqual({ reason: 'card-blocked' });
});

test('the second application is changed by its number', () => {
  const after = editCard(issueChanged('two-applications', {}), edits('balance=7'), 1);
  expect(after.state.map(({ balance }) => balance)).toEqual([3000, 7]);
});
