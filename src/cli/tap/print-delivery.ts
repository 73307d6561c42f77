import type { TapRecord } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { printReceipt } from '../receipt/print-receipt.js';
import type { Delivery } from './deliver.js';

/**
 * What the gateway made of a tap. In a conflict it names the tap that came before, whose receipt would tell of another
 * card; a record that it cannot read has none.
 */
export function printDelivery(
  { answer, failure, tap }: Delivery,
  record: TapRecord | undefined,
  colours: Colours,
  language: 'en' | 'zh',
): string[] {
  const refused = (why: string, code = answer?.code ?? 'refused') =>
    `${colours.red('refused')} by the gateway: ${why} ${colours.dim(`[${code}]`)}`;
  if (answer?.result === 'conflict' && record !== undefined) {
    const { operator, sequence, terminal } = record;
    return [
      '',
      refused(`it knows another tap as ${operator} / ${terminal} / ${sequence}`),
      '  a terminal whose state is lost counts from 1 again: give it another name, with --terminal',
    ];
  }
  if (tap !== undefined) return printReceipt(tap, colours, language);
  return answer?.result === 'refused' && failure === undefined ? ['', refused('it does not take this record')] : [];
}
