import { stat } from 'node:fs/promises';
import { type ListStore, openListStore, readTerminalLists, type TerminalLists } from '../../terminal/index.js';
import { CommandError } from '../exit-codes.js';

/** The lists in a folder, which has to be there. Throws {@link CommandError}. */
export async function openLists(folder: string, now: Date): Promise<ListStore> {
  await stat(folder).catch((error: Error) => {
    throw new CommandError('lists-missing', error.message, undefined, hintFor(folder));
  });
  return openListStore(folder, { clock: () => now });
}

/** The lists that a terminal goes by. Throws {@link CommandError} where the folder holds none. */
export async function openTerminalLists(folder: string, now: Date): Promise<TerminalLists> {
  const lists = readTerminalLists(await openLists(folder, now), now);
  if (lists.states.length > 0) return lists;
  throw new CommandError('lists-missing', `${folder} holds no lists`, undefined, hintFor(folder));
}

const hintFor = (folder: string): string => `yongtap lists pull --to ${folder} fetches them.`;
