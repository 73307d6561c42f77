import type { Chain } from '../../../emv/index.js';
import type { Show } from '../decode/hide-card-numbers.js';
import { chainAsJson } from './chain-as-json.js';
import { type PrintOptions, printChain } from './print-chain.js';

/** A chain that was opened, and how its bytes may be shown. */
export interface NamedChain {
  readonly name: string;
  readonly chain: Chain;
  readonly show: Show;
}

/** Chains as lines, each as it comes; below several how many are good. */
export function* chainsAsLines(chains: Iterable<NamedChain>, print: Omit<PrintOptions, 'show'>): Generator<string> {
  let [good, count] = [0, 0];
  for (const { name, chain, show } of chains) {
    count++;
    if (chain.ok) good++;
    for (const line of printChain(name, chain, { ...print, show })) yield `${line}\n`;
  }
  if (count > 1) yield `${good} authentic, ${count - good} not\n`;
}

/** The same as one JSON document, in pieces: the whole may be longer than a string. */
export function* chainsAsJson(chains: Iterable<NamedChain>): Generator<string> {
  let isFirst = true;
  for (const { name, chain, show } of chains) {
    const text = JSON.stringify(chainAsJson(name, chain, show), undefined, 2);
    yield `${isFirst ? '[' : ','}\n  ${text.replaceAll('\n', '\n  ')}`;
    isFirst = false;
  }
  yield '\n]\n';
}
