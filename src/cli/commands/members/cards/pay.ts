import { orderStepCommand } from './order-step-command.js';

export const payCommand = () =>
  orderStepCommand({
    name: 'pay',
    description: 'the fee for a card is paid',
    path: 'fee/payment',
    steps: [],
    columns: [],
    single: 'plain',
    bodyOf: () => ({}),
    help: '  yongtap members cards pay --member A5 --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
  });
