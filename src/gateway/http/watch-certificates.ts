import { Counter, Gauge, type Registry } from 'prom-client';
import type { Examiner } from '../intake/index.js';

const OWNERS = ['issuer', 'card'] as const;

/** Adds what is kept open of certificates in this process. */
export function watchCertificates(registry: Registry, { keptCertificates }: Pick<Examiner, 'keptCertificates'>): void {
  const registers = [registry];
  new Counter({
    name: 'yongtap_certificate_lookups_total',
    help: 'Certificates of issuers and cards; hit: it was open already, miss: it had to be opened with a public key',
    labelNames: ['certificate', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const certificate of OWNERS) {
        const { hits, misses } = keptCertificates()[certificate];
        this.inc({ certificate, outcome: 'hit' }, hits);
        this.inc({ certificate, outcome: 'miss' }, misses);
      }
    },
  });
  for (const [name, help, field] of [
    ['yongtap_certificates_kept', 'Certificates that are kept open', 'size'],
    ['yongtap_certificates_kept_max', 'How many can be', 'sizeMax'],
  ] as const) {
    new Gauge({
      name,
      help,
      labelNames: ['certificate'],
      registers,
      collect() {
        for (const certificate of OWNERS) this.set({ certificate }, keptCertificates()[certificate][field]);
      },
    });
  }
}
