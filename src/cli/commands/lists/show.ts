import { Command } from 'commander';
import type { ShowListsOptions } from '../../lists/show-lists.js';

export function showCommand(): Command {
  return new Command('show')
    .description('what a terminal’s lists say, and how long they hold')
    .argument('<folder>', 'where lists pull keeps them')
    .option('--pan <number>', 'whether this card is kept out, and whether it is a member’s')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap lists show ./lists
  yongtap lists show ./lists --pan 6228000100000000017 --json

Exit code 1: a file is damaged, or a list has expired.`,
    )
    .action(async (folder: string, options: ShowListsOptions) => {
      const { showLists } = await import('../../lists/show-lists.js');
      await showLists(folder, options);
    });
}
