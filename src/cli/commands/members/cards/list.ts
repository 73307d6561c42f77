import { Command, Option } from 'commander';
import type { CardOrder } from '../../../members/cards/card-order.js';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';

interface ListOptions extends MemberGateway {
  readonly member?: string;
  readonly bank?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly late?: string;
  readonly json?: boolean;
}

export function listCommand(): Command {
  return addMemberGateway(new Command('list'))
    .description('orders of cards: all, or those of a member, a bank, in a state, overdue or left lying')
    .option('--member <number>', 'only this member’s')
    .option('--bank <id>', 'only at this bank')
    .addOption(new Option('--kind <kind>', 'only these').choices(['new', 'exchange', 'replacement']))
    .option('--state <state>', 'only those that are so: ordered, ready, collected …')
    .addOption(
      new Option('--late <how>', 'not ready though the day is over, or ready and left lying').choices([
        'overdue',
        'uncollected',
      ]),
    )
    .option('--json', 'one JSON document a line')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards list --late uncollected --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(list);
}

const PAGE = 1000;

async function list({ json, post, key, ...filters }: ListOptions): Promise<void> {
  const [{ askMembers }, { printOrders }] = await Promise.all([
    import('../../../members/member-gateway.js'),
    import('../../../members/cards/print-orders.js'),
  ]);
  const gateway = { post, ...(key && { key }) };
  let after: string | undefined;
  do {
    const query = { ...filters, limit: PAGE, after };
    const page: { orders: readonly CardOrder[]; next?: string } = await askMembers(gateway, 'v1/card-orders', {
      query,
    });
    if (json) process.stdout.write(page.orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
    else if (page.orders.length > 0 || after === undefined) printOrders(page.orders);
    after = page.next;
  } while (after !== undefined);
}
