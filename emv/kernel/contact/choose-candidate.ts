import { byPriority } from '../candidates.js';
import type { Candidate } from './candidate.js';
import { ask, type ContactExchange } from './contact-exchange.js';
import type { ContactTerminal } from './contact-terminal.js';

/**
 * One of the candidates; `undefined` where the holder wants none, or none may be taken without the holder
 * (JR/T 0025.6-2013 7.2.5): a terminal that shows a list lets the holder choose, one that shows a name asks for each,
 * best first, and one without either takes the best that needs no confirmation.
 */
export function* chooseCandidate(
  candidates: readonly Candidate[],
  { applicationChoice = 'none' }: Pick<ContactTerminal, 'applicationChoice'>,
): ContactExchange<Candidate | undefined> {
  const ordered = byPriority(candidates);
  if (applicationChoice === 'none') return ordered.find(({ needsConfirmation }) => !needsConfirmation);
  const [only, ...others] = ordered;
  if (only !== undefined && others.length === 0 && !only.needsConfirmation) return only;
  if (applicationChoice === 'choose' && others.length > 0) {
    const { index } = yield* ask({ kind: 'choose-application', candidates: ordered });
    return index === undefined ? undefined : ordered[index];
  }
  for (const candidate of ordered) {
    const { confirmed } = yield* ask({ kind: 'confirm-application', candidate });
    if (confirmed) return candidate;
  }
  return undefined;
}
