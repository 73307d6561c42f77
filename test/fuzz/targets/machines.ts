import { z } from 'zod';
import {
  type CardAnswer,
  type ChainInput,
  createCertificationAuthorityKeyStore,
  fromHex,
  HexError,
  openChain,
  qpbocTransaction,
} from '../../../emv/index.js';
import { createTestPki, issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { usableKeys } from '../../../src/cli/replay/kinds/ca-keys.js';
import { hexField } from '../../../src/cli/replay/kinds/fields.js';
import { odaInputSchema } from '../../../src/cli/replay/kinds/oda-input.js';
import { sessionInputSchema } from '../../../src/cli/replay/kinds/session/session-input.js';
import { runVectors } from '../../../src/cli/replay/run-vectors.js';
import { vectorFileSchema } from '../../../src/cli/replay/vector.js';
import { type FuzzTarget, hold, jsonOf } from '../fuzz-target.js';
import { jsonSeeds, vectors, vectorsOf } from '../seeds.js';

/** Messages one after the other, each behind two bytes of length. */
const packed = (messages: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(messages.flatMap((message) => [message.length >> 8, message.length & 0xff, ...message]));

function unpacked(bytes: Uint8Array): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let offset = 0; offset + 2 <= bytes.length; ) {
    const length = (bytes[offset]! << 8) | bytes[offset + 1]!;
    messages.push(bytes.subarray(offset + 2, offset + 2 + length));
    offset += 2 + length;
  }
  return messages;
}

const sessions = vectorsOf('session')
  .filter(({ input }) => input.kernel === 'qpboc')
  .map(({ input }) => sessionInputSchema.parse(input));
const trusted = createCertificationAuthorityKeyStore(sessions.flatMap(({ caKeys }) => usableKeys(caKeys).store.all()));

/** More commands than any transaction has: a kernel that a card keeps going has to be found. */
const COMMANDS_MAX = 1000;

function runKernel(input: Uint8Array) {
  const [session = 0] = input;
  const { terminal, unpredictableNumber, date } = sessions[session % sessions.length]!;
  const answers = unpacked(input.subarray(1)).values();
  const kernel = qpbocTransaction({ data: terminal, unpredictableNumber, date, caKeys: trusted });
  let step = kernel.next();
  for (let count = 0; !step.done; count++) {
    hold(count < COMMANDS_MAX, 'comes to an end');
    const { value: response } = answers.next();
    const answer: CardAnswer =
      response === undefined || response.length === 0 ? { kind: 'no-response' } : { kind: 'response', response };
    step = kernel.next(answer);
  }
  return step.value;
}

const expected = /^(not as this kind is written|unknown kind|[A-Z]\w+Error: )/;
const unexpected = /^(Type|Range|Reference|Syntax|Assertion|Internal)?Error: /;

async function replay(input: Uint8Array) {
  const file = vectorFileSchema.safeParse(jsonOf(input));
  if (!file.success) return 'no vector file';
  const results = [];
  for await (const { durationMs: _, ...result } of runVectors([{ path: '', file: file.data }], () => 0)) {
    const problem = result.problem ?? 'unknown kind';
    hold(expected.test(problem) && !unexpected.test(problem), problem);
    results.push(result);
  }
  return results;
}

const chainInputSchema = odaInputSchema.extend({ method: z.enum(['sda', 'dda', 'fdda']), terminalData: hexField });

function openChainOf(input: Uint8Array) {
  const parsed = chainInputSchema.safeParse(jsonOf(input));
  if (!parsed.success) return 'no input';
  const { caKeys, method, ...rest } = parsed.data;
  const chain = openChain({ ...rest, method, caKeys: usableKeys(caKeys).store } as ChainInput);
  hold(chain.ok === (chain.failures.length === 0), 'good exactly where nothing failed');
  return chain;
}

const cardFile = issueCard(loadProfile('service-card-51'), createTestPki());

function talkToCard(input: Uint8Array) {
  const card = openCard(cardFile, { random: (length) => new Uint8Array(length).fill(7) });
  card.powerOn();
  return unpacked(input).map((command) => {
    const response = card.transmit(command);
    hold(response.length >= 2, 'answers with a status word');
    return response.subarray(-2);
  });
}

/** Whole conversations, and what is checked in them. */
export const machineTargets: readonly FuzzTarget[] = [
  {
    name: 'qpboc-kernel',
    seeds: () =>
      sessions.map(({ transcript }, index) =>
        Uint8Array.of(index, ...packed(transcript.map(({ response }) => response))),
      ),
    refusals: [],
    run: runKernel,
  },
  {
    name: 'contact-kernel',
    seeds: () =>
      jsonSeeds(
        vectorsOf('session')
          .filter(({ input }) => input.kernel === 'contact')
          .map((vector) => ({ suite: 'fuzz', vectors: [{ ...vector, input: { ...vector.input, loose: true } }] })),
      ),
    form: 'json',
    refusals: [],
    run: replay,
  },
  {
    name: 'software-card',
    seeds: () => sessions.map(({ transcript }) => packed(transcript.map(({ command }) => fromHex(command)))),
    refusals: [],
    run: talkToCard,
  },
  {
    name: 'authentication-chain',
    seeds: () =>
      jsonSeeds(
        vectorsOf('oda.sda', 'oda.dda', 'oda.fdda').map(({ kind, input }) => ({
          method: kind.slice(4),
          terminalData: '',
          ...input,
        })),
      ),
    form: 'json',
    refusals: [HexError],
    run: openChainOf,
  },
  {
    name: 'vector-file',
    seeds: () => jsonSeeds(vectors.map((vector) => ({ suite: 'fuzz', vectors: [vector] }))),
    form: 'json',
    refusals: [],
    run: replay,
  },
];
