import { type DataObject, leaves } from '../../tlv/index.js';
import { accountOf, namesTwoCards } from '../account.js';
import { versionsDiffer } from '../application-version.js';
import type { CardData } from '../card-data.js';
import { expirationDate } from '../expiry.js';
import { readTerminalKind } from '../terminal-kind.js';
import { decline, proceed, type Step, terminate } from '../transaction-outcome.js';
import { isUsageAllowed, usageOf } from '../usage-control.js';
import type { ProcessingRestriction, RestrictingTerminal } from './qpboc-terminal.js';

/** What the restrictions look at; a record without any of these changes nothing in them. */
const RESTRICTING: ReadonlySet<string> = new Set(['5A', '57', '5F34', '5F24', '5F25', '5F28', '9F07', '9F08']);

/** Whether a record says something that may restrict the card. */
export const mayRestrict = (template: DataObject): boolean =>
  leaves([template]).some(({ tag }) => RESTRICTING.has(tag));

/**
 * Expiry and the exception file are the only restrictions of qPBOC (JR/T 0025.12-2013 annex A), for one card number;
 * a terminal may ask for those of debit/credit. Looks at what the card has said so far.
 */
export function checkRestrictions(card: CardData, terminal: RestrictingTerminal): Step<undefined> {
  const { date, isInExceptionFile, processingRestrictions = [] } = terminal;
  const account = isInExceptionFile && accountOf(card);
  if (account && isInExceptionFile(account.pan, account.panSequenceNumber)) return decline('exception-file');
  if (namesTwoCards(card)) return decline('pan-mismatch', { tag: '57' });
  const expires = dayOf(card, '5F24');
  if (!expires.ok) return expires;
  if (expires.value !== undefined && expires.value < date) return decline('card-expired', { tag: '5F24' });
  for (const restriction of processingRestrictions) {
    const allowed = checks[restriction](card, terminal);
    if (!allowed.ok) return allowed;
  }
  return proceed(undefined);
}

/** EMV 4.3 Book 3 §10.4.1 to §10.4.3. A data object that the card has not given (yet) restricts nothing. */
const checks: Readonly<
  Record<ProcessingRestriction, (card: CardData, terminal: RestrictingTerminal) => Step<undefined>>
> = {
  'application-version': (card, { data = new Map() }) =>
    versionsDiffer(card, data) ? decline('application-version-differs', { tag: '9F08' }) : proceed(undefined),
  'usage-control': (card, { data = new Map() }) =>
    isUsageAllowed(usageOf(card, data), readTerminalKind(data))
      ? proceed(undefined)
      : decline('usage-not-allowed', { tag: '9F07' }),
  'effective-date': (card, { date }) => {
    const effective = dayOf(card, '5F25');
    if (!effective.ok) return effective;
    return effective.value === undefined || effective.value <= date
      ? proceed(undefined)
      : decline('card-not-yet-effective', { tag: '5F25' });
  },
};

function dayOf(card: CardData, tag: string): Step<string | undefined> {
  const value = card.get(tag);
  if (value === undefined) return proceed(undefined);
  const day = expirationDate(value);
  return day === undefined ? terminate('answer-invalid', { tag }) : proceed(day);
}
