import { orderStepCommand } from './order-step-command.js';

export const activateCommand = () =>
  orderStepCommand({
    name: 'activate',
    description: 'cards are activated and their passwords set; a password itself is never told',
    path: 'activation',
    bulk: 'activation',
    steps: ['activate'],
    columns: [],
    single: 'plain',
    bodyOf: () => ({ isPasswordSet: true }),
    help: `  yongtap members cards activate --member A4 --post http://127.0.0.1:8051 --key $YONGTAP_KEY`,
  });
