import { parseTapRecord, type TapEvent, type TapRecord } from '../../tap/index.js';
import type { TerminalProfile } from '../profiles/index.js';
import { TerminalError } from '../terminal-error.js';
import type { LocalTime } from './local-time.js';
import type { TapCardOptions } from './tap-card-options.js';

/** Everything of a tap record that is known before the card is. */
export type TapDraft = Omit<TapRecord, 'evidence'>;

function eventOf(profile: TerminalProfile, event: TapEvent | undefined): TapEvent {
  const only = profile.events.length === 1 ? profile.events[0] : undefined;
  const chosen = event ?? only;
  if (chosen && profile.events.includes(chosen)) return chosen;
  throw new TerminalError('event-invalid', `${profile.name}: the event is one of ${profile.events.join(', ')}`);
}

function amountOf(profile: TerminalProfile, amountFen: number | undefined): number {
  const amount = amountFen ?? profile.amountFen;
  if (amount === undefined) throw new TerminalError('amount-invalid', `${profile.name}: the amount must be said`);
  if (Number.isSafeInteger(amount) && amount >= 0) return amount;
  throw new TerminalError('amount-invalid', `${profile.name}: not a whole number of fen: ${amount}`);
}

/**
 * Makes sure that a tap record will come out before a card is asked for anything: what is debited must not be lost for
 * a mistake that could have been seen. Throws {@link TerminalError}.
 */
export function draftTap(options: TapCardOptions, at: LocalTime): TapDraft {
  const { profile, place, operator, terminal, sequence } = options;
  const missing = profile.place.filter((field) => place[field] === undefined);
  if (missing.length > 0) {
    throw new TerminalError('place-incomplete', `${profile.name}: the place lacks ${missing.join(', ')}`);
  }
  const draft: TapDraft = {
    version: 1,
    operator,
    terminal,
    sequence,
    at: at.instant,
    service: profile.service,
    event: eventOf(profile, options.event),
    place,
    amountFen: amountOf(profile, options.amountFen),
  };
  const parsed = parseTapRecord({ ...draft, evidence: { applicationIdentifier: '', data: {}, records: [] } });
  if (parsed.ok) {
    const { evidence: _, ...checked } = parsed.record;
    return checked;
  }
  throw new TerminalError('tap-invalid', parsed.issues.map(({ path, message }) => `${path}: ${message}`).join('; '));
}
