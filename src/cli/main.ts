import { Command, CommanderError } from 'commander';
import { coloursFor } from './colours.js';
import { cardCommand } from './commands/card.js';
import { decodeCommand } from './commands/decode.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { gatewayCommand } from './commands/gateway.js';
import { membersCommand } from './commands/members.js';
import { readersCommand } from './commands/readers.js';
import { replayCommand } from './commands/replay.js';
import { tapCommand } from './commands/tap.js';
import { CommandError, exitCodes, exitCodesHelp } from './exit-codes.js';
import { description, version } from './version.js';

const commands = [
  decodeCommand(),
  tapCommand(),
  cardCommand(),
  readersCommand(),
  gatewayCommand(),
  membersCommand(),
  replayCommand(),
  demoCommand(),
  doctorCommand(),
];

const program = new Command('yongtap')
  .description(description)
  .version(version)
  .showHelpAfterError('(yongtap COMMAND --help shows examples)')
  .addHelpText('after', exitCodesHelp)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

for (const command of commands) program.addCommand(overrideExit(command));

function overrideExit(command: Command): Command {
  command.exitOverride().showHelpAfterError(`(yongtap ${command.name()} --help shows examples)`);
  for (const child of command.commands) overrideExit(child);
  if (command.commands.length === 0) command.addHelpText('after', exitCodesHelp);
  return command;
}

/** A reader that goes away (`| head`) ends the command quietly. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  const colours = coloursFor(process.stderr);
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  if (error instanceof CommandError) {
    if (process.argv.includes('--json')) {
      process.stdout.write(
        `${JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint } })}\n`,
      );
    }
    process.stderr.write(`${colours.red('error')} ${error.message} ${colours.dim(`[${error.code}]`)}\n`);
    if (error.hint) process.stderr.write(`      ${error.hint}\n`);
    return error.exitCode;
  }
  process.stderr.write(
    `${colours.red('error')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return exitCodes.no;
}
