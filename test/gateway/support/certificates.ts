import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

let serial = 1;

interface Way {
  /** What it is a certificate of besides; this machine where nothing is said. */
  readonly host?: string;
  /** Days from now until it ends; below zero: it has ended. */
  readonly days?: number;
}

/** A certificate for a name, signed by an authority or by itself. */
export function makeCertificate(name: string, authority?: Certificate, { host, days = 1 }: Way = {}): Certificate {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  made.serialNumber = `0${(serial++).toString(16)}`.slice(-2);
  made.validity.notBefore = new Date(Date.now() - 3 * 86_400_000);
  made.validity.notAfter = new Date(Date.now() + days * 86_400_000);
  const subject = [{ name: 'commonName', value: name }];
  made.setSubject(subject);
  made.setIssuer(authority ? forge.pki.certificateFromPem(authority.certificate).subject.attributes : subject);
  made.setExtensions([
    { name: 'basicConstraints', cA: authority === undefined },
    {
      name: 'subjectAltName',
      altNames:
        host === undefined
          ? [
              { type: 7, ip: '127.0.0.1' },
              { type: 2, value: 'localhost' },
            ]
          : [{ type: 2, value: host }],
    },
  ]);
  made.sign(forge.pki.privateKeyFromPem(authority?.key ?? pair.privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(made), key: pair.privateKey };
}
