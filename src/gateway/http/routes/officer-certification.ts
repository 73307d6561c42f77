import { z } from 'zod';
import {
  CertificationFileError,
  type CertificationOptions,
  type CertificationOutcome,
  certifyByOfficer,
  confirmedFieldsSchema,
  type FileWish,
  isYearOpen,
  readCertificationFile,
  readConfirmations,
  refusalCodes,
  refusalWords,
  yearToCertify,
} from '../../certification/index.js';
import { certificationFields, certificationSchema, memberNumberSchema } from '../../membership/index.js';
import { isReachable } from '../../people/index.js';
import { CSV, type SheetSource, sheetFormats, XLSX } from '../../sheets/index.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { mediaTypeOf } from '../read-stream.js';
import { readWhole } from '../read-whole.js';
import { type Answer, type Route, route } from '../route.js';

const MEMBERS_MAX = 1000;
const FILE_BYTES_MAX = 8 * 1024 * 1024;

const year = certificationSchema.shape.year;

const membersSchema = z
  .strictObject({
    year: year.optional().describe('This year, or the next once it is open, if not told'),
    members: z
      .array(z.strictObject({ member: memberNumberSchema, ...confirmedFieldsSchema.shape }))
      .min(1)
      .max(MEMBERS_MAX),
  })
  .describe('Members whom an officer certifies; what is left out of one is confirmed as it is in the register');

const rowSchema = z
  .object({
    row: z.int().describe('Its place in the list, from 1; in a file its line'),
    member: z.string().optional(),
    result: z.enum(['certified', 'corrected', 'unchanged', 'refused']),
    changed: z.array(z.enum(certificationFields)).optional().describe('What was corrected'),
    code: z.enum(refusalCodes).optional().describe('Why it was refused'),
    fields: z.array(z.string()).optional().describe('What is missing, or wrong'),
    text: z.string().optional(),
    textZh: z.string().optional(),
  })
  .describe('What became of one member');

const count = z.int().min(0);

const answerSchema = z
  .object({
    year: z.int(),
    counts: z.object({ certified: count, corrected: count, unchanged: count, refused: count }),
    rows: z.array(rowSchema).describe('In the order of the list'),
  })
  .describe('Row by row: good ones are done, whatever became of the others');

type Row = z.infer<typeof rowSchema>;

const valuesSchema = z.partialRecord(z.enum(certificationFields), z.string());

const confirmationSchema = z.object({
  year: z.int(),
  by: z.enum(['self', 'officer']),
  actor: z.string().describe('`self`, `key:…`, `account:…`'),
  certified: z.boolean().describe('Whether it certified the member; else the member was certified already'),
  changed: z.array(z.enum(certificationFields)),
  before: valuesSchema.optional().describe('Of what has changed'),
  after: valuesSchema.optional(),
  recordedAt: z.string(),
});

