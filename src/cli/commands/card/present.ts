import { Command, Option } from 'commander';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { faultOption } from '../../faults/fault-option.js';

interface PresentOptions {
  readonly host: string;
  readonly port?: string;
  readonly socket?: string;
  readonly state?: string;
  readonly reader: string;
  readonly interface?: 'contact' | 'contactless';
  readonly fault?: readonly string[];
}

export function presentCommand(): Command {
  return new Command('present')
    .description('lay a software card on a virtual reader of the PC/SC service, until Ctrl-C')
    .argument('<card>', 'a card file, or the name of a profile')
    .argument('[command...]', 'run this program while the card lies there, and end with it')
    .option('--reader <name>', "the virtual reader's name", 'Yongtap virtual reader')
    .option('--port <number>', "lay it on a reader that listens already, on this TCP port (vsmartcard's vpcd: 35963)")
    .option('--host <name>', 'host of that reader', '127.0.0.1')
    .option('--socket <path>', 'lay it on a reader that listens already, on this socket')
    .addOption(
      new Option(
        '--interface <which>',
        'in a slot or in the field (default: what the card has, the field if both)',
      ).choices(['contact', 'contactless']),
    )
    .addOption(faultOption())
    .option('--state <folder>', 'where cards of profiles are kept')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card present my-card.json                    starts a PC/SC service of its own and says how to reach it
  yongtap card present my-card.json -- opensc-tool -a  runs a program that finds the card there
  yongtap card present my-card.json --port 35963       lays it on vsmartcard's reader
  yongtap card present my-card.json --fault tear@5     is torn away once, and presented again half a second later`,
    )
    .action(present);
}

async function present(name: string, command: string[], options: PresentOptions): Promise<void> {
  const [{ presentFromFile }, { findCard }, { CommandFaults }, { stateFolder }] = await Promise.all([
    import('../../card/present.js'),
    import('../../card/find-card.js'),
    import('../../faults/command-faults.js'),
    import('../../state/state-folder.js'),
  ]);
  const faults = new CommandFaults(options.fault);
  const { path } = findCard(name, stateFolder(options.state));
  const port = options.port === undefined ? undefined : Number(options.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new CommandError('port-invalid', `${options.port} is not a port`, exitCodes.wrongUse);
  }
  const address =
    options.socket !== undefined
      ? { socketPath: options.socket }
      : port !== undefined
        ? { host: options.host, port }
        : undefined;
  process.exitCode = await presentFromFile(path, {
    address,
    readerName: options.reader,
    command,
    faults,
    by: options.interface,
  });
}
