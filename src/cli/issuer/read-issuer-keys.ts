import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { fromHex } from '../../../emv/index.js';
import { issueText } from '../../../emv/schema-issues.js';
import { createIssuer, type Issuer } from '../../../simulator/index.js';
import { CommandError } from '../exit-codes.js';
import { namePath } from '../name-path.js';

const key = z
  .string()
  .regex(/^[0-9A-Fa-f]{32}$/, '16 bytes in hex')
  .transform(fromHex);

const schema = z.strictObject({
  issuers: z
    .array(
      z.strictObject({
        issuerIdentifier: z.string().regex(/^\d{4,12}$/, 'the first 4 to 12 digits of the card numbers, in quotes'),
        algorithm: z.enum(['3des', 'sm4']),
        keyDerivationIndex: z.int().min(0).max(255).exactOptional(),
        derivation: z.enum(['option-a', 'option-b']).exactOptional(),
        hasOddParity: z.boolean().exactOptional(),
        masterKeys: z.strictObject({ applicationCryptogram: key, messageAuthentication: key, encipherment: key }),
      }),
    )
    .min(1),
  zonePinKey: key.exactOptional(),
  counterGapMaximum: z.int().min(1).max(65_535).exactOptional(),
});

/** An issuer's keys from YAML or JSON, the fields named as in `IssuerKeySet`. Throws {@link CommandError}, without a key in it. */
export async function readIssuerKeys(path: string): Promise<Issuer> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    namePath(error, path);
    throw new CommandError('file-unreadable', error.message);
  });
  const document = parseDocument(text, { prettyErrors: false });
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const { issuers, zonePinKey, counterGapMaximum } = parsed.data;
    return createIssuer({
      keySets: issuers,
      ...(zonePinKey && { zonePinKey }),
      ...(counterGapMaximum !== undefined && { policy: { counterGapMaximum } }),
    });
  }
  const what = document.errors.length > 0 ? 'no YAML or JSON' : issueText(value, parsed.error.issues[0]!, 'the file');
  throw new CommandError('issuer-keys-invalid', `${path}: ${what}`, undefined, 'A file that is right: docs/issuer.md');
}
