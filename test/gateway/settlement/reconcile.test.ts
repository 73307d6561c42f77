import { expect, it } from 'vitest';
import { type Amounts, type Difference, reconcile } from '../../../src/gateway/settlement/index.js';
import { readClaims } from '../../../src/gateway/settlement/reconcile/read-claims.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { gate, intakeOver, member, PAN } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAY = '2015-10-03';
const card = cardInPocket();
const buses: TapRecord[] = [];
for (let hour = 10; hour < 16; hour++) {
  buses.push(await card.tapAt('bus-validator', { at: `${DAY}T${hour}:00:00+08:00`, sequence: hour }));
}
const late = await card.tapAt('bus-validator', { at: `${DAY}T20:00:00+08:00`, sequence: 20 });
const entry = await card.tapAt('metro-gate', { ...gate('鼓楼', 'entry', `${DAY}T21:00:00+08:00`), sequence: 1 });
const exit = await card.tapAt('metro-gate', { ...gate('世纪大道', 'exit', `${DAY}T21:20:00+08:00`), sequence: 2 });

const bytes = async function* (text: string) {
  for (let start = 0; start < text.length; start += 7) yield new TextEncoder().encode(text.slice(start, start + 7));
};

it.each(['csv', 'ndjson'] as const)('tells whoever reads the records what breaks a file off, as %s', async (format) => {
  const content = (async function* () {
    yield* bytes('terminal,sequence,amountFen\n'.repeat(format === 'csv' ? 1 : 0));
    throw new Error('the body ends too early');
  })();
  const records = readClaims({ format, content, operator: 'ningbo-bus' });
  await expect(records.next()).rejects.toThrow('the body ends too early');
});

const read = async (format: 'csv' | 'ndjson', file: Uint8Array, length = 5) => {
  const content = (async function* () {
    for (let start = 0; start < file.length; start += length) yield file.subarray(start, start + length);
  })();
  const records = [];
  for await (const record of readClaims({ format, content, operator: '宁波公交' })) records.push(record);
  return records;
};
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
/** 终端号,流水号,金额（元） and 公交-3 as GB 18030 has them. */
const GB18030 = 'd6d5b6cbbac52cc1f7cbaebac52cbdf0b6eea3a8d4aaa3a90ab9abbdbb2d332c312c322e30300a';

it.each([
  ['in GB 18030', 'csv', Buffer.from(GB18030, 'hex')],
  [
    'with its first text behind many lines of ASCII',
    'csv',
    Buffer.from(`terminal,sequence,amount,note\n${'\n'.repeat(99)}公交-3,1,2,`),
  ],
  ['as a spreadsheet writes Unicode text', 'csv', utf16('终端\t流水号\t金额(分)\r\n公交-3\t1\t200\r\n')],
  [
    'with a mark, semicolons and other columns',
    'csv',
    Buffer.from('\ufeffNo;Terminal;Sequence;Amount (fen);Rider\r\n9;公交-3;1;200;x'),
  ],
  ['of names in other cases', 'csv', Buffer.from('TERMINAL , sequence,amount_fen,service day\n公交-3, 1 ,200,')],
  ['of JSON with a mark', 'ndjson', Buffer.from('\ufeff{"terminal":"公交-3","sequence":1,"amountFen":200}\r\n\r\n')],
  ['of JSON in UTF-16', 'ndjson', utf16('{"terminal":"公交-3","sequence":1,"amount":2}')],
] as const)('reads a file %s', async (_, format, file) => {
  for (const length of [1, 5, 1_000_000]) {
    expect(await read(format, file, length)).toMatchObject([{ terminal: '公交-3', sequence: 1, amountFen: 200 }]);
  }
});

it.each([
  ['', 1, '', 'there is no line of columns'],
  ['\n\nterminal,amountFen\na,1\n', 3, 'sequence', 'there is no such column'],
  ['terminal,sequence\na,1\n', 1, 'amountFen', 'a column amountFen (fen) or amount (yuan) is needed'],
  ['terminal,Terminal,sequence,amount\na,b,1,1\n', 1, 'terminal', 'this column is there twice'],
  ['terminal,sequence,amount\na,total,1\n', 2, 'sequence', 'a whole number'],
  ['terminal,sequence,amountFen\na,1,100000000\na,2,100000001\n', 3, 'amountFen', 'more than 1000000 yuan'],
  ['terminal,sequence,amount\na,1,-1000000\na,2,-1000000.01\n', 3, 'amount', 'more than 1000000 yuan'],
  [
    Buffer.from('7465726d696e616c2c73657175656e63652c616d6f756e740affff2c312c310a', 'hex'),
    1,
    '',
    'neither UTF-8, UTF-16 nor GB18030: save it as "CSV UTF-8"',
  ],
] as const)('says what is wrong with the columns of %j', async (file, line, column, reason) => {
  await expect(read('csv', Buffer.from(file))).rejects.toMatchObject({ line, column, reason });
});

