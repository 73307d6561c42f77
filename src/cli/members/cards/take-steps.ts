import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';
import type { CardOrder, SteppedOrder } from './card-order.js';
import { findOrder } from './find-order.js';
import type { StepRow } from './read-steps-file.js';

/** A step of orders, and what is sent for it of each row. */
export interface StepOfOrders {
  /** Behind `/v1/card-orders/{order}/`. */
  readonly path: string;
  /** By which of these an order allows it. */
  readonly steps: readonly string[];
  bodyOf(row: StepRow): Readonly<Record<string, unknown>>;
}

interface Refused {
  readonly line: number;
  readonly member?: string;
  readonly result: 'refused';
  readonly code: string;
  readonly text: string;
}

export type Taken =
  | Refused
  | { readonly line: number; readonly result: SteppedOrder['result']; readonly order: CardOrder };

/** Takes a step of each row's order, one after the other; a bad row stops none of the others. */
export async function takeSteps(
  gateway: MemberGateway,
  { path, steps, bodyOf }: StepOfOrders,
  rows: readonly StepRow[],
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const row of rows) {
    const { line } = row;
    const member = String(row.member ?? '');
    try {
      const order = row.order === undefined ? await findOrder(gateway, member, steps) : String(row.order);
      const target = `v1/card-orders/${encodeURIComponent(order)}/${path}`;
      taken.push({ line, ...(await askMembers<SteppedOrder>(gateway, target, { body: bodyOf(row) })) });
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode !== exitCodes.no) throw error;
      const { code, message: text, hint } = error;
      taken.push({
        line,
        ...(member && { member }),
        result: 'refused',
        code,
        text: hint ? `${text}. ${hint}` : text,
      });
    }
  }
  return taken;
}

const REFUSED_SHOWN_MAX = 20;

/** How many were taken, and which were refused why; exit code 1 where one was. */
export function printSteps(taken: readonly Taken[], isJson: boolean): void {
  const refused = taken.filter((one) => one.result === 'refused');
  if (refused.length > 0) process.exitCode = exitCodes.no;
  if (isJson) {
    console.log(JSON.stringify(taken, undefined, 2));
    return;
  }
  const { bold, dim, red } = coloursFor(process.stdout);
  const count = (result: Taken['result']): number => taken.filter((one) => one.result === result).length;
  const wrong = `${refused.length} refused`;
  console.log(
    `${bold(String(count('created')))} done, ${count('exists')} so already, ${refused.length > 0 ? red(wrong) : wrong}`,
  );
  for (const { line, member, code, text } of refused.slice(0, REFUSED_SHOWN_MAX)) {
    console.log(`  line ${line}${member ? `, member ${member}` : ''}: ${text} ${dim(`[${code}]`)}`);
  }
  if (refused.length > REFUSED_SHOWN_MAX)
    console.log(`  and ${refused.length - REFUSED_SHOWN_MAX} more: --json has all`);
}
