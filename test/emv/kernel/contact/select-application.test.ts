import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { type CardLines, CREDIT, DEBIT, entry, fci, object, PSE, PSE_ANSWER, play, terminal } from './contact-card.js';

const PARTIAL = 'A0000003330101';
const OTHER = 'A0000000031010';
const selects = (commands: readonly string[]) =>
  commands
    .filter((command) => command.startsWith('00A404'))
    .map((command) => `${command.slice(6, 8)} ${command.slice(10, -2)}`);
const directory = (...entries: string[]): CardLines => ({
  directory: [object('70', ...entries)],
  select: { [PSE]: PSE_ANSWER, [DEBIT]: fci(DEBIT), [CREDIT]: fci(CREDIT) },
});
const priority = (value: string) => object('87', value);
const chosen = ({ outcome }: ReturnType<typeof play>) =>
  outcome.applicationIdentifier && toHex(outcome.applicationIdentifier);
const known = (...names: [string, 'partial' | 'exact'][]) =>
  names.map(([name, match]) => ({ applicationIdentifier: fromHex(name), match }));

describe('the directory (JR/T 0025.6-2013 7.2.4.1)', () => {
  test('is read record by record until 6A83', () => {
    const played = play({ ...directory(), directory: [object('70', entry(CREDIT)), object('70', entry(DEBIT))] });
    expect(played.commands.slice(0, 5)).toEqual([
      `00A404000E${PSE}00`,
      '00B2015400',
      '00B2025400',
      '00B2035400',
      `00A4040008${CREDIT}00`,
    ]);
  });

  test('a record without an entry, an entry without a name, one that comes twice, one of another scheme', () => {
    const played = play({
      ...directory(),
      directory: [
        object('70'),
        object('70', object('61', object('50', '41')), entry(OTHER), entry(DEBIT), entry(DEBIT)),
      ],
    });
    expect(selects(played.commands)).toEqual([`00 ${PSE}`, `00 ${DEBIT}`]);
  });

  test('a blocked card ends it all', () => {
    expect(play({ select: { [PSE]: ' 6A81' } })).toMatchObject({
      commands: { length: 1 },
      outcome: { outcome: 'terminated', reason: 'card-blocked', statusWord: 0x6a81 },
    });
  });

  test.each<[string, CardLines]>([
    ['no directory', { select: { [PSE]: ' 6A82', [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } }],
    ['a blocked one', { select: { [PSE]: ` 6283`, [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } }],
    ['another status word', { select: { [PSE]: ' 6D00', [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } }],
    ['no file in its answer', { select: { [PSE]: fci(PSE), [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } }],
    ['no template', { select: { [PSE]: '00', [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } }],
    [
      'a record in error',
      { directory: [' 6A82'], select: { [PSE]: PSE_ANSWER, [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } },
    ],
    ['no record', { directory: [], select: { [PSE]: PSE_ANSWER, [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) } }],
    [
      'nothing in common',
      {
        directory: [object('70', entry(OTHER))],
        select: { [PSE]: PSE_ANSWER, [PARTIAL]: [fci(DEBIT)], [DEBIT]: fci(DEBIT) },
      },
    ],
  ])('%s: the list of names', (_, lines) => {
    const played = play(lines);
    expect(selects(played.commands)).toEqual([`00 ${PSE}`, `00 ${PARTIAL}`, `02 ${PARTIAL}`, `00 ${DEBIT}`]);
    expect(played.outcome.outcome).toBe('approved-offline');
  });

  test('the names that the terminal knows, whole or their beginning', () => {
    const run = (...names: Parameters<typeof known>) =>
      chosen(play(directory(entry(CREDIT), entry(DEBIT)), {}, terminal({}, { applications: known(...names) })));
    expect(run([PARTIAL, 'partial'])).toBe(CREDIT);
    expect(run([DEBIT, 'exact'])).toBe(DEBIT);
    expect(run([PARTIAL, 'exact'])).toBeUndefined();
    expect(run(['A000000333', 'partial'])).toBe(CREDIT);
  });
});

describe('the list of names (7.2.4.2)', () => {
  const byList = terminal({}, { selection: 'list' });

  test('the next occurrence of a partial name until the card has no more', () => {
    const played = play(
      { select: { [PARTIAL]: [fci(CREDIT, priority('02')), fci(DEBIT, priority('01'))], [DEBIT]: fci(DEBIT) } },
      {},
      byList,
    );
    expect(selects(played.commands)).toEqual([`00 ${PARTIAL}`, `02 ${PARTIAL}`, `02 ${PARTIAL}`, `00 ${DEBIT}`]);
    expect(chosen(played)).toBe(DEBIT);
  });

  test('a whole name is not asked for again', () => {
    const played = play(
      { select: { [DEBIT]: fci(DEBIT) } },
      {},
      terminal({}, { selection: 'list', applications: known([CREDIT, 'exact'], [DEBIT, 'exact']) }),
    );
    expect(selects(played.commands)).toEqual([`00 ${CREDIT}`, `00 ${DEBIT}`, `00 ${DEBIT}`]);
  });

  test('option: what is selected is not selected again', () => {
    const played = play(
      { select: { [DEBIT]: fci(DEBIT) } },
      {},
      terminal({}, { selection: 'list', selectsAgain: false, applications: known([DEBIT, 'exact']) }),
    );
    expect(selects(played.commands)).toEqual([`00 ${DEBIT}`]);
    expect(played.outcome.outcome).toBe('approved-offline');
  });

  test('blocked applications are left out, the next ones are not', () => {
    const blocked = `${fci(CREDIT)} 6283`;
    const played = play({ select: { [PARTIAL]: [blocked, fci(DEBIT)], [DEBIT]: fci(DEBIT) } }, {}, byList);
    expect(chosen(played)).toBe(DEBIT);
    expect(play({ select: { [PARTIAL]: [blocked] } }, {}, byList).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'no-common-application',
    });
  });

  test('where only the whole name counts a longer one is passed over', () => {
    const played = play(
      { select: { [PARTIAL]: [fci(DEBIT)] } },
      {},
      terminal({}, { selection: 'list', applications: known([PARTIAL, 'exact']) }),
    );
    expect(played.outcome.reason).toBe('no-common-application');
    expect(selects(played.commands)).toEqual([`00 ${PARTIAL}`, `02 ${PARTIAL}`]);
  });

  test('a blocked card ends it; a card that names another application is not believed', () => {
    expect(play({ select: { [PARTIAL]: ' 6A81' } }, {}, byList).outcome.reason).toBe('card-blocked');
    expect(play({ select: { [PARTIAL]: fci(OTHER) } }, {}, byList).outcome.reason).toBe('no-common-application');
  });

  test('a card that finds no end of applications is left', () => {
    const endless = Array.from({ length: 200 }, () => fci(DEBIT));
    const played = play({ select: { [PARTIAL]: endless, [DEBIT]: fci(DEBIT) } }, {}, byList);
    expect(selects(played.commands).length).toBeLessThan(40);
    expect(played.outcome.outcome).toBe('approved-offline');
  });

  test('one name at once', () => {
    const played = play({}, {}, terminal({}, { selection: 'direct', applications: known([DEBIT, 'exact']) }));
    expect(selects(played.commands)).toEqual([`00 ${DEBIT}`]);
    expect(
      play({}, {}, terminal({}, { selection: 'direct', applications: known([OTHER, 'exact']) })).outcome,
    ).toMatchObject({ outcome: 'terminated', reason: 'application-not-selectable' });
  });
});

describe('the choice (7.2.5)', () => {
  const both = (one: string, other: string) => directory(entry(CREDIT, priority(one)), entry(DEBIT, priority(other)));

  test.each([
    ['02', '01', DEBIT],
    ['01', '02', CREDIT],
    ['01', '01', CREDIT],
    ['00', '0F', DEBIT],
    ['81', '02', DEBIT],
    ['81', '82', undefined],
  ])('nobody to ask: priorities %s and %s', (one, other, expected) => {
    expect(chosen(play(both(one, other)))).toBe(expected);
  });

  test('none without confirmation, and nobody to ask', () => {
    expect(play(both('81', '82')).outcome).toMatchObject({ outcome: 'terminated', reason: 'application-not-chosen' });
  });

  test('the holder chooses from a list, best first', () => {
    const choosing = terminal({}, { applicationChoice: 'choose' });
    const played = play(both('02', '01'), { 'choose-application': () => ({ index: 1 }) }, choosing);
    expect(played.requests).toMatchObject([
      { kind: 'choose-application', candidates: [{ priority: 1 }, { priority: 2 }] },
    ]);
    expect(chosen(played)).toBe(CREDIT);
    expect(play(both('02', '01'), {}, choosing).outcome.reason).toBe('application-not-chosen');
    expect(play(directory(entry(DEBIT)), {}, choosing).requests, 'one is no choice').toEqual([]);
  });

  test('the holder confirms, best first, until one is right', () => {
    const confirming = terminal({}, { applicationChoice: 'confirm' });
    const second = play(
      both('02', '01'),
      { 'confirm-application': (_, turn) => ({ confirmed: turn === 1 }) },
      confirming,
    );
    expect(chosen(second)).toBe(CREDIT);
    const none = play(both('02', '01'), {}, confirming);
    expect(none.requests).toHaveLength(2);
    expect(none.outcome.reason).toBe('application-not-chosen');
  });

  test('one that wants to be confirmed is', () => {
    const played = play(
      directory(entry(DEBIT, priority('81'))),
      { 'confirm-application': () => ({ confirmed: true }) },
      terminal({}, { applicationChoice: 'choose' }),
    );
    expect(played.requests).toMatchObject([{ kind: 'confirm-application' }]);
    expect(chosen(played)).toBe(DEBIT);
  });

  test('one that cannot be selected leaves the list', () => {
    const lines = { ...both('01', '02'), select: { [PSE]: PSE_ANSWER, [CREDIT]: ' 6283', [DEBIT]: fci(DEBIT) } };
    expect(chosen(play(lines))).toBe(DEBIT);
    expect(play({ ...lines, select: { [PSE]: PSE_ANSWER } }).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'application-not-selectable',
    });
  });
});

describe('GET PROCESSING OPTIONS (7.3)', () => {
  test('has what the PDOL asks for, or nothing', () => {
    expect(play().commands).toContain('80A8000002830000');
    expect(play({ pdol: '9F1A029F7A019F02065F2A02' }).commands).toContain(
      '80A800000D830B0156000000000100000156' + '00',
    );
  });

  test('6985: the application leaves the list', () => {
    const played = play({ ...directory(entry(CREDIT), entry(DEBIT)), options: ' 6985' });
    expect(selects(played.commands)).toEqual([`00 ${PSE}`, `00 ${CREDIT}`, `00 ${DEBIT}`]);
    expect(played.outcome).toMatchObject({ outcome: 'terminated', reason: 'processing-options-refused' });
  });

  test.each([
    [' 6A81', 'processing-options-refused'],
    [object('80', '5C'), 'mandatory-data-missing'],
    [object('80', '5C00'), 'mandatory-data-missing'],
    [object('77', object('82', '5C00')), 'mandatory-data-missing'],
    [object('77', object('94', '08010100')), 'mandatory-data-missing'],
    [object('77', object('82', '5C'), object('94', '08010100')), 'answer-invalid'],
    ['5C00', 'answer-invalid'],
    [object('77', object('82', '5C00'), object('94', '080101')), 'file-locator-invalid'],
  ])('an answer that is none (%#)', (options, reason) => {
    expect(play({ options }).outcome).toMatchObject({ outcome: 'terminated', reason });
  });

  test('format 2', () => {
    const options = object('77', object('82', '1C00'), object('94', '08010100'));
    expect(play({ options }).outcome.outcome).toBe('approved-offline');
  });
});
