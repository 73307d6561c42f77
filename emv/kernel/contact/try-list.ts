import { select } from '../../apdu/index.js';
import { toHex } from '../../bytes.js';
import { findFirst } from '../../tlv/index.js';
import { beginsWith } from '../candidates.js';
import { readTemplate } from '../read-template.js';
import { STATUS_APPLICATION_BLOCKED, STATUS_CARD_BLOCKED, STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type Candidate, readPriority, type TerminalApplication } from './candidate.js';
import { type ContactExchange, transmit } from './contact-exchange.js';

/** A card that goes on naming applications ends the search. */
const OCCURRENCES_MAX = 32;

export interface FoundCandidates {
  readonly candidates: readonly Candidate[];
  /** What the card has selected by now, with its answer. */
  readonly selected?: { readonly name: Uint8Array; readonly answer: Uint8Array } | undefined;
}

/**
 * Asks the card for each name that the terminal knows, and for the next occurrence of those that it answers with a
 * longer one (JR/T 0025.6-2013 7.2.4.2). Blocked applications (6283) are left out, a blocked card (6A81) ends it.
 */
export function* tryList(known: readonly TerminalApplication[]): ContactExchange<Step<FoundCandidates>> {
  const found = new Map<string, Candidate>();
  let selected: FoundCandidates['selected'];
  for (const application of known) {
    let occurrence: 'first' | 'next' = 'first';
    for (let count = 0; count < OCCURRENCES_MAX; count++) {
      const answer = yield* transmit('select-application', select(application.applicationIdentifier, occurrence));
      if (!answer.ok) return answer;
      const { statusWord, data } = answer.value;
      if (statusWord === STATUS_CARD_BLOCKED && count === 0) return terminate('card-blocked', { statusWord });
      if (!isSelected(statusWord, occurrence)) break;
      const candidate = candidateOf(data, application);
      if (candidate === undefined) break;
      selected = statusWord === STATUS_OK ? { name: candidate.applicationIdentifier, answer: data } : undefined;
      const isWhole = candidate.applicationIdentifier.length === application.applicationIdentifier.length;
      if (statusWord === STATUS_OK && (isWhole || application.match === 'partial')) {
        const name = toHex(candidate.applicationIdentifier);
        if (!found.has(name)) found.set(name, candidate);
      }
      if (isWhole) break;
      occurrence = 'next';
    }
  }
  return proceed({ candidates: [...found.values()], selected });
}

/** Step 3 and, for the next occurrence, step 7, which lets every warning pass. */
function isSelected(statusWord: number, occurrence: 'first' | 'next'): boolean {
  if (statusWord === STATUS_OK || statusWord === STATUS_APPLICATION_BLOCKED) return true;
  const firstByte = statusWord >> 8;
  return occurrence === 'next' && (firstByte === 0x62 || firstByte === 0x63);
}

/** The application that the answer names; `undefined` where it names another one than was asked for. */
function candidateOf(data: Uint8Array, { applicationIdentifier }: TerminalApplication): Candidate | undefined {
  const template = readTemplate(data, '6F');
  if (!template.ok) return undefined;
  const value = (...path: string[]) => findFirst([template.value], '6F', ...path)?.value;
  const name = value('84');
  if (name === undefined || !beginsWith(name, applicationIdentifier)) return undefined;
  return {
    applicationIdentifier: name,
    ...readPriority(value('A5', '87')),
    label: value('A5', '50'),
    preferredName: value('A5', '9F12'),
  };
}
