import { beginsWith } from '../candidates.js';
import type { TerminalApplication } from './candidate.js';

/** Whether a card's name is one that the terminal knows, as its selection indicator has it (JR/T 0025.6-2013 table 5). */
export const matches = (name: Uint8Array, { applicationIdentifier, match }: TerminalApplication): boolean =>
  beginsWith(name, applicationIdentifier) && (match === 'partial' || name.length === applicationIdentifier.length);
