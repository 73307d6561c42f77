import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { selectApplication } from '../../../../emv/kernel/qpboc/select-application.js';
import {
  application,
  CREDIT,
  converse,
  DEBIT,
  entry,
  object,
  play,
  ppse,
  type ScriptLines,
  SELECT_PPSE,
  scriptedCard,
} from './card-script.js';

const selectCommand = (name: string): string => `00A40400${(name.length / 2).toString(16).padStart(2, '0')}${name}00`;

function choose(lines: ScriptLines, terminalNames: readonly string[] = ['A000000333']) {
  return converse(selectApplication(terminalNames.map(fromHex)), scriptedCard(lines));
}

test('selects the directory, then the application with the best priority by the name in the directory', () => {
  const { outcome, commands } = choose({
    directory: ppse(entry(DEBIT, '02'), entry(CREDIT, '01')),
    applications: { [DEBIT]: application(DEBIT), [CREDIT]: application(CREDIT) },
  });
  expect(outcome.ok && toHex(outcome.value.applicationIdentifier)).toBe(CREDIT);
  expect(commands).toEqual([SELECT_PPSE, selectCommand(CREDIT)]);
});

describe('a partial name', () => {
  const partial = DEBIT.slice(0, -2);

  test('in the directory is selected as it stands; the whole one comes from the answer', () => {
    const { outcome, commands } = choose({
      directory: ppse(entry(partial, '01')),
      applications: { [partial]: application(DEBIT) },
    });
    expect(commands[1]).toBe(selectCommand(partial));
    expect(outcome.ok && toHex(outcome.value.applicationIdentifier)).toBe(DEBIT);
  });

  test('never leads to another provider, whatever the card says in 84', () => {
    for (const said of ['A000000003101001', 'A0000003', '', `${DEBIT}${'00'.repeat(9)}`]) {
      const { outcome } = choose({ applications: { [DEBIT]: application(said) } });
      expect(outcome.ok && toHex(outcome.value.applicationIdentifier)).toBe(DEBIT);
    }
  });
});

describe('the card has no directory for contactless payment', () => {
  test.each([
    ['file not found', ' 6A82'],
    ['card blocked', ' 6A81'],
    ['a warning is no success', `${ppse(entry(DEBIT))} 6283`],
    ['no data', ''],
    ['another template', object('70', entry(DEBIT))],
    ['not TLV', '6F10'],
    ['two templates', `${ppse(entry(DEBIT))}${ppse(entry(CREDIT))}`],
  ])('%s', (_, directory) => {
    const { outcome, commands } = choose({ directory });
    expect(outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'no-payment-directory',
      tryAnotherInterface: true,
    });
    expect(commands).toEqual([SELECT_PPSE]);
  });
});

test.each([
  ['nothing in the directory', ppse()],
  ['only what the terminal does not know', ppse(entry('A0000000031010', '01'))],
  ['an entry without a name', ppse(object('61', object('50', '41')))],
])('%s: another interface', (_, directory) => {
  expect(choose({ directory }).outcome).toMatchObject({
    outcome: 'terminated',
    reason: 'no-common-application',
    tryAnotherInterface: true,
  });
});

describe('several applications', () => {
  const directory = ppse(entry(DEBIT, '01'), entry(CREDIT, '02'));

  test.each([
    ['not found', ' 6A82'],
    ['blocked', `${application()} 6283`],
    ['function not supported', ' 6A81'],
  ])('one that is %s gives way to the next', (_, line) => {
    const { outcome, commands } = choose({
      directory,
      applications: { [DEBIT]: line, [CREDIT]: application(CREDIT) },
    });
    expect(outcome.ok && toHex(outcome.value.applicationIdentifier)).toBe(CREDIT);
    expect(commands).toHaveLength(3);
  });

  test('none can be selected: another interface, with the last status word', () => {
    const { outcome } = choose({ directory, applications: { [DEBIT]: ' 6A82', [CREDIT]: ' 6999' } });
    expect(outcome).toMatchObject({
      reason: 'application-not-selectable',
      statusWord: 0x6999,
      tryAnotherInterface: true,
    });
  });

  test('one that has been selected is the one, also when it does no qPBOC', () => {
    const { outcome, commands } = choose({
      directory,
      applications: { [DEBIT]: application(DEBIT, '9F0206'), [CREDIT]: application(CREDIT) },
    });
    expect(outcome).toMatchObject({ reason: 'no-qpboc', tag: '9F66', tryAnotherInterface: true });
    expect(commands).toHaveLength(2);
  });
});

describe('the PDOL', () => {
  test.each([
    ['there is none', object('6F', object('84', DEBIT), object('A5')), 'no-qpboc', '9F38'],
    ['it stands outside of A5', object('6F', object('9F38', '9F6604')), 'no-qpboc', '9F38'],
    ['it is empty', application(DEBIT, ''), 'no-qpboc', '9F66'],
    ['it does not ask for the qualifiers', application(DEBIT, '9F02069F3704'), 'no-qpboc', '9F66'],
    ['it is cut', application(DEBIT, '9F66049F02'), 'answer-invalid', '9F38'],
  ])('%s', (_, answer, reason, tag) => {
    expect(choose({ applications: { [DEBIT]: answer } }).outcome).toMatchObject({
      outcome: 'terminated',
      reason,
      tag,
      tryAnotherInterface: reason === 'no-qpboc',
    });
  });

  test('the answer to SELECT is kept, objects within BF0C as well', () => {
    const answer = object(
      '6F',
      object('84', DEBIT),
      object('A5', object('9F38', '9F6604'), object('BF0C', object('DF61', '01'))),
    );
    const { outcome } = choose({ applications: { [DEBIT]: answer } });
    expect(outcome.ok && toHex(outcome.value.data.get('DF61')!)).toBe('01');
  });
});

test('a card that leaves at the directory may be presented again', () => {
  const { outcome, commands } = converse(selectApplication([fromHex('A000000333')]), () => undefined);
  expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'card-removed', tryAnotherInterface: false });
  expect(commands).toEqual([SELECT_PPSE]);
});

test('a card that leaves at the application is not asked for another one', () => {
  const directory = ppse(entry(DEBIT, '01'), entry(CREDIT, '02'));
  const { outcome, commands } = choose({ directory, applications: { [CREDIT]: application(CREDIT) } });
  expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'card-removed', tryAnotherInterface: false });
  expect(commands).toHaveLength(2);
});

describe('extended selection (9F29, EMV Contactless Book B 3.3.3)', () => {
  const directory = ppse(object('61', object('4F', DEBIT), object('9F29', '0102')));
  const answers = { [DEBIT]: application(), [`${DEBIT}0102`]: application() };

  test.each([
    [false, DEBIT],
    [undefined, DEBIT],
    [true, `${DEBIT}0102`],
  ])('%s: selects %s', (extendedSelection, name) => {
    const { commands } = play(scriptedCard({ directory, applications: answers }), { extendedSelection });
    expect(commands[1]).toContain(name);
    expect(commands[1]).toHaveLength((6 + name.length / 2) * 2);
  });
});
