import { isOneOf, statusWords } from './status-words.js';
import type { Step } from './step-schema.js';

type CardInterface = 'contact' | 'contactless';

/** Steps that exist over one interface only. */
const ofStep: Readonly<Partial<Record<Step['do'], CardInterface>>> = {
  selectPPSE: 'contactless',
  selectPSE: 'contact',
  internalAuth: 'contact',
  getChallenge: 'contact',
  genAC: 'contact',
  verify: 'contact',
  externalAuth: 'contact',
  script: 'contact',
  readCapp: 'contactless',
  updateCapp: 'contactless',
  getTransProve: 'contactless',
};

function needs(step: Step): CardInterface | undefined {
  return step.do === 'gpo' ? step.interface : ofStep[step.do];
}

/** A step that is to be refused, whatever the status word. */
function isRefused({ expect }: Step): boolean {
  if (isOneOf(statusWords(expect.swNot), '9000')) return true;
  const wanted = statusWords(expect.sw);
  return wanted.length > 0 && wanted.every((sw) => /^6[9DE]/.test(sw));
}

/** Behind a step that only a card in the field can be asked, and nothing powered the card anew. */
function isInField(steps: readonly Step[], index: number): boolean {
  const powered = steps.findLastIndex((step, at) => at < index && step.do === 'reset');
  return steps.slice(powered + 1, index).some((step) => needs(step) === 'contactless');
}

/** Where steps take place that do not care: in a slot, where all that care do. */
export function interfaceOfMost(steps: readonly Step[]): CardInterface {
  const needed = new Set(steps.map(needs));
  return needed.has('contact') && !needed.has('contactless') ? 'contact' : 'contactless';
}

/** Where a step takes place: after a reset, where the next step that cares does; `undefined`: where the card is. */
export function interfaceAfter(steps: readonly Step[], index: number): CardInterface | undefined {
  const step = steps[index]!;
  // That a card in the field refuses a command of the other interface is what such a step is for.
  if (step.do !== 'reset') return isRefused(step) && isInField(steps, index) ? undefined : needs(step);
  for (const next of steps.slice(index + 1)) {
    if (next.do === 'reset') return undefined;
    const wanted = needs(next);
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}
