import {
  type CertificationAuthorityKeyStore,
  type ChainInput,
  concat,
  encode,
  type FileLocatorEntry,
  flatten,
  instructions,
  listedData,
  type ReadRecord,
  readApplicationFileLocator,
  type SessionStep,
  sessionValues,
  staticDataToAuthenticate,
  toHex,
  ValueError,
} from '../../../emv/index.js';

export interface ChainSurroundings {
  readonly caKeys: CertificationAuthorityKeyStore;
  /** YYYY-MM-DD, where the conversation has no date of its own (9A). */
  readonly today: string;
}

/** What a conversation with one application holds for its offline data authentication; `undefined` without a certificate. */
export function chainInputOf(
  steps: readonly SessionStep[],
  { caKeys, today }: ChainSurroundings,
): ChainInput | undefined {
  const data = sessionValues(steps);
  if (!data.has('90') && !data.has('9F46') && !data.has('93')) return undefined;
  const application = steps.find((step) => step.application !== '')?.application ?? '';
  const common = {
    rid: application.slice(0, RID_DIGITS),
    caKeys,
    date: dateOf(data.get('9A')) ?? today,
    data,
    staticData: staticDataOf(steps, data),
  };
  return combined(steps, data, common) ?? dynamic(steps, common) ?? fast(data, common);
}

const RID_DIGITS = 10;
const NOTHING = new Uint8Array(0);

type Common = Omit<Extract<ChainInput, { method: 'sda' }>, 'method'>;

/** 9F4B in an answer to GENERATE AC. */
function combined(
  steps: readonly SessionStep[],
  data: ReadonlyMap<string, Uint8Array>,
  common: Common,
): ChainInput | undefined {
  const cryptograms = steps.filter(({ answered }) => answered?.ins === instructions.generateCryptogram);
  const index = cryptograms.findLastIndex(({ objects = [] }) => flatten(objects).has('9F4B'));
  if (index < 0) return undefined;
  const answer = cryptograms[index]!.objects!.find(({ tag }) => tag === '77')?.children ?? [];
  const asked = cryptograms.slice(0, index + 1).map((step) => listedData(step) ?? NOTHING);
  const options = steps.find(({ command }) => command?.ins === instructions.getProcessingOptions);
  return {
    ...common,
    method: 'cda',
    unpredictableNumber: data.get('9F37') ?? NOTHING,
    pdolData: (options && listedData(options)) ?? NOTHING,
    cdolData: concat(...asked),
    responseData: encode(answer.filter(({ tag }) => tag !== '9F4B')),
    cryptogramInformationData: data.get('9F27') ?? NOTHING,
    applicationCryptogram: data.get('9F26'),
  };
}

/** The answer to INTERNAL AUTHENTICATE. */
function dynamic(steps: readonly SessionStep[], common: Common): ChainInput | undefined {
  const step = steps.findLast(
    ({ answered, data }) => answered?.ins === instructions.internalAuthenticate && data.length > 0,
  );
  if (step === undefined) return undefined;
  return { ...common, method: 'dda', terminalData: step.answered?.data ?? NOTHING };
}

/** 9F4B beside a cryptogram in GET PROCESSING OPTIONS or in a record; else static data. */
function fast(data: ReadonlyMap<string, Uint8Array>, common: Common): ChainInput {
  if (data.has('9F4B')) return { ...common, method: 'fdda' };
  return data.has('93') || !data.has('9F46') ? { ...common, method: 'sda' } : { ...common, method: 'fdda' };
}

function staticDataOf(steps: readonly SessionStep[], data: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined {
  const entries = locatorOf(data.get('94') ?? NOTHING);
  return entries && entries.length > 0 ? staticDataToAuthenticate(entries, recordsOf(steps)) : undefined;
}

function locatorOf(bytes: Uint8Array): FileLocatorEntry[] | undefined {
  try {
    return readApplicationFileLocator(bytes);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

const recordsOf = (steps: readonly SessionStep[]): ReadRecord[] =>
  steps.flatMap(({ answered, data }) =>
    answered?.ins === instructions.readRecord && data.length > 0
      ? [{ shortFileIdentifier: answered.p2 >> 3, recordNumber: answered.p1, bytes: data }]
      : [],
  );

function dateOf(value: Uint8Array | undefined): string | undefined {
  const found = /^(\d\d)(\d\d)(\d\d)$/.exec(value === undefined ? '' : toHex(value));
  return found === null ? undefined : `20${found[1]}-${found[2]}-${found[3]}`;
}