it('holds no line in memory that is too long for a record', async () => {
  let taken = 0;
  const content = (async function* () {
    for (; taken < 1000; taken++) yield Buffer.alloc(65_536, 'a');
  })();
  const records = readClaims({ format: 'ndjson', content, operator: 'ningbo-bus' });
  await expect(records.next()).rejects.toMatchObject({ line: 1, reason: 'too long for a record' });
  expect(taken).toBeLessThan(3);
});

eachEngine('reconciliation', (engine) => {
  it('tells every kind of difference, and both sums differ by what it tells', async () => {
    const intake = intakeOver(await engine.open(), { cards: { [PAN]: member } });
    await intake.acceptBatch([...buses, entry, exit]);
    await intake.accept({ ...buses[0]!, sequence: 30 });
    await intake.closeServiceDay(DAY);
    await intake.accept(late);
    const { database } = intake;
    const compare = async (operator: string, format: 'csv' | 'ndjson', text: string, amounts: Amounts = 'fare') => {
      const found: Difference[] = [];
      const file = { format, content: bytes(text) };
      const onDifference = async (difference: Difference) => void found.push(difference);
      const summary = await reconcile({ database, operator, serviceDay: DAY, amounts, file, onDifference });
      const told = found.reduce((sum, { theirsFen, oursFen }) => sum + theirsFen - oursFen, 0);
      expect(told).toBe(summary.theirs.amountFen - summary.ours.amountFen);
      return { summary, found: found.map(({ kind, sequence }) => `${kind} ${sequence}`) };
    };
    const right = [10, 11, 12, 13, 14, 15].map((sequence) => `bus-validator-1,${sequence},200`);
    const csv = (lines: readonly string[]) => `terminal,sequence,amountFen\n${lines.join('\n')}\n`;
    const same = await compare('ningbo-bus', 'csv', csv(right));
    expect(same).toMatchObject({ summary: { agrees: true, closed: true, ours: { journeys: 6, amountFen: 1200 } } });
    expect((await compare('ningbo-bus', 'csv', csv(right), 'debited')).summary.agrees).toBe(true);

    const wrong = [
      ...right.slice(1, 4),
      right[3]!,
      'bus-validator-1,14,300',
      'bus-validator-1,15,200',
      'bus-validator-1,99,200',
      'bus-validator-1,20,200',
      'bus-validator-1,30,200',
    ];
    expect((await compare('ningbo-bus', 'csv', csv(wrong))).found).toEqual([
      'doubled 13',
      'refused-here 30',
      'missing-here 99',
      'missing-there 10',
      'amount-differs 14',
      'day-differs 20',
    ]);
    const rows = [
      { terminal: 'metro-gate-1', sequence: 1, amountFen: 0 },
      { terminal: 'metro-gate-1', sequence: 2, amount: '3.00', serviceDay: DAY },
    ].map((row) => JSON.stringify(row));
    expect((await compare('ningbo-metro', 'ndjson', rows.join('\n'))).summary.agrees).toBe(true);
    const other = rows.join('\n').replace(DAY, '2015-10-04');
    expect((await compare('ningbo-metro', 'ndjson', other)).found).toEqual(['day-differs 1']);
    expect((await compare('ningbo-metro', 'csv', csv([]))).found).toEqual(['missing-there 1']);
  });

  it('names the line that it cannot read', async () => {
    const database = await engine.open();
    const ask = (format: 'csv' | 'ndjson', text: string) =>
      reconcile({
        database,
        operator: 'ningbo-bus',
        serviceDay: DAY,
        amounts: 'fare',
        file: { format, content: bytes(text) },
        onDifference: async () => {},
      });
    await expect(ask('csv', 'terminal,sequence,amountFen\na,1,1\na,x,1\n')).rejects.toMatchObject({
      code: 'reconciliation-file-invalid',
      line: 3,
      column: 'sequence',
    });
    await expect(ask('csv', 'terminal,sequence\na,1\n')).rejects.toMatchObject({ line: 1, column: 'amountFen' });
    await expect(ask('ndjson', '{"terminal":"a"\n')).rejects.toMatchObject({ line: 1 });
    await expect(ask('ndjson', '{"terminal":"a","sequence":1,"amountFen":1,"operator":"other"}')).rejects.toMatchObject(
      { column: 'operator' },
    );
  });
});
