import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { orderSteps } from './order-steps.js';
import { type JourneyView, type StepView, tapSchemaView } from './posted-tap.js';
import { printMembership } from './print-membership.js';

type Language = 'en' | 'zh';

/** A receipt for people: member or not and why, what the journey costs, what that is made of, and what else was looked at. */
export function printReceipt(answer: unknown, colours: Colours, language: Language): string[] {
  const { id, code, detail, receipt, result } = tapSchemaView.tap.parse(answer);
  if (code) return ['', `${colours.red('refused')} by the gateway: ${detail ?? code} ${colours.dim(`[${code}]`)}`];
  const head = `${colours.green('accepted')} by the gateway as ${id} ${colours.dim(`[${result}]`)}`;
  const journey = receipt?.journey;
  if (journey === undefined) return ['', head];
  const member = receipt?.membership ? printMembership(receipt.membership, colours, language) : [];
  const told = ['', head, ...member.map((line) => `  ${line}`)];
  if (journey.status === 'open') return [...told, '  the journey is open: it is priced when its other tap comes'];
  const { fareFen, discountFen, netFen, debitedFen, dueFen } = journey;
  return [
    ...told,
    `  ${colours.bold(`${formatYuan(netFen)} yuan`)} = fare ${formatYuan(fareFen)} − discount ${formatYuan(discountFen)}; debited ${formatYuan(debitedFen)}, ${settle(dueFen)}`,
    ...printSteps(journey, colours, language).map((line) => `  ${line}`),
  ];
}

/** Each step with its code; those that gave nothing stand last and dim. */
export function printSteps({ steps }: Pick<JourneyView, 'steps'>, colours: Colours, language: Language): string[] {
  const { counted, inVain } = orderSteps(steps);
  const line = ({ rule, text, textZh }: StepView) => [rule.padEnd(20), language === 'zh' ? textZh : text] as const;
  return [
    ...counted.map(line).map(([rule, text]) => `${colours.cyan(rule)} ${text}`),
    ...inVain.map(line).map(([rule, text]) => colours.dim(`${rule} ${text}`)),
  ];
}

/** Below zero it goes back to the card. */
const settle = (dueFen: number): string =>
  dueFen < 0 ? `to be given back ${formatYuan(-dueFen)}` : `still due ${formatYuan(dueFen)}`;
