import { type Chain, openChain } from '../../../emv/index.js';
import { coloursFor } from '../colours.js';
import { showerOf } from '../decode/hide-card-numbers.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { parseDay } from '../options/day.js';
import { stateFolder } from '../state/state-folder.js';
import { refuseReaderOptions } from '../tap/reader-options.js';
import { loadTrust, type Trust } from '../trusted-keys.js';
import { chainAsJson } from './chain-as-json.js';
import type { ChainSource } from './chain-source.js';
import { findSources } from './find-sources.js';
import type { OdaOptions } from './oda-options.js';
import { printChain } from './print-chain.js';
import { tapForChain } from './tap-for-chain.js';

const NOON_IN_CHINA = 'T12:00:00+08:00';

/** Opens the chain of every authentication found, and prints it. The answer is no where one of them fails. */
export async function runOda(path: string | undefined, options: OdaOptions): Promise<void> {
  const { testCards, caKeys: files, revoked } = options;
  const state = stateFolder(options.state);
  const trust = await loadTrust({ testCards, state, ...(files && { files }), ...(revoked && { revoked }) });
  const sources = await sourcesOf(path, options, trust, state);
  const opened = sources.map(({ name, input }) => {
    const dated = options.date === undefined ? input : { ...input, date: parseDay(options.date) };
    const chain = openChain({ ...dated, revoked: trust.revoked });
    return { name, chain, show: showerOf(chain, input.data, { showPan: options.showPan === true }) };
  });
  if (opened.some(({ chain }) => !chain.ok)) process.exitCode = exitCodes.no;
  if (options.json) {
    console.log(
      JSON.stringify(
        opened.map(({ name, chain, show }) => chainAsJson(name, chain, show)),
        undefined,
        2,
      ),
    );
    return;
  }
  const print = { language: options.lang, explain: options.explain === true, colours: coloursFor(process.stdout) };
  for (const { name, chain, show } of opened) {
    for (const line of printChain(name, chain, { ...print, show })) console.log(line);
  }
  if (opened.length > 1) console.log(summary(opened.map(({ chain }) => chain)));
}

async function sourcesOf(
  path: string | undefined,
  options: OdaOptions,
  { caKeys }: Trust,
  state: string,
): Promise<ChainSource[]> {
  if ([path, options.card, options.reader].filter((where) => where !== undefined).length > 1) {
    throw new CommandError('card-ambiguous', 'give a file, --card or --reader, one of them');
  }
  if (options.reader === undefined) refuseReaderOptions(options);
  const today = parseDay(options.date);
  if (options.card === undefined && options.reader === undefined) {
    return findSources(path ?? '-', {
      caKeys,
      today,
      ids: options.id,
      showPan: options.showPan === true,
      ownKeys: options.testCards,
    });
  }
  return tapForChain(options, { caKeys, at: new Date(`${today}${NOON_IN_CHINA}`), state });
}

function summary(chains: readonly Chain[]): string {
  const good = chains.filter(({ ok }) => ok).length;
  return `${good} authentic, ${chains.length - good} not`;
}
