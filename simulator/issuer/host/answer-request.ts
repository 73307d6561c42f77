import { decodeNumeric, toHex } from '../../../emv/bytes.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import { authorize } from '../authorize.js';
import { type CardAccount, openAccount } from '../card-account.js';
import { type CardNumber, readCardNumber } from '../card-number.js';
import type { AccountBookPages } from './account-book.js';
import { type AuthorizationAnswer, authorizationAnswer } from './authorization-answer.js';
import { IssuerHostError } from './host-error.js';
import type { HostParts, HostRequest } from './host-parts.js';
import { transactionDate } from './transaction-date.js';

export interface Answered {
  /** The answer was given before, and is given again. */
  readonly isRepeated: boolean;
  readonly answer: AuthorizationAnswer;
}

/** Answers a request, once: the same card, counter and cryptogram get what they got. */
export function answerRequest(parts: HostParts, pages: AccountBookPages, request: HostRequest): Answered {
  const { data, kind = 'purchase' } = request;
  const card = readCardNumber(data);
  const name = card && parts.names.of(card);
  const id = name && idOf(parts, name.token, request);
  const digest = parts.names.digestOf({ kind, data: [...data].map(([tag, value]) => [tag, toHex(value)]).sort() });
  const kept = id === undefined ? undefined : pages.authorization(id);
  if (kept !== undefined) {
    if (kept.digest !== digest) throw new IssuerHostError('authorization-differs', kept.id);
    return { isRepeated: true, answer: kept.answer };
  }
  const date = transactionDate(data, parts.clock);
  const authorizationCode = id && parts.names.authorizationCodeOf(id);
  const known = name && pages.account(name.token);
  const authorization = authorize(parts.issuer, known ?? newcomer(parts, card, data), {
    ...request,
    date,
    authorizationCode,
  });
  const { account, isProved } = authorization;
  const isKept = isProved && id !== undefined && name !== undefined && account !== undefined;
  const answer = authorizationAnswer(authorization, {
    ...(isKept && { id }),
    card: name,
    tellsBalance: kind === 'balance',
  });
  if (isKept) {
    const isPaid = authorization.decision === 'approved' && (kind === 'purchase' || kind === 'cash');
    pages.putAccount(name.token, account);
    pages.putAuthorization({ id, token: name.token, digest, amountFen: isPaid ? amountOf(data) : 0, date, answer });
  }
  return { isRepeated: false, answer };
}

const amountOf = (data: DataMap): number => decodeNumeric(data.get('9F02')!)!;

/** `undefined` where the request has no counter or no cryptogram. */
function idOf({ names }: HostParts, token: string, { data }: HostRequest): string | undefined {
  const [counter, cryptogram] = [data.get('9F36'), data.get('9F26')];
  return counter && cryptogram && names.authorizationOf(token, toHex(counter), toHex(cryptogram));
}

/** The account of a card that nobody has seen before; it comes to be only where the card proves itself. */
function newcomer(
  { opensWith }: HostParts,
  card: CardNumber | undefined,
  data: HostRequest['data'],
): CardAccount | undefined {
  if (opensWith === undefined || card === undefined) return undefined;
  const { pan, panSequenceNumber } = card;
  const { availableFen, limits = {} } = opensWith;
  const currency = data.get('9F42');
  return openAccount({ pan, panSequenceNumber, availableFen, limits, ...(currency && { currency: toHex(currency) }) });
}
