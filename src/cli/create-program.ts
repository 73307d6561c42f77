import { Command, type CommanderError } from 'commander';
import { accountsCommand } from './commands/accounts/index.js';
import { apduCommand } from './commands/apdu.js';
import { auditCommand } from './commands/audit.js';
import { cardCommand } from './commands/card/index.js';
import { configCommand } from './commands/config.js';
import { cryptogramCommand } from './commands/cryptogram/index.js';
import { decodeCommand } from './commands/decode.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { fleetCommand } from './commands/fleet.js';
import { gatewayCommand } from './commands/gateway.js';
import { issuerCommand } from './commands/issuer.js';
import { keysCommand } from './commands/keys/index.js';
import { listsCommand } from './commands/lists/index.js';
import { membersCommand } from './commands/members/index.js';
import { odaCommand } from './commands/oda.js';
import { readersCommand } from './commands/readers.js';
import { reconcileCommand } from './commands/reconcile.js';
import { replayCommand } from './commands/replay.js';
import { settleCommand } from './commands/settle.js';
import { tapCommand } from './commands/tap.js';
import { tariffCommand } from './commands/tariff/index.js';
import { CommandError, exitCodes, exitCodesHelp } from './exit-codes.js';
import { description, version } from './version.js';

/** The command as it is before anything was asked of it. */
export function createProgram(): Command {
  const program = new Command('yongtap')
    .description(description)
    .version(version)
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Examples:
  yongtap demo                                                            a morning in Ningbo: who paid what, and why
  yongtap decode 9F660428000080                                           what is in these bytes?
  yongtap tap --card service-card-51 --profile bus-validator --trace      a tap without a reader, explained
${exitCodesHelp}`,
    );

  for (const command of [
    decodeCommand(),
    cryptogramCommand(),
    tapCommand(),
    apduCommand(),
    cardCommand(),
    readersCommand(),
    gatewayCommand(),
    configCommand(),
    auditCommand(),
    issuerCommand(),
    membersCommand(),
    accountsCommand(),
    listsCommand(),
    tariffCommand(),
    settleCommand(),
    reconcileCommand(),
    fleetCommand(),
    replayCommand(),
    odaCommand(),
    keysCommand(),
    demoCommand(),
    doctorCommand(),
  ]) {
    program.addCommand(command);
  }
  adopt(program, 'yongtap');
  return program;
}

/** Every command tells its wrong use as all errors are told, and ends its help with the exit codes. */
function adopt(command: Command, path: string): void {
  command.configureOutput({ outputError: () => {} });
  command.exitOverride((error) => {
    throw wrongUse(error, path);
  });
  for (const child of command.commands) {
    adopt(child, `${path} ${child.name()}`);
    child.addHelpText('after', exitCodesHelp);
  }
}

function wrongUse(error: CommanderError, path: string): Error {
  if (error.exitCode === 0 || error.code === 'commander.help') return error;
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  return new CommandError('wrong-use', message, exitCodes.wrongUse, `${path} --help shows examples`);
}
