import { z } from 'zod';

const hex = z.string().regex(/^([0-9A-Fa-f]{2})*$/, 'must be hex');
const statusWords = z.union([z.string(), z.array(z.string())]);

/** What a tag of an answer must be; a text is its whole value. */
const tagExpectation = z.union([
  z.string(),
  z.strictObject({
    value: z.string().optional(),
    present: z.boolean().optional(),
    mask: hex.optional(),
    unchangedMask: hex.optional(),
    template: z.boolean().optional(),
    minLength: z.int().optional(),
    equalsGetData: z.string().optional(),
    prefix: z.array(hex).optional(),
    aflRules: z.array(z.string()).optional(),
    multipleOf: z.int().optional(),
    max: z.int().optional(),
  }),
]);

const expectationSchema = z.strictObject({
  sw: statusWords.optional(),
  swNot: statusWords.optional(),
  tags: z.record(z.string(), tagExpectation).optional(),
  absent: z.array(z.string()).optional(),
  iad: z
    .strictObject({
      /** Hex, of which an `x` stands for any digit; one or a list. */
      cvr: z.union([z.string(), z.array(z.string())]).optional(),
      cvn: z.union([z.string(), z.array(z.string())]).optional(),
      alg: z.string().optional(),
      dki: z.string().optional(),
    })
    .optional(),
  cid: z.string().optional(),
  decision: z.enum(['TC', 'ARQC', 'AAC']).optional(),
  /** Hex, `unchanged` (as it was read before) or `AC of the GPO`. */
  value: z.string().optional(),
  length: z.int().optional(),
  /** Remembers the value under a name. */
  save: z.string().optional(),
  delta: z
    .strictObject({
      from: z.string(),
      minus: z.union([z.string(), z.number()]).optional(),
      plus: z.union([z.string(), z.number()]).optional(),
    })
    .optional(),
});

/** A value in hex or by name, or an amount made from what the card says. */
const terminalValue = z.union([
  z.string(),
  z.strictObject({
    fromCard: z.string(),
    plus: z.number().optional(),
    minus: z.number().optional(),
    minusCard: z.string().optional(),
    plusCard: z.string().optional(),
  }),
]);
const terminal = z.record(z.string(), terminalValue).default({});

const always = { expect: expectationSchema.default({}), note: z.string().optional() };
const step = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ do: z.literal(name), ...shape, ...always });

const number = z.union([z.int(), hex]);

/** A number as a step writes it: as such, or in hex. */
export const numberOf = (value: z.infer<typeof number>): number =>
  typeof value === 'number' ? value : Number.parseInt(value, 16);

const mac = z.enum(['valid', 'wrong', 'invalid', 'absent']).default('valid');
const recordFile = { p2: hex.optional(), sfi: number.optional() };
const proofs = {
  verifyAC: z.boolean().optional(),
  verifySDAD: z.enum(['fDDA00', 'fDDA01', 'DDA', 'CDA']).optional(),
};

export const stepSchema = z.discriminatedUnion('do', [
  step('reset', { interface: z.enum(['contact', 'contactless']).optional() }),
  step('selectPPSE', {}),
  step('selectPSE', {}),
  step('select', { aid: hex, occurrence: z.enum(['first', 'next']).default('first') }),
  step('gpo', {
    interface: z.enum(['contact', 'contactless']).default('contactless'),
    terminal,
    repeat: z.int().min(1).optional(),
    ...proofs,
  }),
  step('readAll', { ...proofs }),
  step('readRecord', { sfi: number, record: z.int().min(0).max(255) }),
  step('getData', { tag: z.union([hex, z.strictObject({ ranges: z.array(z.string()) })]) }),
  step('internalAuth', { data: hex.default('11223344'), ...proofs }),
  step('getChallenge', {}),
  step('genAC', {
    n: z.union([z.literal(1), z.literal(2)]),
    /** `TC+CDA` asks for a signature, as `cda` does. */
    request: z.string().regex(/^(?:TC|ARQC|AAC)(?:\s*[+|]\s*CDA)?$/),
    cda: z.boolean().default(false),
    terminal,
    ...proofs,
  }),
  step('verify', {
    p2: hex.default('80'),
    pin: z.union([z.enum(['right', 'wrong']), z.string().regex(/^\d{4,12}$/)]),
    times: z.union([z.int().min(1), z.literal('PTC')]).default(1),
  }),
  step('externalAuth', { arc: hex, arpc: z.enum(['valid', 'invalid', 'wrong', 'absent']) }),
  step('script', {
    command: z.string(),
    mac,
    value: z.string().optional(),
    /** Where the command does not say them. */
    tag: hex.optional(),
    sfi: number.optional(),
    record: z.int().min(0).max(255).optional(),
  }),
  /** `random`: the terminal's number for a card with a MAC of its own. */
  step('readCapp', { ...recordFile, id: hex, random: hex.optional() }),
  step('updateCapp', {
    ...recordFile,
    id: hex.optional(),
    length: z.int().optional(),
    data: hex.optional(),
    mac,
  }),
  step('appendRecord', {
    ...recordFile,
    id: z.string().optional(),
    length: z.int().optional(),
    data: hex.optional(),
    mac,
  }),
  step('getTransProve', { apdu: z.string().optional(), atc: hex.optional() }),
  step('apdu', {
    apdu: z.string(),
    vary: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  }),
  step('macro', { name: z.string() }),
]);

export type Step = z.infer<typeof stepSchema>;
export type StepOf<Name extends Step['do']> = Extract<Step, { do: Name }>;
export type Expectation = z.infer<typeof expectationSchema>;
export type TagExpectation = z.infer<typeof tagExpectation>;
export type TerminalValue = z.infer<typeof terminalValue>;

/** Over which interface the first transaction of a vector takes place. */
export function interfaceOfFirst(steps: readonly Step[]): 'contact' | 'contactless' {
  const first = steps.find((step): step is StepOf<'gpo' | 'genAC'> => step.do === 'gpo' || step.do === 'genAC');
  return first?.do === 'genAC' ? 'contact' : (first?.interface ?? 'contactless');
}

export const inputSchema = z.strictObject({
  /** Without one the suite's card as it is. */
  image: z.string().default(''),
  cardConfig: z.record(z.string(), z.unknown()),
  steps: z.array(z.unknown()),
});
