import type { SteppedOrder } from '../../../members/cards/card-order.js';
import { type CardStepOptions, cardStepCommand, takeCardStep } from './card-step-command.js';

interface ExchangeOptions extends CardStepOptions {
  readonly confirmed?: boolean;
  readonly mobile?: string;
  readonly address?: string;
}

export const exchangeCommand = () =>
  cardStepCommand('exchange', 'order the exchange of a PBOC 2.0 card: free, the number stays')
    .option('--confirmed', 'mobile number and address were asked for, and are as known where not given here')
    .option('--mobile <number>', 'the mobile number, where it was corrected')
    .option('--address <address>', 'the address, where it was corrected')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards exchange --member A7 --confirmed --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(exchange);

async function exchange({ confirmed, mobile, address, ...options }: ExchangeOptions): Promise<void> {
  if (!confirmed && (mobile === undefined || address === undefined)) {
    const { CommandError } = await import('../../../exit-codes.js');
    const hint = 'Ask for both. --confirmed: as known; --mobile, --address: corrected.';
    throw new CommandError('wrong-use', 'were mobile number and address checked?', undefined, hint);
  }
  const checked = (corrected: string | undefined) => (corrected === undefined ? { isConfirmed: true } : { corrected });
  const body = { mobile: checked(mobile), address: checked(address) };
  const fits = (reason: string): boolean => reason === 'card-generation';
  const ordered = await takeCardStep<SteppedOrder>(options, { path: 'exchanges', body, fits });
  if (options.json) return console.log(JSON.stringify(ordered, undefined, 2));
  const { printOrders } = await import('../../../members/cards/print-orders.js');
  printOrders([ordered.order]);
}
