import { Command } from 'commander';
import type { SteppedOrder } from '../../../members/cards/card-order.js';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';

interface OrderOptions extends MemberGateway {
  readonly member?: string;
  readonly file?: string;
  readonly bank?: string;
  readonly at?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

export function orderCommand(): Command {
  return addMemberGateway(new Command('order'))
    .description('order a new card for a member, or for each of a file, once however often it is asked for')
    .option('--member <number>', 'the union’s number of the member')
    .option('--file <file>', '.xlsx or .csv, - for CSV from the pipe: member, bank')
    .option('--bank <bank>', 'by id or name; the first of the policy if not told')
    .option('--at <instant>', 'when it was ordered; now if not told')
    .option('--reason <text>', 'why')
    .option('--json', 'print the order as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members cards order --member A4 --at 2015-10-08T09:00:00+08:00 --post http://127.0.0.1:8051
  yongtap members cards order --file new-members.csv --post http://127.0.0.1:8051`,
    )
    .action(order);
}

async function order({ member, file, bank, at, reason, json, ...gateway }: OrderOptions): Promise<void> {
  const [{ CommandError }, { askMembers }, { printOrders }, { parseInstant }] = await Promise.all([
    import('../../../exit-codes.js'),
    import('../../../members/member-gateway.js'),
    import('../../../members/cards/print-orders.js'),
    import('../../../options/instant.js'),
  ]);
  if ((member === undefined) === (file === undefined)) {
    throw new CommandError('wrong-use', 'either --member or --file', undefined, 'yongtap members cards order --help');
  }
  const when = at === undefined ? {} : { at: (await parseInstant(at)).toISOString() };
  const common = { ...(bank && { bank }), ...when, ...(reason && { reason }) };
  if (file !== undefined) return orderEach(gateway, file, common, json === true);
  const body = { member, ...common };
  const ordered = await askMembers<SteppedOrder>(gateway, 'v1/card-orders', { body });
  if (json) return console.log(JSON.stringify(ordered, undefined, 2));
  printOrders([ordered.order]);
}

async function orderEach(
  gateway: MemberGateway,
  file: string,
  common: Readonly<Record<string, string>>,
  isJson: boolean,
): Promise<void> {
  const [{ readStepsFile }, { printSteps }, { takeStepsInBulk }] = await Promise.all([
    import('../../../members/cards/read-steps-file.js'),
    import('../../../members/cards/take-steps.js'),
    import('../../../members/cards/take-steps-in-bulk.js'),
  ]);
  const step = { bulk: 'orders', columns: ['member', 'bank', 'at', 'reason'] } as const;
  printSteps(await takeStepsInBulk(gateway, step, await readStepsFile(file, ['member']), common), isJson);
}
