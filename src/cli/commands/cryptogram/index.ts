import { Command } from 'commander';
import { acCommand } from './ac.js';
import { arpcCommand } from './arpc.js';
import { deriveCommand } from './derive.js';
import { kcvCommand } from './kcv.js';
import { macCommand } from './mac.js';
import { pinBlockCommand } from './pin-block.js';
import { sessionCommand } from './session.js';

export function cryptogramCommand(): Command {
  return new Command('cryptogram')
    .description('keys, cryptograms, MACs and PIN blocks of a card and its issuer, by hand')
    .addCommand(deriveCommand())
    .addCommand(sessionCommand())
    .addCommand(acCommand())
    .addCommand(arpcCommand())
    .addCommand(macCommand())
    .addCommand(kcvCommand())
    .addCommand(pinBlockCommand());
}
