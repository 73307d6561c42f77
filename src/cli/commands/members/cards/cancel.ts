import { orderStepCommand } from './order-step-command.js';

export const cancelCommand = () =>
  orderStepCommand({
    name: 'cancel',
    description: 'cancel an order whose card was not collected; it needs --reason',
    path: 'cancellation',
    steps: ['cancel'],
    columns: [],
    single: 'plain',
    bodyOf: () => ({}),
    help: '  yongtap members cards cancel --member A5 --reason "no card is wanted" --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
  });