/** Certification by officers of unions: as far as each reaches, and row by row. */
export function officerCertificationRoutes(options: CertificationOptions): Route[] {
  const common = { tag: 'certification', access: 'people' } as const;
  const certify = async (
    principal: Principal,
    asked: number | undefined,
    list: readonly FileWish[],
  ): Promise<Answer> => {
    const at = options.clock();
    const chosen = asked ?? yearToCertify(options.policy, at);
    if (!isYearOpen(options.policy, chosen, at))
      throw new Problem('certification-not-open', { detail: String(chosen) });
    const good = list.flatMap((each) => ('wish' in each ? [each.wish] : []));
    const who = { year: chosen, actor: actorOf(principal), reach: reachOf(principal) };
    const outcomes = await certifyByOfficer(options, { ...who, wishes: good });
    let next = 0;
    const rows = list.map((each) => ('wish' in each ? toRow(each.line, outcomes[next++]!) : wrongRow(each)));
    const counts = { certified: 0, corrected: 0, unchanged: 0, refused: 0 };
    for (const { result } of rows) counts[result] += 1;
    return { status: 200, body: { year: chosen, counts, rows }, log: counts };
  };
  return [
    route({
      ...common,
      method: 'post',
      path: '/v1/certifications/officer',
      operationId: 'certifyByOfficer',
      summary: 'Certify members, each for itself, and confirm or correct what the register has of them',
      scope: 'certifications:write',
      body: { schema: membersSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'What became of each', schema: answerSchema } },
      problems: ['certification-not-open'],
      handle: ({ body, principal }) =>
        certify(
          principal,
          body.year,
          body.members.map(({ member, ...said }, index) => ({ line: index + 1, wish: { member, said } })),
        ),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/certifications/officer/file',
      operationId: 'certifyFileByOfficer',
      summary: 'The same from a unit’s list, a workbook or CSV: member, and columns for what is corrected',
      scope: 'certifications:write',
      query: z.strictObject({ year: z.coerce.number().pipe(year).optional() }),
      body: {
        schema: z.string().describe('UTF-8, UTF-16 or GB18030, with comma, semicolon or tab'),
        mediaType: CSV,
        others: { [XLSX]: z.string().describe('A workbook: its first sheet') },
        isRaw: true,
      },
      responses: { 200: { description: 'What became of each row', schema: answerSchema } },
      problems: ['certification-not-open', 'members-invalid'],
      async handle({ request, principal, query }) {
        const format = sheetFormats[mediaTypeOf(request) ?? ''];
        if (!format) throw new Problem('media-type-unsupported', { detail: `${XLSX} or ${CSV}` });
        const bytes = await readWhole(request, FILE_BYTES_MAX);
        return certify(principal, query.year, await wishesOf({ format, bytes }));
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/members/{member}/confirmations',
      operationId: 'listConfirmations',
      summary: 'Who confirmed or corrected what of a member, and when; mobile numbers and addresses masked',
      scope: 'members:read',
      audit: 'read',
      params: z.strictObject({ member: memberNumberSchema }),
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(100).default(100),
        reveal: z
          .enum(['true', 'false'])
          .default('false')
          .describe('Values in full: needs members:reveal, but for the member'),
      }),
      responses: {
        200: { description: 'The last first', schema: z.object({ confirmations: z.array(confirmationSchema) }) },
      },
      problems: ['not-found'],
      async handle({ params: { member }, query: { limit, reveal }, principal }) {
        const { kysely } = options.database;
        if (reveal === 'true' && reachOf(principal).kind !== 'member' && !principal.scopes.has('members:reveal')) {
          throw new Problem('scope-missing', { extensions: { scope: 'members:reveal' } });
        }
        if (!(await isReachable(kysely, reachOf(principal), member))) throw new Problem('not-found');
        const wish = { limit, isRevealed: reveal === 'true' };
        return { status: 200, body: { confirmations: await readConfirmations(kysely, options, member, wish) } };
      },
    }),
  ];
}

async function wishesOf(source: SheetSource): Promise<readonly FileWish[]> {
  try {
    return await readCertificationFile(source);
  } catch (error) {
    if (!(error instanceof CertificationFileError)) throw error;
    const { line, message } = error;
    throw new Problem('members-invalid', {
      detail: message,
      errors: [{ pointer: '', code: error.code, message, line }],
    });
  }
}

function toRow(row: number, outcome: CertificationOutcome): Row {
  const { member, result } = outcome;
  if (outcome.result !== 'refused') return { row, member, result, changed: [...outcome.changed] };
  const { code, missing } = outcome;
  return { row, member, result, code, ...(missing && { fields: [...missing] }), ...refusalWords(code, missing) };
}

const wrongRow = ({ line, member, wrong }: Extract<FileWish, { wrong: readonly string[] }>): Row => ({
  row: line,
  ...(member !== undefined && { member }),
  result: 'refused',
  code: 'row-invalid',
  fields: [...wrong],
  ...refusalWords('row-invalid', wrong),
});
