import { Command } from 'commander';
import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what of this machine is ready for real readers, and the one command that mends the rest')
    .option('--json', 'print the checks as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap doctor
  yongtap doctor --json`,
    )
    .action(doctor);
}

async function doctor(options: { json?: boolean }): Promise<void> {
  const { diagnose } = await import('../doctor/diagnose.js');
  const checks = await diagnose();
  if (checks.some((check) => !check.ok)) process.exitCode = exitCodes.partMissing;
  if (options.json) {
    console.log(JSON.stringify(checks, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const check of checks) {
    console.log(`${check.ok ? colours.green('ready  ') : colours.yellow('missing')} ${check.name}: ${check.detail}`);
    if (!check.ok && check.mend) console.log(`        mend it with: ${colours.bold(check.mend)}`);
  }
  console.log(
    checks.every((check) => check.ok)
      ? 'Everything is ready, real readers included.'
      : 'What is missing is needed for real readers only; software cards, gateway, decoder and replay work without.',
  );
}
