import { roundHalfUp } from '../../fares/round-half-up.js';

export type RepaymentPlan = 'equal-instalments' | 'equal-principal';

export interface Instalment {
  /** 1, 2, 3, …: the month. */
  readonly number: number;
  readonly principalFen: number;
  readonly interestFen: number;
  readonly paymentFen: number;
  /** What is still owed afterwards. */
  readonly balanceFen: number;
}

export interface Loan {
  readonly amountFen: number;
  readonly months: number;
  /** A year, in parts per million. */
  readonly ratePpm: number;
  readonly plan: RepaymentPlan;
}

const MONTHS_TIMES_MILLION = 12_000_000;

/**
 * What is paid back month by month. The principal sums to the amount exactly, to the fen; the interest of a month is that
 * of the balance before it, a twelfth of a year's, rounded half up to the fen; the last instalment takes what roundings
 * have left. Pure.
 */
export function repaymentPlan(loan: Loan): readonly Instalment[] {
  const { amountFen, months } = loan;
  const principalOf = loan.plan === 'equal-principal' ? equalPrincipal(loan) : equalInstalments(loan);
  const instalments: Instalment[] = [];
  let balanceFen = amountFen;
  for (let number = 1; number <= months; number++) {
    const interestFen = interestOf(balanceFen, loan.ratePpm);
    const principalFen = number === months ? balanceFen : within(principalOf(interestFen), balanceFen);
    balanceFen -= principalFen;
    instalments.push({ number, principalFen, interestFen, paymentFen: principalFen + interestFen, balanceFen });
  }
  return instalments;
}

/** The interest of a month on a balance, rounded half up to the fen. */
const interestOf = (balanceFen: number, ratePpm: number): number =>
  roundHalfUp(balanceFen * ratePpm, MONTHS_TIMES_MILLION);

const within = (principalFen: number, balanceFen: number): number => Math.min(Math.max(principalFen, 0), balanceFen);

function equalPrincipal({ amountFen, months }: Loan): () => number {
  const each = roundHalfUp(amountFen, months);
  return () => each;
}

function equalInstalments(loan: Loan): (interestFen: number) => number {
  const payment = annuity(loan);
  return (interestFen) => payment - interestFen;
}

/** P·r·(1+r)^n ÷ ((1+r)^n − 1) for a month's rate r, in whole numbers, rounded half up to the fen. */
function annuity({ amountFen, months, ratePpm }: Loan): number {
  if (ratePpm === 0) return roundHalfUp(amountFen, months);
  const unit = BigInt(MONTHS_TIMES_MILLION);
  const grown = (unit + BigInt(ratePpm)) ** BigInt(months);
  const numerator = BigInt(amountFen) * BigInt(ratePpm) * grown;
  const denominator = unit * (grown - unit ** BigInt(months));
  return Number((2n * numerator + denominator) / (2n * denominator));
}
