import { formatFault, type StruckFault } from '../../../simulator/index.js';
import type { Colours } from '../colours.js';

/** `fault tear@3 at command 3`, a line for each. */
export const printFaults = (struck: readonly StruckFault[], colours: Colours): string[] =>
  struck.map(({ fault, command }) => `  ${colours.yellow(`fault ${formatFault(fault)}`)} at command ${command}`);

/** The same for scripts. */
export const faultsAsJson = (struck: readonly StruckFault[]) =>
  struck.map(({ fault, command }) => ({ fault: formatFault(fault), command }));
