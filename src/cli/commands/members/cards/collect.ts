import { orderStepCommand } from './order-step-command.js';

export const collectCommand = () =>
  orderStepCommand({
    name: 'collect',
    description: 'hand cards out, where identity, name and number are those that are known',
    path: 'collection',
    bulk: 'collection',
    steps: ['collect'],
    columns: ['identityNumber', 'name', 'lastDigits', 'collector'],
    bodyOf: ({ identityNumber, name, lastDigits, collector = 'member' }) => ({
      collector,
      identityNumber,
      name,
      lastDigits,
    }),
    help: `  yongtap members cards collect --file handed-out.csv --post http://127.0.0.1:8051 --key $YONGTAP_KEY

What is shown at the counter is compared and not kept. It comes in a file or through the pipe, never as an argument.`,
  });
