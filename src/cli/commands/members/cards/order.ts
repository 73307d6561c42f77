import { Command } from 'commander';
import type { SteppedOrder } from '../../../members/cards/card-order.js';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';

interface OrderOptions extends MemberGateway {
  readonly member: string;
  readonly bank?: string;
  readonly at?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

export function orderCommand(): Command {
  return addMemberGateway(new Command('order'))
    .description('order a new card for a member, once however often it is asked for')
    .requiredOption('--member <number>', 'the union’s number of the member')
    .option('--bank <bank>', 'by id or name; the first of the policy if not told')
    .option('--at <instant>', 'when it was ordered; now if not told')
    .option('--reason <text>', 'why')
    .option('--json', 'print the order as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards order --member A4 --at 2015-10-08T09:00:00+08:00 --post http://127.0.0.1:8051',
    )
    .action(order);
}

async function order({ member, bank, at, reason, json, ...gateway }: OrderOptions): Promise<void> {
  const [{ askMembers }, { printOrders }, { parseInstant }] = await Promise.all([
    import('../../../members/member-gateway.js'),
    import('../../../members/cards/print-orders.js'),
    import('../../../options/instant.js'),
  ]);
  const when = at === undefined ? {} : { at: (await parseInstant(at)).toISOString() };
  const body = { member, ...(bank && { bank }), ...when, ...(reason && { reason }) };
  const ordered = await askMembers<SteppedOrder>(gateway, 'v1/card-orders', { body });
  if (json) return console.log(JSON.stringify(ordered, undefined, 2));
  printOrders([ordered.order]);
}
