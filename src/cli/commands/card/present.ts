import { Command, Option } from 'commander';
import type { ReaderFaceOptions } from '../../card/reader-face.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { faultOption } from '../../faults/fault-option.js';
import { parseReaderName } from '../../options/reader-name.js';

interface PresentOptions extends ReaderFaceOptions {
  readonly host: string;
  readonly port?: string;
  readonly socket?: string;
  readonly state?: string;
  readonly fault?: readonly string[];
}

export function presentCommand(): Command {
  return new Command('present')
    .description('lay a software card on a virtual reader of the PC/SC service, until Ctrl-C')
    .argument('<card>', 'a card file, or the name of a profile')
    .argument('[command...]', 'run this program while the card lies there, and end with it')
    .option(
      '--reader <name>',
      "the virtual reader's name (default: Yongtap virtual reader, or that of its kind)",
      parseReaderName,
    )
    .addOption(
      new Option(
        '--reader-kind <kind>',
        'what the reader answers itself: contactless UID and ATS (default); acr122, acr1252 lamp and buzzer too',
      ).choices(['contactless', 'acr122', 'acr1252']),
    )
    .option('--port <number>', "lay it on a reader that listens already, on this TCP port (vsmartcard's vpcd: 35963)")
    .option('--host <name>', 'host of that reader', '127.0.0.1')
    .option('--socket <path>', 'lay it on a reader that listens already, on this socket')
    .addOption(
      new Option(
        '--interface <which>',
        'in a slot or in the field (default: what the card has, the field if both)',
      ).choices(['contact', 'contactless']),
    )
    .addOption(new Option('--protocol <name>', 'what the card in a slot speaks (default: T=1)').choices(['T=0', 'T=1']))
    .option('--uid <hex>', 'identifier of the card in the field, 4, 7 or 10 bytes (default: one of its own)')
    .option('--ats <hex>', 'its answer to select; the answer to reset is made from it')
    .option('--atr <hex>', 'its answer to reset')
    .addOption(faultOption())
    .option('--state <folder>', 'where cards of profiles are kept')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card present my-card.json                    starts a PC/SC service of its own and says how to reach it
  yongtap card present my-card.json -- opensc-tool -a  runs a program that finds the card there
  yongtap card present my-card.json --reader-kind acr122 -- yongtap tap --feedback
  yongtap card present my-card.json --protocol T=0 -- opensc-tool -s 00A40400
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
    look: options,
    command,
    faults,
  });
}
