import { decodeDeny, decodeMembers, type ListKind } from '../../lists/index.js';
import { cardToken, isCardNumber } from '../../tap/index.js';
import { type ListStore, readTerminalLists } from '../../terminal/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { printListed } from '../receipt/print-membership.js';
import { openLists } from './open-terminal-lists.js';

export interface ShowListsOptions {
  readonly pan?: string;
  readonly json?: boolean;
}

/** `yongtap lists show`: the lists of a folder, without changing anything in it. */
export async function showLists(folder: string, { json, pan }: ShowListsOptions): Promise<void> {
  if (pan !== undefined && !isCardNumber(pan))
    throw new CommandError('pan-invalid', 'a card number has 8 to 19 digits');
  const now = new Date();
  const store = await openLists(folder, now);
  const lists = readTerminalLists(store, now);
  const states = lists.states.map((state) => ({ ...state, entries: entriesOf(store, state.kind) }));
  const { denyList } = lists;
  const card =
    pan === undefined
      ? undefined
      : {
          denied: denyList ? denyList.isDenied(cardToken(denyList.tokenKey, pan)) : ('unknown' as const),
          member: lists.memberOf(pan),
        };
  const isWell = store.damaged.length === 0 && states.every(({ isExpired }) => !isExpired);
  process.exitCode = isWell ? exitCodes.done : exitCodes.no;
  if (json) {
    const told = { keys: store.keys, lists: states, damaged: store.damaged, ...(card && { card }) };
    console.log(JSON.stringify(told, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const { entries, isExpired, kind, validUntil, version } of states) {
    const until = isExpired ? colours.red(`expired ${validUntil}`) : `holds until ${validUntil}`;
    console.log(`${kind.padEnd(12)} version ${version}, ${entries}, ${until}`);
  }
  if (states.length === 0) console.log('no lists');
  for (const key of store.keys) console.log(colours.dim(`trusts key ${key.keyId}, which signs from ${key.signsFrom}`));
  for (const file of store.damaged) console.log(`${colours.red('damaged')} ${file}`);
  if (card) console.log(`this card: kept out ${wordOf(card.denied)}; ${printListed(card.member, 'en')}`);
}

const wordOf = (denied: boolean | 'unknown'): string => (denied === 'unknown' ? denied : denied ? 'yes' : 'no');

/** How much is on a list, in words. */
function entriesOf(store: ListStore, kind: ListKind): string {
  const content = store.list(kind)!.content;
  const count = (field: string) => Object.keys((content[field] ?? {}) as object).length;
  switch (kind) {
    case 'deny':
      return `${decodeDeny(content)!.cards.size} cards`;
    case 'members': {
      const { added, falsePositiveRate, filter, removed } = decodeMembers(content)!;
      const rate = `1 of ${Math.round(1 / falsePositiveRate)} unknown cards taken for a member’s`;
      return `a filter of ${filter.size} cards, ${added.size} added, ${removed.size} removed, ${rate}`;
    }
    case 'ca-keys':
      return `${count('keys')} keys, ${count('revoked')} revoked certificates`;
    case 'tariffs':
      return `${count('tariffs')} tariffs, ${count('campaigns')} sets of campaigns`;
    case 'parameters':
      return `${count('parameters')} parameters`;
  }
}
