import { z } from 'zod';

/** What is expected of these kinds stands in their steps. */
const KINDS_WITH_STEPS: ReadonlySet<string> = new Set(['card']);

export const vectorSchema = z
  .object({
    id: z.string().min(1),
    kind: z.string().min(1),
    title: z.string().optional(),
    input: z.record(z.string(), z.unknown()),
    expect: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ kind, expect }) => expect !== undefined || KINDS_WITH_STEPS.has(kind), {
    path: ['expect'],
    message: 'must say what is expected',
  })
  .transform(({ expect, ...vector }) => ({ ...vector, expect: expect ?? {} }));

export const vectorFileSchema = z.object({
  suite: z.string().min(1),
  source: z.string().optional(),
  /** What short forms in the vectors mean, and values they leave out. */
  about: z.record(z.string(), z.unknown()).optional(),
  /** Lists of steps that vectors call by name. */
  macros: z.record(z.string(), z.array(z.unknown())).optional(),
  vectors: z.array(vectorSchema),
});

export type Vector = z.infer<typeof vectorSchema>;
export type VectorFile = z.infer<typeof vectorFileSchema>;

/** One field that came out otherwise than the vector expects; `path` as in `journeys[0].netFen`. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Runs one vector of a kind. Fields that `expect` does not name are free. No difference: it passed. */
export type VectorRunner = (
  input: Vector['input'],
  expect: Vector['expect'],
  file?: Pick<VectorFile, 'about' | 'macros'>,
) => readonly Difference[] | Promise<readonly Difference[]>;
