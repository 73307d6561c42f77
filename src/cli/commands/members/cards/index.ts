import { Command } from 'commander';
import { activateCommand } from './activate.js';
import { cancelCommand } from './cancel.js';
import { checkCommand } from './check.js';
import { closeCommand } from './close.js';
import { collectCommand } from './collect.js';
import { exchangeCommand } from './exchange.js';
import { findCommand } from './find.js';
import { listCommand } from './list.js';
import { loseCommand } from './lose.js';
import { orderCommand } from './order.js';
import { payCommand } from './pay.js';
import { readyCommand } from './ready.js';
import { rejectCommand } from './reject.js';
import { replaceCommand } from './replace.js';
import { showCommand } from './show.js';
import { waiveCommand } from './waive.js';

export function cardsCommand(): Command {
  return new Command('cards')
    .description('members’ cards: ordered, handed out, activated, exchanged, lost, replaced, closed')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(orderCommand())
    .addCommand(readyCommand())
    .addCommand(collectCommand())
    .addCommand(checkCommand())
    .addCommand(rejectCommand())
    .addCommand(activateCommand())
    .addCommand(exchangeCommand())
    .addCommand(loseCommand())
    .addCommand(findCommand())
    .addCommand(replaceCommand())
    .addCommand(payCommand())
    .addCommand(waiveCommand())
    .addCommand(cancelCommand())
    .addCommand(closeCommand());
}
