import { Command, Option } from 'commander';
import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what of this machine is ready, real readers included, and the one command that mends the rest')
    .addOption(new Option('--database <url>', 'ask this PostgreSQL too').env('YONGTAP_DATABASE'))
    .option('--json', 'print the checks as JSON')
    .addHelpText(
      'after',
      `
What is "missing" is needed by everything; what is "wanting" is for real readers only, or for the database asked about.
Exit code 0: nothing of it; 3: something is missing or wanting. --json tells which ("optional").

Examples:
  yongtap doctor
  yongtap doctor --json`,
    )
    .action(doctor);
}

async function doctor(options: { database?: string; json?: boolean }): Promise<void> {
  const { diagnose } = await import('../doctor/diagnose.js');
  const checks = await diagnose(options.database);
  if (checks.some((check) => !check.ok)) process.exitCode = exitCodes.partMissing;
  if (options.json) {
    console.log(JSON.stringify(checks, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const check of checks) {
    const state = check.ok
      ? colours.green('ready  ')
      : check.optional
        ? colours.yellow('wanting')
        : colours.red('missing');
    console.log(`${state} ${check.name}: ${check.detail}`);
    if (!check.ok && check.mend) console.log(`        mend it with: ${colours.bold(check.mend)}`);
  }
  const wanting = checks.filter((check) => !check.ok);
  if (wanting.length === 0) console.log('Everything is ready, real readers included.');
  else if (wanting.every((check) => check.optional)) {
    console.log('Software cards, gateway, decoder and replay work; what is wanting is for the parts named above.');
  }
}
