import { equalBytes } from '../bytes.js';
import type { Step } from './oda-result.js';
import type { OpenedCertificate } from './open-certificate.js';

/** All that a certificate is opened from, besides the key of whoever signed it. */
export type CertificateParts = readonly (Uint8Array | undefined)[];

export interface KeptCertificates {
  /** The certificate that these parts opened to under this key, else what `open` makes of them. */
  open(signer: object, parts: CertificateParts, open: () => Step<OpenedCertificate>): Step<OpenedCertificate>;
  readonly statistics: { readonly hits: number; readonly misses: number };
  /** How many are kept now; never more than the bound. */
  size(): number;
}

interface Kept {
  readonly signer: object;
  readonly parts: CertificateParts;
  readonly opened: OpenedCertificate;
}

const NAME_LENGTH = 16;

/**
 * Keeps the last `size` certificates that opened; the least recently used one goes first. Failures are not kept, so
 * nobody can fill it with them. What was kept counts under exactly the same bytes and the same key only; the first part
 * is the certificate itself.
 */
export function keepOpen(size: number): KeptCertificates {
  const kept = new Map<string, Kept>();
  const statistics = { hits: 0, misses: 0 };
  let newest: string | undefined;
  return {
    statistics,
    size: () => kept.size,
    open(signer, parts, open) {
      const name = nameOf(parts[0]);
      const known = kept.get(name);
      if (known !== undefined && known.signer === signer && areSame(known.parts, parts)) {
        statistics.hits++;
        if (name !== newest) {
          kept.delete(name);
          kept.set(name, known);
          newest = name;
        }
        return { ok: true, value: known.opened };
      }
      statistics.misses++;
      const opened = open();
      if (opened.ok && size > 0) {
        kept.delete(name);
        kept.set(name, { signer, parts: parts.map((part) => part?.slice()), opened: opened.value });
        newest = name;
        if (kept.size > size) kept.delete(kept.keys().next().value!);
      }
      return opened;
    },
  };
}

/** The end of a certificate is as good a name as a hash of it; that it is the same one is looked at. */
const nameOf = (certificate: Uint8Array = new Uint8Array(0)): string => {
  const end = certificate.subarray(-NAME_LENGTH);
  return Buffer.from(end.buffer, end.byteOffset, end.length).toString('latin1');
};

const areSame = (some: CertificateParts, others: CertificateParts): boolean =>
  some.every((part, position) => isSame(part, others[position]));

const isSame = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one === undefined || other === undefined ? one === other : equalBytes(one, other);
