import { fstatSync } from 'node:fs';
import { openChain } from '../../../emv/index.js';
import { coloursFor } from '../colours.js';
import { showerOf } from '../decode/hide-card-numbers.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { parseDay } from '../options/day.js';
import { stateFolder } from '../state/state-folder.js';
import { refuseReaderOptions } from '../tap/reader-options.js';
import { tellProgress } from '../tell-progress.js';
import { loadTrust, type Trust } from '../trusted-keys.js';
import { writePieces } from '../write-pieces.js';
import type { ChainSource } from './chain-source.js';
import { findSources } from './find-sources.js';
import type { OdaOptions } from './oda-options.js';
import { chainsAsJson, chainsAsLines, type NamedChain } from './print-chains.js';
import { tapForChain } from './tap-for-chain.js';

const NOON_IN_CHINA = 'T12:00:00+08:00';

/** Opens the chain of every authentication found, and prints each as it comes. The answer is no where one of them fails. */
export async function runOda(path: string | undefined, options: OdaOptions): Promise<void> {
  const { testCards, caKeys: files, revoked } = options;
  const state = stateFolder(options.state);
  const trust = await loadTrust({ testCards, state, ...(files && { files }), ...(revoked && { revoked }) });
  const chains = counted(opened(await sourcesOf(path, options, trust, state), options, trust));
  const print = { language: options.lang, explain: options.explain === true, colours: coloursFor(process.stdout) };
  await writePieces(options.json ? chainsAsJson(chains) : chainsAsLines(chains, print));
}

const TOLD_EVERY_MS = 100;

/** The same chains; where what is said of them goes to a file, a terminal is told how many there were so far. */
function* counted(chains: Iterable<NamedChain>): Generator<NamedChain> {
  if (!fstatSync(process.stdout.fd).isFile()) return yield* chains;
  let [count, toldAt] = [0, performance.now()];
  try {
    for (const chain of chains) {
      yield chain;
      count++;
      if (performance.now() - toldAt < TOLD_EVERY_MS) continue;
      toldAt = performance.now();
      tellProgress(`${count} authentications`);
    }
  } finally {
    tellProgress('');
  }
}

function* opened(sources: Iterable<ChainSource>, options: OdaOptions, { revoked }: Trust): Generator<NamedChain> {
  const date = options.date === undefined ? {} : { date: parseDay(options.date) };
  for (const { name, input } of sources) {
    const chain = openChain({ ...input, ...date, revoked });
    if (!chain.ok) process.exitCode = exitCodes.no;
    yield { name, chain, show: showerOf(chain, input.data, { showPan: options.showPan === true }) };
  }
}

async function sourcesOf(
  path: string | undefined,
  options: OdaOptions,
  { caKeys }: Trust,
  state: string,
): Promise<Iterable<ChainSource>> {
  if ([path, options.card, options.reader].filter((where) => where !== undefined).length > 1) {
    throw new CommandError('card-ambiguous', 'give a file, --card or --reader, one of them');
  }
  if (options.reader === undefined) refuseReaderOptions(options);
  if (options.id !== undefined && (options.card !== undefined || options.reader !== undefined)) {
    const hint = 'A card that is tapped has none.';
    throw new CommandError('option-impossible', '--id is for the vectors of a file', undefined, hint);
  }
  const today = parseDay(options.date);
  if (options.card === undefined && options.reader === undefined) {
    if (path === undefined && process.stdin.isTTY) throw nothingToLookAt();
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

const nothingToLookAt = () =>
  new CommandError(
    'input-missing',
    'no card to look at',
    undefined,
    'Give a file, --card or --reader, or pipe one in.',
  );
