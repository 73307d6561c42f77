import {
  type CertificationAuthorityKeyStore,
  type Chain,
  type ChainInput,
  concat,
  type DataMap,
  type ExplainedObject,
  type ExplainOptions,
  followSession,
  openChain,
  type SessionStep,
  sessionContext,
} from '../../../emv/index.js';
import { byTransaction } from './by-transaction.js';
import { type ChainSurroundings, chainInputOf } from './chain-input.js';
import { chainTree, openedByTag } from './chain-tree.js';
import { showerOf } from './hide-card-numbers.js';

/** The chain of each transaction of a conversation that holds certificates, as trees. */
export function openChains(
  steps: readonly SessionStep[],
  surroundings: ChainSurroundings,
  options: ExplainOptions,
): ExplainedObject[] {
  const session = sessionContext(steps);
  return byTransaction(steps).flatMap((own) => {
    const opened = tryProviders(own, surroundings);
    if (opened === undefined) return [];
    const { chain, data } = opened;
    return [chainTree(chain, showerOf(chain, data, { ...options, session }), options)];
  });
}

/**
 * Data objects with what their certificates and signed data hold, where the issuer certificate among them can be opened.
 * They are one answer: what is not in it, such as the static data, is missing to the checks.
 */
export function withOpened(
  objects: readonly ExplainedObject[],
  bytes: Uint8Array,
  surroundings: ChainSurroundings,
  options: ExplainOptions,
): readonly ExplainedObject[] {
  const steps = followSession([{ response: concat(bytes, Uint8Array.of(0x90, 0x00)) }]);
  const opened = tryProviders(steps, surroundings);
  if (opened === undefined || !isIssuerCertificateOpened(opened.chain)) return objects;
  const { chain, data } = opened;
  const show = showerOf(chain, data, { ...options, session: sessionContext(steps) });
  return addOpened(objects, openedByTag(chain, show, options));
}

function addOpened(
  objects: readonly ExplainedObject[],
  opened: ReadonlyMap<string, readonly ExplainedObject[]>,
): ExplainedObject[] {
  return objects.map((object) => {
    if (object.children !== undefined) return { ...object, children: addOpened(object.children, opened) };
    const found = opened.get(object.tag);
    return found === undefined ? object : { ...object, opened: found };
  });
}

function tryProviders(
  steps: readonly SessionStep[],
  surroundings: ChainSurroundings,
): { readonly chain: Chain; readonly data: DataMap } | undefined {
  const input = chainInputOf(steps, surroundings);
  const chain = input && openWithAny(input, surroundings);
  return chain && { chain, data: input.data };
}

/** Records alone do not say whose key to take: each provider with a key of that index is tried. */
function openWithAny(input: ChainInput, surroundings: ChainSurroundings): Chain | undefined {
  if (input.rid !== '') return openChain(input);
  const chains = providers(surroundings.caKeys).map((rid) => openChain({ ...input, rid }));
  return (
    chains.find(({ links }) => links.some(({ step, status }) => step === 'issuer-certificate' && status === 'good')) ??
    chains[0]
  );
}

/** Fields that only the right key brings out: of RSA what frames the content, of SM2 the signature. */
const telling = { rsa: ['header', 'format'], sm2: ['signature'] } as const;

const isIssuerCertificateOpened = ({ links }: Chain): boolean =>
  links.some(
    ({ step, algorithm, fields }) =>
      step === 'issuer-certificate' &&
      algorithm !== undefined &&
      telling[algorithm].every((name) => fields.some(({ field, check }) => field === name && check === 'good')),
  );

const providers = (keys: CertificationAuthorityKeyStore): string[] => [...new Set(keys.all().map(({ rid }) => rid))];
