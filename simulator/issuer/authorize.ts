import { concat, fromAscii } from '../../emv/bytes.js';
import { arpc } from '../../emv/cryptogram/index.js';
import { accountAfter } from './account-after.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { CardAccount } from './card-account.js';
import { notesOf } from './checks/check-card.js';
import { type CheckResult, runChecks } from './checks/run-checks.js';
import { type Decision, type DecisionReason, decisionOf, responseCodeOf } from './decision.js';
import type { Issuer } from './issuer.js';
import { type OpenedRequest, openRequest } from './open-request.js';
import { buildScript } from './scripts/build-script.js';
import { settleByCard, takesScripts } from './scripts/settle-by-card.js';

/** What goes back to the terminal. */
export interface IssuerAnswer {
  /** 8A, two characters. */
  readonly authorizationResponseCode: string;
  /** 91: ARPC (8 bytes) ‖ authorization response code (2); absent where the card has not proved itself. */
  readonly issuerAuthenticationData?: Uint8Array | undefined;
  /** 89, on an approval that was given a code. */
  readonly authorizationCode?: Uint8Array | undefined;
  /** Script templates with their tags and lengths. */
  readonly scripts: readonly Uint8Array[];
}

export interface Authorization {
  readonly decision: Decision;
  readonly reason: DecisionReason;
  /** Every check in its order, down to the one that failed; those behind it were not made. */
  readonly checks: readonly CheckResult[];
  /** Whether the card's own cryptogram, counter and purse data hold: without that nothing of the account changes. */
  readonly isProved: boolean;
  /** What terminal and card found that the issuer does not decline for. */
  readonly notes: readonly string[];
  readonly answer: IssuerAnswer;
  /** To be stored before the answer goes out; absent where there is none. */
  readonly account: CardAccount | undefined;
}

/**
 * Answers an authorization request as the card's issuer: checks the cryptogram and the card, decides, and makes the
 * response cryptogram and the scripts (JR/T 0025.7-2013 6.2, JR/T 0025.5-2013 15 to 17). The first check that fails
 * gives the reason. Throws `IssuerError` for an order that fits no script, `CryptogramError` for keys that are none.
 *
 * @example
 * ```ts
 * const { answer, account } = authorize(issuer, known, { data, date: '2015-10-03' });
 * ```
 */
export function authorize(
  issuer: Issuer,
  account: CardAccount | undefined,
  request: AuthorizationRequest,
): Authorization {
  const opening = openRequest(issuer, account, request);
  const proof = runChecks('proof', opening);
  if (!opening.ok || proof.reason !== undefined) return unproved(proof.reason!, proof.checks, account);
  const opened = { ...opening.opened, account: settleByCard(opening.opened) };
  const { reason = 'approved', checks } = runChecks('condition', { ok: true, opened });
  return answer(opened, reason, [...proof.checks, ...checks]);
}

const unproved = (
  reason: DecisionReason,
  checks: readonly CheckResult[],
  account: CardAccount | undefined,
): Authorization => ({
  decision: decisionOf(reason),
  reason,
  checks,
  isProved: false,
  notes: [],
  answer: { authorizationResponseCode: responseCodeOf(reason), scripts: [] },
  account,
});

function answer(opened: OpenedRequest, reason: DecisionReason, checks: readonly CheckResult[]): Authorization {
  const { keys, atc, applicationCryptogram, request } = opened;
  const decision = decisionOf(reason);
  const account = accountAfter(opened, reason);
  const code = fromAscii(responseCodeOf(reason));
  const { algorithm } = keys;
  const key = keys.sessionKey('applicationCryptogram');
  const orders = takesScripts(opened) ? account.orders : [];
  const script = buildScript(orders, scriptIdentifier(atc), { keys, atc, applicationCryptogram });
  const isNamed = decision === 'approved' && request.authorizationCode !== undefined;
  return {
    decision,
    reason,
    checks,
    isProved: true,
    notes: notesOf(opened),
    answer: {
      authorizationResponseCode: responseCodeOf(reason),
      issuerAuthenticationData: concat(
        arpc({ method: '1', algorithm, key, arqc: applicationCryptogram, arc: code }),
        code,
      ),
      ...(isNamed ? { authorizationCode: fromAscii(request.authorizationCode) } : {}),
      scripts: script === undefined ? [] : [script.template],
    },
    account: script === undefined ? account : { ...account, orders: script.left, sent: [...account.sent, script.sent] },
  };
}

/** One script an answer, and no counter comes twice. */
const scriptIdentifier = (atc: Uint8Array): Uint8Array => concat(Uint8Array.of(0, 0), atc);
