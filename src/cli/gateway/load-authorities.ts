import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CommandError } from '../exit-codes.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The authorities of a file in PEM, with those that the environment names for every connection of the process. Throws
 * CommandError where there is none in it, or one that cannot be read.
 */
export async function loadAuthorities(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const texts = await Promise.all([path, ...(extra ? [extra] : [])].map((file) => readAuthorities(file)));
  return texts.join('\n');
}

async function readAuthorities(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CommandError('file-unreadable', `${path}: there is no such file, or it cannot be read`);
  });
  const found = text.match(CERTIFICATE) ?? [];
  try {
    if (found.length === 0) throw new Error('there is none');
    for (const certificate of found) new X509Certificate(certificate);
  } catch {
    throw new CommandError('file-unreadable', `${path}: certificates in PEM are wanted`);
  }
  return found.join('\n');
}
