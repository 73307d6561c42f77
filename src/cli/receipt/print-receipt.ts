import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { tapSchemaView } from './posted-tap.js';

/** A receipt for people: what the journey costs, and each step that led there. */
export function printReceipt(answer: unknown, colours: Colours, language: 'en' | 'zh'): string[] {
  const { id, code, detail, receipt, result } = tapSchemaView.tap.parse(answer);
  if (code) return ['', `${colours.red('refused')} by the gateway: ${detail ?? code} ${colours.dim(`[${code}]`)}`];
  const head = `${colours.green('accepted')} by the gateway as ${id} ${colours.dim(`[${result}]`)}`;
  const journey = receipt?.journey;
  if (journey === undefined) return ['', head];
  const price =
    journey.status === 'open'
      ? 'the journey is open: it is priced when its other tap comes'
      : `fare ${formatYuan(journey.fareFen)} − discount ${formatYuan(journey.discountFen)} = ${colours.bold(formatYuan(journey.netFen))} yuan; debited ${formatYuan(journey.debitedFen)}, due ${formatYuan(journey.dueFen)}`;
  const steps = journey.steps.map(
    ({ rule, text, textZh }) => `  ${colours.cyan(rule.padEnd(20))} ${language === 'zh' ? textZh : text}`,
  );
  return ['', head, `  ${price}`, ...steps];
}
