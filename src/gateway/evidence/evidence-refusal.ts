import { type OdaRefusal, odaRefusals } from '../../../emv/authentication/index.js';
import ownRefusals from './refusals.json';

/** Why a tap's evidence is not believed: the code of a failed offline data authentication, or one of the gateway's. */
export type EvidenceRefusal = keyof typeof ownRefusals | OdaRefusal;

export interface EvidenceRefusalDefinition {
  readonly meaning: string;
  readonly meaningZh: string;
  /** The document that asks for it: book, part and section. */
  readonly source: string;
}

const authentication = Object.entries(odaRefusals).map(
  ([code, { meaning, meaningZh, source }]): [string, EvidenceRefusalDefinition] => [
    code,
    { meaning, meaningZh, source },
  ],
);

/** Every refusal in words, by code. */
export const evidenceRefusals = Object.freeze({
  ...ownRefusals,
  ...Object.fromEntries(authentication),
}) as Readonly<Record<EvidenceRefusal, EvidenceRefusalDefinition>>;
