import type { z } from 'zod';
import { fieldIssues } from '../field-issues.js';
import { boxedCalendars, boxedCampaigns, boxedTariffSets, boxedTariffs } from './boxed-fares.js';
import { type CampaignSet, campaignSetSchema } from './campaign-schema.js';
import { combineCampaigns } from './combine-campaigns.js';
import { FareError, type FareErrorCode, type FareIssue } from './fare-error.js';
import { type FareFile, parseFareFile } from './fare-file.js';
import { mergePatch } from './merge-patch.js';
import { metroNetwork } from './metro-network.js';
import { type Tariff, tariffSchema } from './tariff-schema.js';
import { combineTariffs, type TariffSet } from './tariff-set.js';
import { boxedCalendar, withCalendars } from './with-calendars.js';

/** A tariff of the box by its id, or one's own as an object. Throws {@link FareError}. */
export function loadTariff(idOrTariff: unknown): Tariff {
  return typeof idOrTariff === 'string' ? boxedTariff(idOrTariff) : toTariff({ value: idOrTariff });
}

/**
 * Versions of a tariff, each for its days: the id of a city or of a tariff in the box, one's own as an object, or several
 * of either. One's own may be based on another of the list. Throws {@link FareError}.
 */
export function loadTariffs(given: unknown): TariffSet {
  const listed: readonly unknown[] = Array.isArray(given) ? given : [given];
  const sources = listed.flatMap((each): readonly unknown[] =>
    isTariffSetId(each) ? (boxedTariffSets[each] ?? []) : [each],
  );
  const own = sources.filter((source) => typeof source !== 'string');
  const tariffs = sources.map((source) =>
    typeof source === 'string' ? boxedTariff(source) : toTariff({ value: source }, { bases: own }),
  );
  return combineTariffs(tariffs, typeof given === 'string' ? given : undefined);
}

/** Whether it names all versions of a city's tariff. */
export const isTariffSetId = (given: unknown): given is string =>
  typeof given === 'string' && Object.hasOwn(boxedTariffSets, given);

/** A set of campaigns by its id, one's own as an object, or several of either. Throws {@link FareError}. */
export function loadCampaigns(idOrSet: unknown): CampaignSet {
  return Array.isArray(idOrSet) ? combineCampaigns(idOrSet.map(loadCampaignSet)) : loadCampaignSet(idOrSet);
}

/** Tariffs on which another may be based, as they stand in their files, beside those of the box. */
interface Bases {
  readonly bases?: readonly unknown[];
}

/** A tariff from the text of a YAML or JSON file; errors name `file` and the line. Throws {@link FareError}. */
export function parseTariff(text: string, file?: string): Tariff {
  return toTariff(parseFareFile(text, 'tariff-invalid', file), { file });
}

/**
 * Tariffs from the texts of files, of which one may be based on another; of the first `count` of them. Throws
 * {@link FareError}.
 */
export function parseTariffFiles(
  files: readonly { readonly file: string; readonly text: string }[],
  count = files.length,
): Tariff[] {
  const sources = files.map(({ file, text }) => ({ file, source: parseFareFile(text, 'tariff-invalid', file) }));
  const bases = sources.map(({ source }) => source.value);
  return sources.slice(0, count).map(({ file, source }) => toTariff(source, { file, bases }));
}

/** A set of campaigns from the text of a YAML or JSON file; as {@link parseTariff}. */
export function parseCampaigns(text: string, file?: string): CampaignSet {
  return toCampaigns(parseFareFile(text, 'campaigns-invalid', file), file);
}

const loadCampaignSet = (idOrSet: unknown): CampaignSet =>
  typeof idOrSet === 'string' ? boxedCampaignSet(idOrSet) : toCampaigns({ value: idOrSet });

const boxedTariff = (id: string): Tariff => parseTariff(inTheBox(boxedTariffs, id, 'tariff-unknown'));
const boxedCampaignSet = (id: string): CampaignSet => parseCampaigns(inTheBox(boxedCampaigns, id, 'campaigns-unknown'));

