import { Command } from 'commander';
import type { StepColumn, StepRow } from '../../../members/cards/read-steps-file.js';
import type { StepOfOrders } from '../../../members/cards/take-steps.js';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';

interface OrderStep extends StepOfOrders {
  readonly name: string;
  readonly description: string;
  /** Where the gateway takes the step of many orders in one request: behind `/v1/card-steps/`. */
  readonly bulk?: string;
  /** Columns of the file besides `member` or `order`. */
  readonly columns: readonly StepColumn[];
  /** Whether it can be taken of one order without a file, with `--last-digits` where it needs them. */
  readonly single?: 'plain' | 'last-digits';
  readonly help: string;
}

interface StepOptions extends MemberGateway {
  readonly file?: string;
  readonly order?: string;
  readonly member?: string;
  readonly lastDigits?: string;
  readonly at?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** A command that takes a step of orders: of one, or of each that a file names. */
export function orderStepCommand({ name, description, single, help, ...step }: OrderStep): Command {
  const command = addMemberGateway(new Command(name))
    .description(description)
    .option(
      '--file <file>',
      `.xlsx or .csv, - for CSV from the pipe: ${['member or order', ...step.columns].join(', ')}`,
    );
  if (single) {
    command.option('--member <number>', 'of this member’s order').option('--order <order>', 'of this order');
  }
  if (single === 'last-digits') command.option('--last-digits <digits>', 'the last four digits that stand on the card');
  return command
    .option('--at <instant>', 'since when it is so; now if not told')
    .option('--reason <text>', 'why')
    .option('--json', 'print what became of each as JSON')
    .addHelpText('after', `\nExamples:\n${help}`)
    .action((options: StepOptions) => take(options, step, name));
}

async function take(
  { file, order, member, lastDigits, at, reason, json, ...gateway }: StepOptions,
  { bulk, columns, ...step }: Omit<OrderStep, 'name' | 'description' | 'single' | 'help'>,
  name: string,
): Promise<void> {
  const [{ CommandError }, { readStepsFile }, { printSteps, takeSteps }, { takeStepsInBulk }, { parseInstant }] =
    await Promise.all([
      import('../../../exit-codes.js'),
      import('../../../members/cards/read-steps-file.js'),
      import('../../../members/cards/take-steps.js'),
      import('../../../members/cards/take-steps-in-bulk.js'),
      import('../../../options/instant.js'),
    ]);
  const named = [file, order, member].filter((one) => one !== undefined);
  if (named.length !== 1) {
    const help = `yongtap members cards ${name} --help`;
    throw new CommandError('wrong-use', 'of one order, one member, or those of a file', undefined, help);
  }
  const one: StepRow = {
    line: 1,
    ...(order && { order }),
    ...(member && { member }),
    ...(lastDigits && { lastDigits }),
  };
  const rows = file === undefined ? [one] : await readStepsFile(file, columns.filter(isNeeded));
  const common = { ...(at && { at: (await parseInstant(at)).toISOString() }), ...(reason && { reason }) };
  const bodyOf = (row: StepRow) => ({ ...step.bodyOf(row), ...common });
  const taken =
    bulk !== undefined && file !== undefined
      ? await takeStepsInBulk(gateway, { bulk, columns: [...NAMED, ...columns] }, rows, common)
      : await takeSteps(gateway, { ...step, bodyOf }, rows);
  printSteps(taken, json === true);
}

/** What each row may say besides. */
const NAMED: readonly StepColumn[] = ['order', 'member', 'at', 'reason'];

const OPTIONAL: ReadonlySet<StepColumn> = new Set(['pan', 'sequenceNumber', 'collector']);
const isNeeded = (column: StepColumn): boolean => !OPTIONAL.has(column);
