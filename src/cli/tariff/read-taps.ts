import { parse } from 'yaml';
import { z } from 'zod';
import { issueText } from '../../../emv/schema-issues.js';
import type { FareCard, FareTap } from '../../gateway/fares/index.js';
import { placeSchema, services, tapEvents } from '../../tap/index.js';
import { CommandError } from '../exit-codes.js';
import { readNamedFile } from '../read-named-file.js';

const instant = z.iso.datetime({ offset: true });

const tapSchema = z.strictObject({
  service: z.enum(services),
  event: z.enum(tapEvents),
  place: placeSchema.default({}),
  at: instant,
  amountFen: z.int().min(0).default(0),
});

const cardSchema = z.strictObject({
  generation: z.enum(['pboc2', 'pboc3']).default('pboc3'),
  member: z.boolean().default(false),
  categories: z.array(z.string()).default([]),
  certifications: z.array(z.strictObject({ year: z.int(), at: instant, by: z.enum(['self', 'officer']) })).default([]),
  states: z
    .array(z.strictObject({ state: z.enum(['inactive', 'active', 'lost', 'closed']), from: instant }))
    .default([]),
});

const fileSchema = z.union([
  z.array(tapSchema),
  z.strictObject({ card: cardSchema.optional(), taps: z.array(tapSchema) }),
]);

export interface TapsToPrice {
  readonly card?: FareCard | undefined;
  readonly taps: readonly FareTap[];
}

/** A file of taps, YAML or JSON, `-` for the pipe: a list, or a card with its taps. Throws {@link CommandError}. */
export async function readTaps(file: string): Promise<TapsToPrice> {
  const text = new TextDecoder().decode(await readNamedFile(file));
  const value = fromYaml(text, file);
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const plain = Array.isArray(value)
      ? z.array(tapSchema).safeParse(value)
      : z.object({ taps: z.array(tapSchema), card: cardSchema.optional() }).safeParse(value);
    const [issue] = plain.success ? parsed.error.issues : plain.error.issues;
    throw new CommandError('taps-invalid', `${file}: ${issueText(value, issue!, 'the file')}`);
  }
  const { card, taps } = Array.isArray(parsed.data) ? { card: undefined, taps: parsed.data } : parsed.data;
  return { card, taps: taps.map((tap, index) => ({ ...tap, id: String(index + 1).padStart(6, '0') })) };
}

function fromYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new CommandError('taps-invalid', `${file}: ${error instanceof Error ? error.message : 'not YAML'}`);
  }
}
