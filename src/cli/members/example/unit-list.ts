import { readTable } from '../../../gateway/collection/read-table.js';
import { writeXlsx } from '../../../gateway/sheets/index.js';
import { type MadeUpMember, withCheckDigit } from './made-up-members.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const HEADINGS = ['单位', '姓名', '性别', '身份证号码', '手机号码', '家庭住址', '发卡银行'] as const;

type Cells = Readonly<Record<(typeof HEADINGS)[number], string>>;

const RURAL_EACH = 10;

/** Every tenth chooses the rural credit bank; who chooses none has the Bank of China. */
const isRural = (index: number): boolean => index % RURAL_EACH === 1;

const cellsOf = ({ name, sex, identityNumber, mobile, address }: MadeUpMember, index: number): Cells => ({
  单位: '',
  姓名: name,
  性别: sex === 'male' ? '男' : '女',
  身份证号码: identityNumber,
  手机号码: mobile,
  家庭住址: address,
  发卡银行: isRural(index) ? '农信银行' : '',
});

interface Mistake {
  readonly wrong: Partial<Cells>;
  /** Column and code of the answer. */
  readonly code: string;
}

/** What hands in offices get wrong, in the places of the list where it happens. */
function mistakesIn(members: readonly MadeUpMember[]): ReadonlyMap<number, Mistake> {
  const at = (place: number): MadeUpMember => members[place]!;
  const number = (place: number): string => at(place).identityNumber;
  const lastOther = (text: string): string => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
  const mistakes: readonly (readonly [number, string, Partial<Cells>])[] = [
    [3, 'name missing', { 姓名: '' }],
    [19, 'name name-wrong', { 姓名: '王5' }],
    [35, 'sex identity-sex-differs', { 性别: '男' }],
    [51, 'identityNumber identity-check-digit-wrong', { 身份证号码: lastOther(number(51)) }],
    [
      67,
      'identityNumber identity-date-wrong',
      { 身份证号码: withCheckDigit(`33020419800230${number(67).slice(14, 17)}`) },
    ],
    [83, 'identityNumber identity-region-unknown', { 身份证号码: withCheckDigit(`99${number(83).slice(2, 17)}`) }],
    [99, 'identityNumber number-rounded', { 身份证号码: '3.30204E+17' }],
    [115, 'identityNumber doubled-in-file', { 身份证号码: number(5) }],
    [131, 'mobile mobile-wrong', { 手机号码: '1380574o132' }],
    [147, 'mobile mobile-doubled-in-file', { 手机号码: at(6).mobile }],
    [163, 'bank bank-unknown', { 发卡银行: '火星银行' }],
    [179, 'unit unit-unknown', { 单位: '火星工会' }],
  ];
  return new Map(mistakes.map(([place, code, wrong]) => [place, { code, wrong }]));
}

/** The row in a workbook of the member at a place: headings are the first one. */
const rowOf = (place: number): number => place + 2;

export const placeOf = (row: number): number => row - 2;

export interface SpoiltList {
  readonly workbook: Uint8Array;
  /** The rows that are wrong, each with the column and the code that it must be answered with, in order. */
  readonly answers: readonly string[];
  readonly places: readonly number[];
}

/** The unit's list as a workbook, as an office hands it in. */
export async function spoiltList(members: readonly MadeUpMember[]): Promise<SpoiltList> {
  const mistakes = mistakesIn(members);
  const rows = members.map((member, place) => ({ ...cellsOf(member, place), ...mistakes.get(place)?.wrong }));
  return {
    workbook: await write([[...HEADINGS], ...rows.map((row) => HEADINGS.map((heading) => row[heading]))]),
    answers: [...mistakes].map(([place, { code }]) => `${rowOf(place)} ${code}`),
    places: [...mistakes.keys()],
  };
}

export interface ReturnedList {
  /** The reason of each row, as the last column tells it. */
  readonly reasons: readonly string[];
  /** The same file, its rows put right. */
  readonly corrected: Uint8Array;
}

/** Reads the file of wrong rows, and corrects each as its office does: in its place, the reason left where it stands. */
export async function correctList(
  returned: Uint8Array,
  right: readonly (readonly [MadeUpMember, number])[],
): Promise<ReturnedList> {
  const { headings, rows } = await readTable({ format: 'xlsx', bytes: returned }, ['name'], right.length);
  const reasonAt = headings.texts.length - 1;
  const reasons = rows.map(({ cells }) => cells[reasonAt]?.text ?? '');
  const corrected = right.map(([member, place], index) => {
    const cells: Readonly<Record<string, string>> = cellsOf(member, place);
    return headings.texts.map((heading) => cells[heading] ?? reasons[index] ?? '');
  });
  return { reasons, corrected: await write([headings.texts, ...corrected]) };
}

const WIDTH = 22;

const write = (rows: readonly (readonly string[])[]): Promise<Uint8Array> =>
  writeXlsx([{ name: '会员名册', widths: rows[0]!.map(() => WIDTH), rows }]);
