import {
  checkDocument,
  documentTypeOf,
  isMobile,
  normalIdentityNumber,
  normalMobile,
  plainDigits,
} from '../../identity/index.js';
import { CELL_LENGTH_MAX, type Cell, isRounded, type TableRow } from '../../sheets/index.js';
import type { CollectionPolicy } from '../collection-policy.js';
import type { Field, Headings } from '../columns.js';
import type { FindBank } from './bank-finder.js';
import type { Person } from './person.js';
import type { RowIssue, RowIssueCode } from './row-issue.js';
import type { FindUnit } from './unit-finder.js';

export interface CheckedRow {
  readonly row: number;
  /** As they stood there, by column. */
  readonly cells: readonly string[];
  /** Empty: the row is good. */
  readonly issues: readonly RowIssue[];
  /** What of the person is good; whole where nothing is wrong. */
  readonly person: Partial<Person>;
}

export interface RowRules {
  readonly policy: CollectionPolicy;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly findUnit: FindUnit;
  readonly findBank: FindBank;
}

const LENGTHS: Readonly<Record<Field, number>> = {
  unit: 200,
  name: 64,
  sex: 16,
  identityType: 64,
  identityNumber: 40,
  mobile: 40,
  address: 300,
  bank: 64,
};

const SEXES: Readonly<Record<string, Person['sex']>> = {
  ...{ 男: 'male', 男性: 'male', male: 'male', m: 'male', man: 'male' },
  ...{ 女: 'female', 女性: 'female', female: 'female', f: 'female', woman: 'female' },
};

/** Checks what one row tells by itself; whom it doubles is another question. */
export function checkRow({ row, cells }: TableRow, headings: Headings, rules: RowRules): CheckedRow {
  const issues: RowIssue[] = [];
  const refuse = (column: Field, code: RowIssueCode) => void issues.push({ column, code });
  const cellOf = (field: Field): Cell | undefined => {
    const place = headings.placeOf.get(field);
    return place === undefined ? undefined : cells[place];
  };
  const textOf = (field: Field): string | undefined => {
    const text = cellOf(field)?.text;
    if (text === undefined && rules.policy.required.includes(field)) refuse(field, 'missing');
    if (text === undefined) return undefined;
    const wrong = wrongText(text, LENGTHS[field]);
    if (wrong) refuse(field, wrong);
    return wrong ? undefined : text;
  };
  const unit = unitOf(textOf('unit'), rules, refuse);
  const name = nameOf(textOf('name'), refuse);
  const sex = sexOf(textOf('sex'), refuse);
  const person = {
    unit,
    name,
    sex,
    ...documentOf(textOf, cellOf('identityNumber'), sex, rules, refuse),
    mobile: mobileOf(textOf('mobile'), cellOf('mobile'), refuse),
    address: textOf('address'),
    bank: bankOf(textOf('bank'), rules, refuse),
  };
  const told = Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined));
  return { row, cells: Array.from(cells, (cell) => cell?.text ?? ''), issues, person: told };
}

type Refuse = (column: Field, code: RowIssueCode) => void;

function wrongText(text: string, lengthMax: number): RowIssueCode | undefined {
  if (text.length > lengthMax || text.length >= CELL_LENGTH_MAX) return 'too-long';
  return /[\p{Cs}\p{Co}\ufffd]|(?![\n\t])\p{Cc}/u.test(text) ? 'character-wrong' : undefined;
}

function unitOf(text: string | undefined, { findUnit }: RowRules, refuse: Refuse): string | undefined {
  const found = findUnit(text);
  if ('unit' in found) return found.unit;
  refuse('unit', found.issue);
  return undefined;
}

/** Letters of any script; 买买提·吐尔逊 and O'Neill Jean-Paul have marks between them. */
function nameOf(text: string | undefined, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined;
  const name = text.normalize('NFKC').replace(/\s+/g, ' ');
  if (/^[\p{L}\p{M}][\p{L}\p{M} .·•・'’-]*$/u.test(name))
    return /^[\p{sc=Han} ]+$/u.test(name) ? name.replace(/ /g, '') : name;
  refuse('name', 'name-wrong');
  return undefined;
}

function sexOf(text: string | undefined, refuse: Refuse): Person['sex'] | undefined {
  if (text === undefined) return undefined;
  const key = text.normalize('NFKC').toLowerCase();
  const sex = Object.hasOwn(SEXES, key) ? SEXES[key] : undefined;
  if (!sex) refuse('sex', 'sex-unknown');
  return sex;
}

function documentOf(
  textOf: (field: Field) => string | undefined,
  cell: Cell | undefined,
  sex: Person['sex'] | undefined,
  { policy, today }: RowRules,
  refuse: Refuse,
): Pick<Partial<Person>, 'identityType' | 'identityNumber'> {
  const named = textOf('identityType');
  const type = named === undefined ? 'identity-card' : documentTypeOf(named);
  if (!type) refuse('identityType', 'document-type-unknown');
  const number = textOf('identityNumber');
  if (number === undefined) return {};
  if (isRounded(cell)) {
    refuse('identityNumber', 'number-rounded');
    return {};
  }
  if (!type) return {};
  const wrong = checkDocument({ type, number, sex }, { today, ages: policy.ages });
  for (const code of wrong) refuse(code === 'identity-sex-differs' ? 'sex' : 'identityNumber', code);
  if (wrong.length > 0) return {};
  const isResident = type === 'identity-card' || type === 'residence-permit';
  return { identityType: type, identityNumber: isResident ? normalIdentityNumber(number) : plainDigits(number) };
}

function mobileOf(text: string | undefined, cell: Cell | undefined, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined;
  const mobile = normalMobile(text);
  if (isRounded(cell)) refuse('mobile', 'number-rounded');
  else if (!isMobile(mobile)) refuse('mobile', 'mobile-wrong');
  else return mobile;
  return undefined;
}

function bankOf(text: string | undefined, { findBank }: RowRules, refuse: Refuse): string | undefined {
  const bank = findBank(text);
  if (bank === undefined) refuse('bank', 'bank-unknown');
  return bank;
}
