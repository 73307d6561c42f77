import { orderStepCommand } from './order-step-command.js';

export const readyCommand = () =>
  orderStepCommand({
    name: 'ready',
    description: 'the bank’s file of cards that are made and can be collected',
    path: 'ready',
    bulk: 'ready',
    steps: ['personalize', 'ready'],
    columns: ['pan', 'sequenceNumber'],
    bodyOf: ({ pan, sequenceNumber }) => ({
      ...(pan && { pan }),
      ...(sequenceNumber && { sequenceNumber: Number(sequenceNumber) }),
    }),
    help: `  yongtap members cards ready --file made.csv --post http://127.0.0.1:8051 --key $YONGTAP_KEY

The file names member (会员号) or order (申领号), and card (卡号); of an exchange the number is known. A card number becomes
a token in the gateway; it is neither kept nor printed.`,
  });
