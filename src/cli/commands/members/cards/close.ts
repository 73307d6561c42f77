import type { SteppedCard } from '../../../members/cards/card-order.js';
import { type CardStepOptions, cardStepCommand, takeCardStep } from './card-step-command.js';

export const closeCommand = () =>
  cardStepCommand('close', 'close a card for good; it needs --reason')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards close --member A6 --reason "account closed" --post http://127.0.0.1:8051',
    )
    .action(async (options: CardStepOptions) => {
      const { CommandError } = await import('../../../exit-codes.js');
      if (!options.reason) throw new CommandError('reason-missing', 'a card is closed for a reason: --reason');
      const fits = (reason: string): boolean => reason !== 'card-closed';
      const closed = await takeCardStep<SteppedCard>(options, { path: 'closings', fits });
      const { printCardStep } = await import('../../../members/cards/print-card-step.js');
      printCardStep(closed, options.json === true);
    });