function inTheBox(box: Readonly<Record<string, string>>, id: string, code: FareErrorCode): string {
  const text = Object.hasOwn(box, id) ? box[id] : undefined;
  if (text !== undefined) return text;
  throw new FareError(code, [{ message: `${id}; in the box: ${Object.keys(box).join(', ')}` }]);
}

/** What is to be checked, and the lines where it came from a file. */
type Source = Pick<FareFile, 'value'> & Partial<FareFile>;

function toTariff(source: Source, { file, bases = [] }: Bases & { readonly file?: string | undefined } = {}): Tariff {
  const whole = { ...source, value: onItsBase(source, bases, file) };
  const tariff = check(tariffSchema, whole, 'tariff-invalid', file);
  checkNetwork(tariff, whole, file);
  return tariff;
}

/** What a tariff is called and when it holds is its own, whatever it is based on. */
const OWN_FIELDS = ['id', 'name', 'nameZh', 'version', 'from', 'to', 'source', 'assumption', 'basedOn'];

function onItsBase({ value, ...places }: Source, bases: readonly unknown[], file: string | undefined): unknown {
  const id = fieldOf(value, 'basedOn');
  if (typeof id !== 'string') return value;
  const text = Object.hasOwn(boxedTariffs, id) ? boxedTariffs[id] : undefined;
  const own = bases.find((base) => fieldOf(base, 'id') === id && base !== value);
  const base = text === undefined ? own : parseFareFile(text, 'tariff-invalid').value;
  if (!isObject(base) || fieldOf(base, 'basedOn') !== undefined) {
    const known = base === undefined ? 'there is no such tariff' : 'it is based on another itself';
    throw new FareError('tariff-invalid', [issueAt(['basedOn'], `${id}: ${known}`, places)], file);
  }
  const shared = Object.entries(base).filter(([field]) => !OWN_FIELDS.includes(field));
  return mergePatch(Object.fromEntries(shared), value);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const fieldOf = (value: unknown, field: string): unknown =>
  isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;

function toCampaigns(source: Source, file?: string): CampaignSet {
  const set = check(campaignSetSchema, source, 'campaigns-invalid', file);
  const unknown = (set.calendars ?? []).findIndex((id) => !boxedCalendar(id));
  if (unknown >= 0) {
    const message = `${set.calendars?.[unknown]}; calendars in the box: ${Object.keys(boxedCalendars).join(', ')}`;
    throw new FareError('campaigns-invalid', [issueAt(['calendars', unknown], message, source)], file);
  }
  return withCalendars(set);
}

const issueAt = (
  path: readonly PropertyKey[],
  message: string,
  { lineOf, columnOf }: Partial<FareFile>,
): FareIssue => ({
  place: path.join('.') || 'the document',
  line: lineOf?.(path),
  ...(columnOf && { column: columnOf(path) }),
  message,
});

function check<T extends z.ZodType>(
  schema: T,
  source: Source,
  code: FareErrorCode,
  file: string | undefined,
): z.infer<T> {
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(source.value, parsed.error).map(({ path, message }) => issueAt(path, message, source));
  throw new FareError(code, issues, file);
}

/** A journey between stations without a way between them would have no price. */
function checkNetwork({ metro }: Tariff, source: Source, file: string | undefined): void {
  const from = metro?.lines[0]?.stations[0]?.station;
  if (metro === undefined || from === undefined) return;
  const network = metroNetwork(metro);
  for (const [index, { stations }] of metro.lines.entries()) {
    const to = stations[0]?.station ?? from;
    if (network.distance(from, to) !== undefined) continue;
    const message = `no way from ${from} to ${to}: lines meet where both name one station`;
    throw new FareError('tariff-invalid', [issueAt(['metro', 'lines', index], message, source)], file);
  }
}
