import type { Town } from '../../demo/open-town.js';
import type { Asker } from './example-gateway.js';
import type { MadeUpMember } from './made-up-members.js';

export const UNIT_SIZE = 200;
export const UNIT = 'h-012';
export const UNIT_NAME = '百丈街道第一工会';
export const PORT_UNIT = 'h-013';

/** Where in the list those stand who have parts of their own. */
export const places = { rider: 0, loser: 1, old: 2, corrects: 20, leaver: 150, forgets: 199 };

/** Who takes part, each with a session of their own, and the key of an administrator. */
export interface People {
  readonly administrator: Asker;
  readonly city: Asker;
  readonly branch: Asker;
  readonly officer: Asker;
  readonly tellers: Readonly<Record<'bank-of-china' | 'rural-credit-bank', Asker>>;
}

/** What the chapters share. */
export interface Stage {
  readonly town: Town;
  readonly folder: string;
  readonly people: People;
  readonly members: readonly MadeUpMember[];
}

/** A member with the number that the union gave. */
export interface RegisteredMember extends MadeUpMember {
  readonly member: string;
}

const AT_ONCE = 16;

/** Does the same for each, some at a time: as many counters as an office has. */
export async function forEach<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return done;
}

export const yuan = (fen: number): string => (fen / 100).toFixed(2);
