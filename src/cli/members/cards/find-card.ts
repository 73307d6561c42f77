import { CommandError, exitCodes } from '../../exit-codes.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';

/** What `--card` and `--member` say. */
export interface NamedCard extends MemberGateway {
  readonly card?: string;
  readonly member?: string;
}

interface MemberCard {
  readonly token: string;
  readonly mask: string;
  readonly reason: string;
}

/** The token that was named, or that of the member's one card that fits. Throws {@link CommandError}. */
export async function findCard(
  { card, member, ...gateway }: NamedCard,
  fits: (reason: string) => boolean = (reason) => reason !== 'card-closed',
): Promise<string> {
  if (card !== undefined) return card;
  if (member === undefined) {
    throw new CommandError('wrong-use', 'which card?', undefined, 'Give --member, or --card with its token.');
  }
  const { cards } = await askMembers<{ cards: readonly MemberCard[] }>(
    gateway,
    `v1/members/${encodeURIComponent(member)}/status`,
  );
  const fitting = cards.filter(({ reason }) => fits(reason));
  const [found, ...others] = fitting;
  if (!found) throw new CommandError('card-none', 'the member has no such card', exitCodes.no);
  if (others.length === 0) return found.token;
  const hint = `Name one with --card: ${fitting.map(({ token, mask }) => `${token} (${mask})`).join(', ')}.`;
  throw new CommandError('card-unclear', 'the member has several such cards', exitCodes.no, hint);
}
