import { mayHave } from './binary-fuse-filter.js';
import type { MemberContent } from './list-contents.js';
import type { CardName } from './name-on-list.js';

/** Whether a card may have the discount: exact for every card that the gateway knows, else wrong at the filter's rate. */
export const isListedMember = (
  { added, filter, removed }: Pick<MemberContent, 'added' | 'filter' | 'removed'>,
  name: CardName,
): boolean => !removed.has(name) && (mayHave(filter, name) || added.has(name));
