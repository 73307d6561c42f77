import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';
import { parseInstant } from '../../options/instant.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';
import { yuanText } from './yuan-text.js';

export interface LoanOptions extends MemberGateway {
  readonly amount: number;
  readonly months: number;
  readonly kind: string;
  readonly plan: string;
  readonly at?: string;
  readonly beyondGeneral?: boolean;
  readonly json?: boolean;
}

interface Quote {
  readonly eligible: boolean;
  readonly limitFen: number;
  readonly annualRatePpm?: number;
  readonly interestFen: number;
  readonly repaidFen: number;
  readonly steps: readonly { text: string; textZh: string; refuses?: boolean; assumption?: string }[];
  readonly instalments: readonly {
    number: number;
    principalFen: number;
    interestFen: number;
    paymentFen: number;
    balanceFen: number;
  }[];
}

/** Shows a quote: its steps, and the repayment as a table. Exit code 1 where nothing would be lent. */
export async function showQuote(member: string, options: LoanOptions): Promise<void> {
  const { amount: amountFen, at, beyondGeneral, json, kind, months, plan, ...gateway } = options;
  const instant = at === undefined ? {} : { at: (await parseInstant(at)).toISOString() };
  const asked = { member, kind, amountFen, months, plan, ...instant, ...(beyondGeneral && { isLimitLifted: true }) };
  const quote = await askMembers<Quote>(gateway, 'v1/loans/quotes', { body: asked });
  if (!quote.eligible) process.exitCode = exitCodes.no;
  if (json) console.log(JSON.stringify(quote, undefined, 2));
  else print(quote);
}

const PPM_OF_A_PERCENT = 10_000;
const COLUMNS = ['month', 'payment', 'principal', 'interest', 'still owed'] as const;
const WIDTHS = [5, 12, 12, 10, 13] as const;

function print({ eligible, limitFen, annualRatePpm, steps, instalments, interestFen, repaidFen }: Quote): void {
  const { bold, dim, green, red } = coloursFor(process.stdout);
  const rate = annualRatePpm === undefined ? '' : ` at ${annualRatePpm / PPM_OF_A_PERCENT}% a year`;
  const answer = eligible ? green('eligible') : red('not eligible');
  console.log(`${answer}, at most ${bold(yuanText(limitFen))} yuan${rate}`);
  for (const { text, textZh, refuses, assumption } of steps) {
    console.log(`  ${refuses ? red('✗') : green('✓')} ${text}`);
    console.log(dim(`    ${textZh}${assumption === undefined ? '' : `  (assumed: ${assumption})`}`));
  }
  if (instalments.length === 0) return;
  const row = (cells: readonly string[]) => cells.map((cell, index) => cell.padStart(WIDTHS[index]!)).join('');
  console.log(bold(row(COLUMNS)));
  for (const { number, paymentFen, principalFen, interestFen: interest, balanceFen } of instalments) {
    const amounts = [paymentFen, principalFen, interest, balanceFen].map(yuanText);
    console.log(row([String(number), ...amounts]));
  }
  console.log(bold(row(['sum', yuanText(repaidFen), yuanText(repaidFen - interestFen), yuanText(interestFen), ''])));
}
