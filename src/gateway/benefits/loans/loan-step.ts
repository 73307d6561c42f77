import { fillWords, type TextValues } from '../fill-text.js';
import texts from './loan-step-texts.json';

export type LoanRule = keyof typeof texts;

/** One step of a quote, which explains itself. */
export interface LoanStep {
  /** Stable. */
  readonly rule: LoanRule;
  readonly text: string;
  readonly textZh: string;
  /** Whether it speaks against the loan. */
  readonly refuses?: boolean;
  /** The rate after this step, in parts per million a year. */
  readonly ratePpm?: number;
  /** The limit after this step. */
  readonly limitFen?: number;
  /** What of it is assumed, where the rules do not tell. */
  readonly assumption?: string;
}

interface StepDetails extends Pick<LoanStep, 'refuses' | 'ratePpm' | 'limitFen'> {
  readonly valuesZh?: TextValues;
  readonly assumption?: string | undefined;
}

/** A step in words; `values` fill the blanks of `loan-step-texts.json`. */
export function loanStep(rule: LoanRule, values: TextValues, details: StepDetails = {}): LoanStep {
  const { valuesZh, assumption, ...told } = details;
  return {
    rule,
    ...fillWords(texts[rule], values, valuesZh),
    ...told,
    ...(assumption !== undefined && { assumption }),
  };
}

/** Fen as yuan: `1000000` is 10000.00. */
export const yuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** Parts per million as percent: `43500` is 4.35. */
export const percentOfPpm = (ppm: number): string => trimmed(ppm, 10_000, 4);

/** Basis points as percent: `2000` is 20. */
export const percentOfBasisPoints = (basisPoints: number): string => trimmed(basisPoints, 100, 2);

function trimmed(value: number, unit: number, digits: number): string {
  const rest = String(value % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(value / unit)}${rest === '' ? '' : `.${rest}`}`;
}
