import { Command, InvalidArgumentError } from 'commander';
import type { CardEdit } from '../../../../simulator/index.js';
import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';

interface EditOptions {
  readonly set?: readonly CardEdit[];
  readonly editor?: boolean;
  readonly application: number;
  readonly state?: string;
  readonly json?: boolean;
}

export function editCommand(): Command {
  return new Command('edit')
    .description('change an issued card: purse, counters, PIN tries, blocks, data objects')
    .argument('<card>', 'a card file, or the name of a profile')
    .option('--set <name=value>', 'a field of its state, or a data object by tag; may be given again', addEdit)
    .option('--editor', 'open all that can be changed as YAML in $EDITOR')
    .option('--application <number>', 'which application of several, counted from 1', parseCount, 1)
    .option('--state <folder>', 'where cards of profiles are kept')
    .option('--json', 'print what was changed as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card edit my-card.json --set 9F79=5000               50.00 yuan in the purse; amounts are in fen
  yongtap card edit my-card.json --set pinTriesLeft=0 --set blocked=application
  yongtap card edit my-card.json --set 9F68=80100000           a data object, in hex
  yongtap card edit my-card.json --set contact.9F38=9F7A01     its value over contact
  yongtap card edit my-card.json --editor

Fields: balance, secondBalance, transactionCounter, lastOnline, pinTriesLeft, pin, blocked (none, application, card),
cumulativeOffline, foreignCurrencyTransactions, log (none) and more: docs/cards.md. What the issuer has signed cannot be
changed: issue another card for that.`,
    )
    .action(edit);
}

function addEdit(text: string, edits: readonly CardEdit[] = []): readonly CardEdit[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('NAME=VALUE, such as 9F79=5000');
  return [...edits, { name: text.slice(0, at), value: text.slice(at + 1) }];
}

function parseCount(text: string): number {
  if (/^[1-9]$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number from 1');
}

async function edit(name: string, options: EditOptions): Promise<void> {
  const [{ changeCardFile, editCard, readCardFile }, { findCard }, { stateFolder }] = await Promise.all([
    import('../../../../simulator/index.js'),
    import('../../card/find-card.js'),
    import('../../state/state-folder.js'),
  ]);
  const edits = [...(options.set ?? [])];
  if (edits.length === 0 && !options.editor) {
    throw new CommandError('edit-missing', 'nothing to change', undefined, '--set NAME=VALUE, or --editor');
  }
  const { path } = findCard(name, stateFolder(options.state));
  const application = options.application - 1;
  if (options.editor) {
    const { editInEditor } = await import('../../card/edit-in-editor.js');
    edits.push(...(await editInEditor(editCard(readCardFile(path), edits, application), application)));
  }
  if (edits.length > 0) changeCardFile(path, (card) => editCard(card, edits, application));
  if (options.json) {
    console.log(
      JSON.stringify({ file: path, application: options.application, changed: edits.map((one) => one.name) }),
    );
    return;
  }
  const colours = coloursFor(process.stdout);
  const what = edits.length === 0 ? 'nothing' : edits.map((one) => one.name).join(', ');
  console.log(`${colours.green('changed')} ${path}  ${what}`);
}
