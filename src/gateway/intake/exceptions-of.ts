import {
  countOpenExceptions,
  type ExceptionPage,
  type ExceptionQuery,
  readException,
  readExceptions,
  resolveException,
} from '../exceptions/index.js';
import { serviceDayOf } from '../fares/index.js';
import type { Intake } from './intake.js';
import type { IntakeOptions } from './intake-options.js';
import { checkLimit, readCursor, toPage } from './page.js';
import { tapRefusals } from './tap-refusals.js';

const meaningOf = (code: string): string | undefined =>
  Object.hasOwn(tapRefusals, code) ? tapRefusals[code as keyof typeof tapRefusals].meaning : undefined;

/** What of an intake is about exceptions. */
export function exceptionsOf({
  database: { kysely },
  clock,
  tariff,
}: IntakeOptions): Pick<Intake, 'countExceptions' | 'exception' | 'exceptions' | 'resolveException'> {
  const today = () => serviceDayOf(tariff, clock().toISOString());
  const exception: Intake['exception'] = (id) => readException(kysely, id, { today: today(), meaningOf });
  return {
    exception,
    countExceptions: () => countOpenExceptions(kysely, today()),
    async exceptions({ after, ...query }: ExceptionQuery): Promise<ExceptionPage> {
      const limit = checkLimit(query.limit);
      const cursor = after === undefined ? undefined : readCursor(after);
      const read = { query, limit: limit + 1, after: cursor, today: today(), meaningOf };
      const found = await readExceptions(kysely, read);
      const { rows, next } = toPage(found, limit, ({ receivedAt, id }) => ({ atMs: Date.parse(receivedAt), id }));
      return { exceptions: rows, ...(next !== undefined && { next }) };
    },
    async resolveException(id, { note, by }) {
      await resolveException(kysely, id, { note, by, at: clock() });
      return exception(id);
    },
  };
}
