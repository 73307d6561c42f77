import { z } from 'zod';
import type { CertificationAuthorityKeyStore, ChainInput, ChainMethod } from '../../../emv/index.js';
import { hexField } from '../replay/kinds/fields.js';
import { odaInputSchema } from '../replay/kinds/oda-input.js';
import type { Vector } from '../replay/vector.js';

const NOTHING = new Uint8Array(0);
const optional = hexField.optional();

/** What the four kinds ask for, each as far as its method needs it. */
const schema = odaInputSchema.extend({
  terminalData: optional,
  pdolData: optional,
  cdolData: optional,
  responseData: optional,
  cid: optional,
  ac: optional,
  unpredictableNumber: optional,
});

const methodSchema = z.enum(['sda', 'dda', 'cda', 'fdda']);

export const methodOf = (kind: string): ChainMethod | undefined =>
  methodSchema.safeParse(kind.replace(/^oda\./, '')).data;

/** A vector of kind `oda.*` as the input of its chain; `caKeysOf` makes a store of the vector's keys. */
export function chainOfVector(
  vector: Vector,
  method: ChainMethod,
  caKeysOf: (keys: z.infer<typeof schema>['caKeys']) => CertificationAuthorityKeyStore,
): ChainInput {
  const { caKeys, cid, ac, terminalData, ...input } = schema.parse(vector.input);
  const common = { ...input, caKeys: caKeysOf(caKeys) };
  switch (method) {
    case 'sda':
      return { method, ...common };
    case 'dda':
      return { method, ...common, terminalData: terminalData ?? NOTHING };
    case 'fdda':
      return { method, ...common, terminalData };
    case 'cda':
      return {
        method,
        ...common,
        unpredictableNumber: input.unpredictableNumber ?? NOTHING,
        pdolData: input.pdolData ?? NOTHING,
        cdolData: input.cdolData ?? NOTHING,
        responseData: input.responseData ?? NOTHING,
        cryptogramInformationData: cid ?? NOTHING,
        applicationCryptogram: ac,
      };
  }
}
