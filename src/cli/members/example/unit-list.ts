const COLUMNS = [
  'member',
  'name',
  'sex',
  'unitId',
  'identityNumber',
  'mobile',
  'address',
  'card',
  'generation',
] as const;

type ListRow = Readonly<Record<string, unknown>>;

/** The list as an office hands it in. */
export function toCsv(rows: readonly object[]): string {
  const lines = (rows as readonly ListRow[]).map((row) =>
    COLUMNS.map((column) => String(row[column === 'card' ? 'pan' : column] ?? '')).join(','),
  );
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}

/** What office hands get wrong, each in three rows. */
const MISTAKES: readonly ListRow[] = [
  { name: '' },
  { mobile: '1380574' + 'o001' },
  { sex: '女' },
  { pan: '6228000100000000018', generation: 'pboc3' },
];

export const WRONG_ROWS = 12;
const EVERY = 16;

export const spoilRows = (rows: readonly ListRow[]): readonly ListRow[] =>
  rows.map((row, index) => {
    const place = index / EVERY;
    return Number.isInteger(place) && place < WRONG_ROWS ? { ...row, ...MISTAKES[place % MISTAKES.length] } : row;
  });
