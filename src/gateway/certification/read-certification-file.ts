import { memberNumberSchema } from '../membership/index.js';
import { type NamedRow, readNamedRows, type SheetSource, TableError } from '../sheets/index.js';
import type { CertificationWish } from './apply-certifications.js';
import columnNames from './certification-columns.json';
import { confirmedFieldsSchema } from './confirmed-fields.js';

type Column = keyof typeof columnNames;

/** One row of a file: whom it certifies, or which columns are wrong. */
export type FileWish =
  | { readonly line: number; readonly wish: CertificationWish }
  | { readonly line: number; readonly member?: string; readonly wrong: readonly string[] };

/** The file as a whole cannot be read. */
export class CertificationFileError extends Error {
  override readonly name = 'CertificationFileError';
  readonly code = 'file-malformed';

  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

const ROWS_MAX = 20_000;
const SEX: Readonly<Record<string, string>> = { 男: 'male', 女: 'female' };

/**
 * Whom a unit's list certifies, a workbook or CSV. Its columns, in English or Chinese and in any order: `member`, and what
 * is corrected; an empty cell confirms what is in the register. Throws {@link CertificationFileError}.
 */
export async function readCertificationFile(source: SheetSource): Promise<readonly FileWish[]> {
  try {
    const rows = await readNamedRows(source, { headings: columnNames, keys: ['member'], rowsMax: ROWS_MAX });
    return rows.map(toWish);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new CertificationFileError(error.line ?? 1, error.message);
  }
}

function toWish({ line, values, rounded }: NamedRow<Column>): FileWish {
  const { member, sex, ...others } = values;
  const parsedMember = memberNumberSchema.safeParse(member);
  const fields = confirmedFieldsSchema.safeParse({ ...others, ...(sex !== undefined && { sex: SEX[sex] ?? sex }) });
  if (parsedMember.success && fields.success && rounded.length === 0) {
    return { line, wish: { member: parsedMember.data, said: fields.data } };
  }
  const wrong = fields.success ? [] : fields.error.issues.map(({ path }) => String(path[0]));
  return {
    line,
    ...(parsedMember.success && { member: parsedMember.data }),
    wrong: [...new Set([...(parsedMember.success ? [] : ['member']), ...rounded, ...wrong])],
  };
}
