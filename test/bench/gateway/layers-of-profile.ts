import type { Profiler } from 'node:inspector';

/** What a tap's processor time goes into, and the functions that tell it: the innermost that is named here decides. */
const LAYERS: Readonly<Record<string, RegExp>> = {
  RSA: /^(publicDecrypt|powerOf|recoverSignedData|openRsa)\d*$/,
  'evidence without RSA': /^(verifyEvidence|readEvidence|authenticatorOf|verifyFdda)\d*$/,
  'canonical text, hash, seal, token': /^(canonicalRecord|contentHash|seal|cardToken|panOf|maskPan|tapIdOf)\d*$/,
  'check of the record': /^(readGoodRecord|parseTapRecord)\d*$/,
  'begin and commit': /^(begin|commit|beginTransaction|commitTransaction|lockServiceDays)\d*$/,
  'statements that read': /^(readAnswers|readNeighbours|readFareCards|readClosedDays|readBooked|readKept)\d*$/,
  'statements that write': /^(insertRows|writeJourneys|moveTaps|lockCards|insertTogether)\d*$/,
  pricing: /^(priceCard|pricingWindow|spansOf)\d*$/,
  'the books, rows and answers':
    /^(acceptTaps|keepTaps|bookTaps|bookCards|priceCards|judgeTransactions|examineTap|settle)\d*$/,
  'collection of garbage': /^\(garbage collector\)$/,
  idle: /^\(idle\)$/,
};

const REST = 'HTTP, log, metrics and the rest';

/** Milliseconds of a profile by layer; what is idle is left out. */
export function layersOfProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Map<string, number> {
  const parentOf = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parentOf.set(child, id);
  const nameOf = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const layerOf = new Map<number, string>();
  const find = (id: number | undefined): string => {
    if (id === undefined) return REST;
    const known = layerOf.get(id);
    if (known !== undefined) return known;
    const name = nameOf.get(id) ?? '';
    const own = Object.entries(LAYERS).find(([, functions]) => functions.test(name))?.[0];
    const layer = own ?? find(parentOf.get(id));
    layerOf.set(id, layer);
    return layer;
  };
  const sums = new Map<string, number>();
  samples.forEach((id, index) => {
    const layer = find(id);
    if (layer !== 'idle') sums.set(layer, (sums.get(layer) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  });
  return new Map([...sums].sort(([, one], [, other]) => other - one));
}
