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

/** Where a step takes place: after a reset, where the next step that cares does; `undefined`: where the card is. */
export function interfaceAfter(steps: readonly Step[], index: number): CardInterface | undefined {
  const step = steps[index]!;
  if (step.do !== 'reset') return needs(step);
  for (const next of steps.slice(index + 1)) {
    if (next.do === 'reset') return undefined;
    const wanted = needs(next);
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}
