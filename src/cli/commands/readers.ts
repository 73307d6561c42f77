import { Command, Option } from 'commander';

interface ReadersOptions {
  readonly binding?: 'smartcard' | 'nfc-pcsc';
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly probe: boolean;
  readonly watch?: boolean;
}

export function readersCommand(): Command {
  return new Command('readers')
    .description('list the PC/SC readers, what lies on them and what card it is; --watch follows them')
    .option('--watch', 'say what is plugged in and laid down from now on, until Ctrl-C')
    .option('--no-probe', 'look only: ask no card for its UID and its applications')
    .option('--explain', 'explain the answer to reset, byte by byte')
    .addOption(new Option('--binding <name>', 'way to the PC/SC service').choices(['smartcard', 'nfc-pcsc']))
    .option('--json', 'print them as JSON; with --watch a document a line')
    .addHelpText(
      'after',
      `
A card is asked in shared mode, and never while another program uses it. Its number is not read.

Examples:
  yongtap readers
  yongtap readers --explain
  yongtap readers --watch
  yongtap readers --watch --json | jq 'select(.event == "card-inserted") | .applications'
  yongtap readers --no-probe --json`,
    )
    .action(readers);
}

async function readers({ explain = false, watch, ...options }: ReadersOptions): Promise<void> {
  const { listReaders, watchReaders } = await import('../readers/list-readers.js');
  await (watch ? watchReaders : listReaders)({ explain, ...options });
}
