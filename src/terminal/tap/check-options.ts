import {
  formatYuan,
  isSequence,
  type Place,
  parseTapRecord,
  type TapEvent,
  type TapRecord,
  tapAmountMaxFen,
} from '../../tap/index.js';
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
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new TerminalError('amount-invalid', `${profile.name}: not a whole number of fen: ${amount}`);
  if (amount <= tapAmountMaxFen) return amount;
  throw new TerminalError('amount-invalid', `${profile.name}: a tap is of ${formatYuan(tapAmountMaxFen)} yuan at most`);
}

const TERMINALS_MAX = 4096;
/** The last draft of each terminal that passed: its next tap differs in number and time, mostly in nothing else. */
const sound = new Map<string, TapDraft>();

function remember(name: string, draft: TapDraft): void {
  if (sound.size >= TERMINALS_MAX) sound.clear();
  sound.set(name, { ...draft, place: { ...draft.place } });
}

/** Whether nothing in a draft needs to be looked at but its number and time. */
function isAsSound(draft: TapDraft, known: TapDraft): boolean {
  return (
    draft.operator === known.operator &&
    draft.terminal === known.terminal &&
    draft.service === known.service &&
    draft.event === known.event &&
    draft.amountFen === known.amountFen &&
    isSamePlace(draft.place, known.place) &&
    isSequence(draft.sequence) &&
    hasSameForm(draft.at, known.at)
  );
}

const AT_OFFSET = '2015-10-03T08:25:00'.length;

/** Whether an instant of the terminal's own clock is written like another one: in such a year and with that offset. */
const hasSameForm = (at: string, known: string): boolean =>
  at.length === known.length && at.endsWith(known.slice(AT_OFFSET));

function isSamePlace(place: Place, known: Place): boolean {
  const fields = Object.keys(place) as (keyof Place)[];
  return (
    fields.length === Object.keys(known).length &&
    fields.every((field) => Object.hasOwn(known, field) && place[field] === known[field])
  );
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
  const name = `${operator} ${terminal}`;
  const known = sound.get(name);
  if (known !== undefined && isAsSound(draft, known)) {
    draft.place = { ...known.place };
    return draft;
  }
  const parsed = parseTapRecord({ ...draft, evidence: { applicationIdentifier: '', data: {}, records: [] } });
  if (parsed.ok) {
    const { evidence: _, ...checked } = parsed.record;
    remember(name, checked);
    return checked;
  }
  throw new TerminalError('tap-invalid', parsed.issues.map(({ path, message }) => `${path}: ${message}`).join('; '));
}
