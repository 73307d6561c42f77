import { Option } from 'commander';
import type { SteppedCard } from '../../../members/cards/card-order.js';
import { type CardStepOptions, cardStepCommand, takeCardStep } from './card-step-command.js';

export const loseCommand = () =>
  cardStepCommand('lose', 'report a card lost: it is on the deny list when this ends')
    .addOption(
      new Option('--through <who>', 'who tells of it').choices(['member', 'officer', 'bank']).default('officer'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards lose --member A4 --through member --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(async ({ through, ...options }: CardStepOptions & { readonly through: string }) => {
      const fits = (reason: string): boolean => reason !== 'card-lost' && reason !== 'card-closed';
      const lost = await takeCardStep<SteppedCard>(options, { path: 'losses', body: { through }, fits });
      const { printCardStep } = await import('../../../members/cards/print-card-step.js');
      printCardStep(lost, options.json === true);
    });
