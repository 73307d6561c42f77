import { type Compilable, type CompiledQuery, createQueryId, type Kysely, type QueryResult } from 'kysely';
import type { Question } from './libsql/file-connection.js';
import type { Tables } from './tables.js';

/** Stands in a query for a value that is handed in when it runs. */
class HandedIn {
  constructor(readonly name: string) {}
}

const handedIn = new Proxy({}, { get: (_target, name) => new HandedIn(String(name)) });

type BuildQuery<Values, Row> = (kysely: Kysely<Tables>, values: Values) => Compilable<Row>;
export type RunStatement<Values extends object, Row> = (
  kysely: Kysely<Tables>,
  values: Values,
) => Promise<QueryResult<Row>>;
export type RunQuery<Values extends object, Row> = (kysely: Kysely<Tables>, values: Values) => Promise<Row[]>;

/**
 * A query that is put together once for each database and then run any number of times: for a group of taps, putting
 * queries together costs as much as running them. `build` may pass its values on into the query and do nothing else
 * with them. Values that come as an array are all that the query takes, in their order.
 *
 * @example
 * const closedDays = prepareQuery((kysely, { from }: { from: string }) =>
 *   kysely.selectFrom('service_days').select('service_day').where('service_day', '>=', from));
 * await closedDays(transaction, { from: '2015-10-03' });
 */
export const prepareQuery = <Values extends object, Row>(build: BuildQuery<Values, Row>): RunQuery<Values, Row> =>
  rowsOf(prepareStatement(build));

/**
 * The same of a query whose rows hold neither bytes nor fractions: the embedded database gives them as one text where it
 * can, which takes half as long as a value at a time (docs/decisions/0068).
 */
export const prepareReading = <Values extends object, Row>(build: BuildQuery<Values, Row>): RunQuery<Values, Row> =>
  rowsOf(prepareStatement(build, { isOneText: true }));

function rowsOf<Values extends object, Row>(run: RunStatement<Values, Row>): RunQuery<Values, Row> {
  return async (kysely, values) => (await run(kysely, values)).rows;
}

/** {@link prepareQuery} of a statement of which is asked how many rows it changed. */
export function prepareStatement<Values extends object, Row>(
  build: BuildQuery<Values, Row>,
  way: Pick<Question, 'isOneText'> = {},
): RunStatement<Values, Row> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (kysely, values) => {
    const { adapter } = kysely.getExecutor();
    const query = compiled.get(adapter) ?? build(kysely, handedIn as Values).compile();
    compiled.set(adapter, query);
    const parameters = Array.isArray(values)
      ? values
      : query.parameters.map((value) => (value instanceof HandedIn ? values[value.name as keyof Values] : value));
    return kysely.executeQuery<Row>({ ...query, ...way, parameters, queryId: createQueryId() });
  };
}
