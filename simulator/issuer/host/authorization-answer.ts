import { concat, fromAscii, toAscii, toHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import type { Authorization, IssuerAnswer } from '../authorize.js';
import type { CheckResult } from '../checks/run-checks.js';
import { type Decision, type DecisionReason, meaningOf } from '../decision.js';
import type { ScriptOrder } from '../scripts/script-order.js';
import type { CardName } from './card-names.js';

/** What the host answers, as JSON. Bytes are upper-case hex. */
export interface AuthorizationAnswer {
  /** For the confirmation; absent where the card has not proved itself: nothing happened then. */
  readonly id?: string | undefined;
  /** Absent where the request names no card. */
  readonly card?: CardName | undefined;
  readonly decision: Decision;
  readonly reason: DecisionReason;
  readonly meaning: string;
  /** 8A, two characters. */
  readonly responseCode: string;
  /** 89, six characters, on an approval. */
  readonly authorizationCode?: string | undefined;
  /** 91: ARPC (8 bytes) and response code (2). */
  readonly issuerAuthenticationData?: string | undefined;
  /** Templates 72 with their tags and lengths. */
  readonly scripts: readonly string[];
  /** 8A, 91 and scripts as they stand in field 55 of the answer (ISO 8583); absent without them. */
  readonly field55?: string | undefined;
  /** What the scripts tell the card; a new PIN is not shown. */
  readonly orders: readonly ShownOrder[];
  readonly checks: readonly CheckResult[];
  readonly notes: readonly string[];
  /** Of an approved balance inquiry. */
  readonly availableFen?: number | undefined;
}

/** An order without its PINs, and without a record, which may hold a card number. */
export type ShownOrder = { readonly kind: ScriptOrder['kind'] } & Readonly<Record<string, string | number>>;

/** An order as it may be told to whoever asked: see {@link ShownOrder}. */
export function showOrder(order: ScriptOrder): ShownOrder {
  if (order.kind === 'change-pin') return { kind: order.kind };
  if (order.kind !== 'update-record') return { ...order };
  const { record: _, ...shown } = order;
  return shown;
}

export function authorizationAnswer(
  { decision, reason, checks, notes, answer, account }: Authorization,
  told: { readonly id?: string; readonly card?: CardName | undefined; readonly tellsBalance: boolean },
): AuthorizationAnswer {
  const { issuerAuthenticationData, scripts } = answer;
  const orders = scripts.length > 0 ? account!.sent.at(-1)!.orders : [];
  return {
    ...(told.id !== undefined && { id: told.id }),
    ...(told.card && { card: told.card }),
    decision,
    reason,
    meaning: meaningOf(reason),
    responseCode: answer.authorizationResponseCode,
    ...(answer.authorizationCode && { authorizationCode: toAscii(answer.authorizationCode) }),
    ...(issuerAuthenticationData && {
      issuerAuthenticationData: toHex(issuerAuthenticationData),
      field55: toHex(field55(answer)),
    }),
    scripts: scripts.map(toHex),
    orders: orders.map(showOrder),
    checks,
    notes,
    ...(told.tellsBalance && account && decision === 'approved' && { availableFen: account.availableFen }),
  };
}

const field55 = ({ authorizationResponseCode, issuerAuthenticationData, scripts }: IssuerAnswer): Uint8Array =>
  concat(
    encode([
      { tag: '8A', value: fromAscii(authorizationResponseCode) },
      { tag: '91', value: issuerAuthenticationData! },
    ]),
    ...scripts,
  );
