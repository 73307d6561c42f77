import type { Kysely } from 'kysely';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import type { PersonalDataCipher } from '../personal-data-cipher.js';
import { type KeptTable, keptTables } from './personal-data.js';
import { type Row, rowsOf } from './rows-of-member.js';

interface ExportOptions {
  readonly database: GatewayDatabase;
  readonly cipher: PersonalDataCipher;
  readonly member: string;
  readonly at: Date;
  /** A row with all in full that its table keeps elsewhere, or shorter. */
  readonly unfold: (kysely: Kysely<Tables>, row: Row) => Promise<Row>;
}

/**
 * All that is kept of a member as the text of one JSON document, piece by piece and in bounded memory. What is sealed is
 * opened; card numbers are kept nowhere, so cards are masked. Throws PersonalDataError.
 */
export async function exportMember(
  { database, cipher, member, at, unfold }: ExportOptions,
  write: (text: string) => Promise<void>,
): Promise<void> {
  await write(`{"member":${JSON.stringify(member)},"exportedAt":"${at.toISOString()}","kept":{`);
  await database.aside(async (kysely) => {
    for (const [place, kept] of keptTables.entries()) {
      await write(`${place === 0 ? '' : ','}${JSON.stringify(kept.section)}:[`);
      let isFirst = true;
      for await (const row of rowsOf(kysely, kept, member)) {
        const whole = await unfold(database.kysely, row);
        await write(`${isFirst ? '' : ','}${JSON.stringify(shown(whole, kept, cipher))}`);
        isFirst = false;
      }
      await write(']');
    }
  });
  await write('}}');
}

/** A row in the words of the interface: instants for milliseconds, what was sealed in clear, nothing that is empty. */
function shown(row: Row, { table, json = [], sealed = {}, hidden = [] }: KeptTable, cipher: PersonalDataCipher): Row {
  const told = Object.entries(row).flatMap(([column, value]): [string, unknown][] => {
    if (value === null || hidden.includes(column)) return [];
    const place = sealed[column];
    if (place !== undefined) {
      const text = cipher.open(String(value), { table, column, row: place.map((each) => String(row[each])).join(':') });
      return [[toCamelCase(column), parsed(text)]];
    }
    if (json.includes(column)) return [[toCamelCase(column), parsed(String(value))]];
    if (!column.endsWith('_ms')) return [[toCamelCase(column), value]];
    const name = column.slice(0, -'_ms'.length);
    return name in row ? [] : [[toCamelCase(name), new Date(Number(value)).toISOString()]];
  });
  return Object.fromEntries(told);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const toCamelCase = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
