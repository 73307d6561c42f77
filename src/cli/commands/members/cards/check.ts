import { orderStepCommand } from './order-step-command.js';

export const checkCommand = () =>
  orderStepCommand({
    name: 'check',
    description: 'members have checked number and name of their cards',
    path: 'check',
    bulk: 'check',
    steps: ['check'],
    columns: ['lastDigits'],
    single: 'last-digits',
    bodyOf: ({ lastDigits }) => ({ lastDigits, isNameRight: true }),
    help: `  yongtap members cards check --member A4 --last-digits 0314 --post http://127.0.0.1:8051 --key $YONGTAP_KEY`,
  });
