import { orderStepCommand } from './order-step-command.js';

export const waiveCommand = () =>
  orderStepCommand({
    name: 'waive',
    description: 'give up the fee for a card; it needs --reason',
    path: 'fee/waiver',
    steps: [],
    columns: [],
    single: 'plain',
    bodyOf: () => ({}),
    help: '  yongtap members cards waive --member A5 --reason "hardship" --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
  });
