import { type OdaFailure, type OdaRefusal, odaRefusals, positionOf } from '../oda-result.js';
import type { ChainField, ChainFieldName, ChainLink, ChainStep } from './chain.js';
import type { ChainView } from './chain-view.js';
import type { RawField } from './cut-fields.js';
import { describeField } from './field-meaning.js';
import { algorithmOf, fieldsOf } from './link-fields.js';
import links from './links.json';

/** The checks of each field of each step. */
const checks = new Map<string, OdaRefusal[]>();
for (const [reason, { step, field }] of Object.entries(odaRefusals)) {
  const key = `${step} ${field}`;
  checks.set(key, [...(checks.get(key) ?? []), reason as OdaRefusal]);
}

/** Fields whose bytes are checked under the name of another one. */
const checkedAs: Readonly<Partial<Record<ChainFieldName, string>>> = {
  signatureAlgorithm: 'publicKeyAlgorithm',
  encryptionAlgorithm: 'publicKeyAlgorithm',
  curve: 'publicKeyAlgorithm',
};

export function describeLink(step: ChainStep, view: ChainView): ChainLink {
  const failures = view.failures.filter((failure) => failure.step === step);
  const { name, nameZh, ...description } = links[step];
  const algorithm = algorithmOf(step, view);
  const raw = fieldsOf(step, view);
  const missing = failures
    .map(({ field, tag }) => ({ field: field as ChainFieldName, ...(tag && { tag }) }))
    .filter(({ field }) => !raw.some((one) => one.field === field));
  return {
    step,
    name,
    nameZh,
    ...('tag' in description && { tag: description.tag }),
    ...(algorithm && { algorithm }),
    status: failures.length > 0 ? 'failed' : view.isReached ? 'good' : 'not-reached',
    fields: [...raw, ...missing].map((one) => describe(step, one, failures, view)),
    failures,
  };
}

function describe(step: ChainStep, raw: RawField, failures: readonly OdaFailure[], view: ChainView): ChainField {
  const { field, value, tag } = raw;
  const failure = failures.find((one) => one.field === field);
  const described = { field, ...(tag && { tag }), ...(value && { value }), ...describeField(field, value) };
  const meant = raw.meaning === undefined ? {} : { meaning: raw.meaning, meaningZh: raw.meaningZh ?? raw.meaning };
  if (failure === undefined) return { ...described, ...meant, check: wasChecked(step, field, view) ? 'good' : 'none' };
  const pan = described.holdsCardNumber ? view.input.data.get('5A') : undefined;
  const expected = failure.expected ?? pan;
  return {
    ...described,
    ...meant,
    check: 'failed',
    reason: failure.reason,
    ...(expected !== undefined && { expected }),
    ...(failure.found !== undefined && { found: failure.found }),
  };
}

/** Whether all that can be wrong with a field was looked at before the authentication ended. */
function wasChecked(step: ChainStep, field: ChainFieldName, { stop, isReached }: ChainView): boolean {
  const reasons = checks.get(`${step} ${checkedAs[field] ?? field}`);
  if (reasons === undefined || !isReached) return false;
  return stop === undefined || stop.step !== step || reasons.every((reason) => isBefore(reason, stop.reason));
}

/** Of two checks of one step. */
const isBefore = (one: OdaRefusal, other: OdaRefusal): boolean => positionOf(one) < positionOf(other);
