import {
  type Chain,
  type ChainField,
  type ChainLink,
  type Expectation,
  type OdaFailure,
  odaRefusals,
} from '../../../emv/index.js';
import type { Show } from '../decode/hide-card-numbers.js';

/** A chain as plain data, bytes in hex as `show` gives them; numbers of `expected` and `found` are lengths in bytes. */
export function chainAsJson(name: string, { links, failures, ...chain }: Chain, show: Show) {
  return {
    name,
    ...chain,
    failures: failures.map((failure) => failureAsJson(failure, show)),
    links: links.map(({ fields, failures: own, ...link }: ChainLink) => ({
      ...link,
      fields: fields.map((field) => fieldAsJson(field, show)),
      reasons: own.map(({ reason }) => reason),
    })),
  };
}

const plain = (value: Expectation | undefined, show: Show) => (value instanceof Uint8Array ? show(value) : value);

function fieldAsJson({ value, expected, found, ...field }: ChainField, show: Show) {
  return { ...field, value: plain(value, show), expected: plain(expected, show), found: plain(found, show) };
}

function failureAsJson({ reason, step, field, tag, expected, found }: OdaFailure, show: Show) {
  const { meaning, meaningZh, source } = odaRefusals[reason];
  return {
    reason,
    step,
    field,
    tag,
    expected: plain(expected, show),
    found: plain(found, show),
    meaning,
    meaningZh,
    source,
  };
}
