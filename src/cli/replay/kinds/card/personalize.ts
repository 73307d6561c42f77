import {
  type CardFile,
  type CardProfile,
  createTestPki,
  issueCard,
  loadProfile,
} from '../../../../../simulator/index.js';
import { CardConfiguration } from './card-configuration.js';
import images from './images.json' with { type: 'json' };
import { interfaceOfFirst, type Step } from './step-schema.js';
import suiteCard from './suite-card.yaml';
import { layOutAsSuite } from './suite-layout.js';

interface Image {
  readonly image: string;
  readonly data?: Readonly<Record<string, string>>;
  /** What stands for the suite's default, where the vector only repeats that. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Applications of the same making, under these names. */
  readonly identifiers?: readonly string[];
  readonly set?: Readonly<Record<string, readonly string[]>>;
  readonly clear?: Readonly<Record<string, readonly string[]>>;
  readonly amountFrom?: string;
}

export interface PersonalizedCard {
  readonly file: CardFile;
  readonly pki: ReturnType<typeof createTestPki>;
  readonly issuer: CardProfile['issuer'];
  /** 9F02 where the vector gives none. */
  readonly amount?: string;
}

/** What every vector over contact says, whatever its image does. */
const SUITE_DEFAULTS: Readonly<Record<string, unknown>> = {
  '82': '5C00',
  '9F52': '8240',
  '9F56': '80',
  '9F58': '03',
  '9F59': '07',
};
const CHAIN = { certificationAuthorityBits: 1408, issuerBits: 1408 };

/**
 * Personalizes the card of a vector over the suite's image: what the configuration says, and sensible values elsewhere.
 * Throws a `VectorError` for an entry that says nothing known.
 */
export function personalize(
  image: string,
  config: Readonly<Record<string, unknown>>,
  steps: readonly Step[],
): PersonalizedCard {
  const configuration = new CardConfiguration(loadProfile(suiteCard), steps);
  const known = (images as readonly Image[]).filter((row) => new RegExp(row.image).test(image));
  for (const { data } of known)
    for (const [tag, value] of Object.entries(data ?? {})) configuration.setData(tag, value);
  for (const [key, value] of Object.entries(config)) configuration.apply(key, value);
  for (const { instead } of known.filter(() => interfaceOfFirst(steps) === 'contact'))
    for (const [tag, value] of Object.entries(instead ?? {}))
      if (config[tag] === undefined || config[tag] === SUITE_DEFAULTS[tag]) configuration.apply(tag, value);
  for (const { identifiers } of known) configuration.name(identifiers ?? []);
  for (const { set, clear } of known) {
    for (const [tag, bits] of Object.entries(set ?? {})) for (const bit of bits) configuration.setBit(tag, bit, true);
    for (const [tag, bits] of Object.entries(clear ?? {}))
      for (const bit of bits) configuration.setBit(tag, bit, false);
  }
  const pki = createTestPki('card-vectors', CHAIN);
  const file = issued(configuration.profile(), pki);
  const amountFrom = known.find((row) => row.amountFrom !== undefined)?.amountFrom;
  const amount = amountFrom === undefined ? undefined : file.applications[0]!.data[amountFrom];
  return { file: configuration.withState(file), pki, issuer: 'bank-of-china', ...(amount !== undefined && { amount }) };
}

/** Making certificates takes the time of a vector: the same card is issued once. */
const cards = new Map<string, CardFile>();

function issued(profile: CardProfile, pki: PersonalizedCard['pki']): CardFile {
  const name = JSON.stringify(profile);
  const card = cards.get(name) ?? layOutAsSuite(issueCard(profile, pki));
  cards.set(name, card);
  return card;
}
