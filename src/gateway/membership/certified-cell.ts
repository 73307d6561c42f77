import { shanghaiYear } from '../../calendar/shanghai.js';
import { type Certification, certificationSchema } from './member-record.js';

const YEAR = /^\d{4}$/;
/** An instant with who did it and, where it is not the year of the instant, the year before it. */
const DONE_AT = /^(?:(\d{4})@)?(\d{4}-[^/@]+)\/(self|officer)$/;

/**
 * The cell `certified` of a member file: certifications with semicolons between them. `2015` is by an officer for the
 * whole year; `2016-02-01T10:00:00+08:00/self` for the year of that instant in Shanghai, from that instant on;
 * `2016@2015-12-28T09:00:00+08:00/officer` for another year. `undefined` where a part is none of these.
 */
export function parseCertifiedCell(cell: string): Certification[] | undefined {
  const certifications: Certification[] = [];
  for (const part of cell.split(';').map((item) => item.trim())) {
    if (part === '') continue;
    const parsed = certificationSchema.safeParse(toCertification(part));
    if (!parsed.success) return undefined;
    certifications.push(parsed.data);
  }
  return certifications;
}

function toCertification(part: string): unknown {
  if (YEAR.test(part)) return { year: Number(part), at: `${part}-01-01T00:00:00+08:00`, by: 'officer' };
  const [, year, at = '', by] = DONE_AT.exec(part) ?? [];
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return undefined;
  return { year: Number(year ?? shanghaiYear(instant)), at, by };
}
