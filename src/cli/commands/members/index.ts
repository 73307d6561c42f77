import { Command } from 'commander';
import { attributesCommand } from './attributes.js';
import { batchesCommand } from './batches.js';
import { cardsCommand } from './cards/index.js';
import { certificationCommand } from './certification/index.js';
import { certifyCommand } from './certify.js';
import { claimCommand } from './claim.js';
import { collectCommand } from './collect.js';
import { eraseCommand } from './erase.js';
import { exampleCommand } from './example.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { listCommand } from './list.js';
import { benefitListsCommand } from './lists.js';
import { loanCommand } from './loan.js';
import { messagesCommand } from './messages.js';
import { offersCommand } from './offers.js';
import { revealCommand } from './reveal.js';
import { showCommand } from './show.js';
import { templateCommand } from './template.js';
import { unitsCommand } from './units.js';

/** Each command of this folder is a file of its own and a line here. */
export function membersCommand(): Command {
  return new Command('members')
    .description("the union's members, their cards and certifications")
    .addCommand(unitsCommand())
    .addCommand(templateCommand())
    .addCommand(collectCommand())
    .addCommand(batchesCommand())
    .addCommand(importCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(revealCommand())
    .addCommand(exportCommand())
    .addCommand(eraseCommand())
    .addCommand(cardsCommand())
    .addCommand(certifyCommand())
    .addCommand(certificationCommand())
    .addCommand(exampleCommand())
    .addCommand(messagesCommand())
    .addCommand(offersCommand())
    .addCommand(claimCommand())
    .addCommand(attributesCommand())
    .addCommand(loanCommand())
    .addCommand(benefitListsCommand());
}
