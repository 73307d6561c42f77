import type { SteppedCard } from '../../../members/cards/card-order.js';
import { type CardStepOptions, cardStepCommand, takeCardStep } from './card-step-command.js';

export const findCommand = () =>
  cardStepCommand('find', 'withdraw the report of a loss, within the time that the policy gives')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards find --member A4 --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(async (options: CardStepOptions) => {
      const fits = (reason: string): boolean => reason === 'card-lost';
      const found = await takeCardStep<SteppedCard>(options, { path: 'finds', fits });
      const { printCardStep } = await import('../../../members/cards/print-card-step.js');
      printCardStep(found, options.json === true);
    });
