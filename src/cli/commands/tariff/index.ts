import { Command } from 'commander';
import { checkCommand } from './check.js';
import { diffCommand } from './diff.js';
import { listCommand } from './list.js';
import { priceCommand } from './price.js';
import { repriceCommand } from './reprice.js';
import { showCommand } from './show.js';

export function tariffCommand(): Command {
  return new Command('tariff')
    .description('tariffs and campaigns: what is in the box, check, compare, price a journey, price booked ones again')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(checkCommand())
    .addCommand(diffCommand())
    .addCommand(priceCommand())
    .addCommand(repriceCommand());
}
