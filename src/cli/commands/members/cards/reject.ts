import { orderStepCommand } from './order-step-command.js';

export const rejectCommand = () =>
  orderStepCommand({
    name: 'reject',
    description: 'the member gives the card back: number or name is wrong; it needs --reason',
    path: 'rejection',
    steps: ['reject'],
    columns: [],
    single: 'plain',
    bodyOf: () => ({}),
    help: '  yongtap members cards reject --member A4 --reason "the name is wrong" --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
  });
