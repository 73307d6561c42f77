import { fromHex, tryFromHex } from '../../emv/bytes.js';
import type { Evidence } from './tap-record.js';

/** The hex of evidence, decoded. */
export interface EvidenceBytes {
  readonly applicationIdentifier: Uint8Array;
  /** In the order of canonical text. */
  readonly tags: readonly string[];
  /** In the order of `tags`. */
  readonly values: readonly Uint8Array[];
  readonly records: readonly Uint8Array[];
}

/** Decodes evidence whose hex may be in either case. Throws HexError. */
export function evidenceBytes(evidence: Evidence): EvidenceBytes {
  const { tags, pieces } = piecesOf(evidence);
  const odd = pieces.find((piece) => piece.length % 2 !== 0);
  return cut(tags, pieces, fromHex(odd ?? pieces.join('')));
}

/** The same of pieces of even length; `undefined` where they are not upper-case hex. */
export function upperEvidenceBytes(evidence: Evidence): EvidenceBytes | undefined {
  const { tags, pieces } = piecesOf(evidence);
  // All at once: to look at each piece by itself takes longer than all the rest.
  const hex = pieces.join('');
  const whole = hex.toUpperCase() === hex ? tryFromHex(hex) : undefined;
  return whole && cut(tags, pieces, whole);
}

function piecesOf({ applicationIdentifier, data, records }: Evidence) {
  const tags = Object.keys(data).sort();
  const pieces = [applicationIdentifier];
  for (const tag of tags) pieces.push(data[tag]!);
  for (const { bytes } of records) pieces.push(bytes);
  return { tags, pieces };
}

function cut(tags: readonly string[], pieces: readonly string[], whole: Uint8Array): EvidenceBytes {
  let end = whole.byteOffset;
  const views = pieces.map(({ length }) => {
    end += length >> 1;
    return new Uint8Array(whole.buffer, end - (length >> 1), length >> 1);
  });
  return {
    applicationIdentifier: views[0]!,
    tags,
    values: views.slice(1, 1 + tags.length),
    records: views.slice(1 + tags.length),
  };
}
