import { Command } from 'commander';
import { activateCommand } from './activate.js';
import { checkCommand } from './check.js';
import { closeCommand } from './close.js';
import { collectCommand } from './collect.js';
import { exchangeCommand } from './exchange.js';
import { findCommand } from './find.js';
import { listCommand } from './list.js';
import { loseCommand } from './lose.js';
import { orderCommand } from './order.js';
import { readyCommand } from './ready.js';
import { replaceCommand } from './replace.js';
import { showCommand } from './show.js';

export function cardsCommand(): Command {
  return new Command('cards')
    .description('members’ cards: ordered, handed out, activated, exchanged, lost, replaced, closed')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(orderCommand())
    .addCommand(readyCommand())
    .addCommand(collectCommand())
    .addCommand(checkCommand())
    .addCommand(activateCommand())
    .addCommand(exchangeCommand())
    .addCommand(loseCommand())
    .addCommand(findCommand())
    .addCommand(replaceCommand())
    .addCommand(closeCommand());
}
