import type { SteppedOrder } from '../../../members/cards/card-order.js';
import { type CardStepOptions, cardStepCommand, takeCardStep } from './card-step-command.js';

export const replaceCommand = () =>
  cardStepCommand('replace', 'order another card in place of a lost one; the fee is booked')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards replace --member A5 --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(async (options: CardStepOptions) => {
      const fits = (reason: string): boolean => reason === 'card-lost';
      const ordered = await takeCardStep<SteppedOrder>(options, { path: 'replacements', fits });
      if (options.json) return console.log(JSON.stringify(ordered, undefined, 2));
      const { printOrders } = await import('../../../members/cards/print-orders.js');
      printOrders([ordered.order]);
    });
