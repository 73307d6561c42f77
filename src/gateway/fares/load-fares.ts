import type { z } from 'zod';
import { fieldIssues } from '../field-issues.js';
import { boxedCampaigns, boxedTariffs } from './boxed-fares.js';
import { type CampaignSet, campaignSetSchema } from './campaign-schema.js';
import { combineCampaigns } from './combine-campaigns.js';
import { FareError, type FareErrorCode } from './fare-error.js';
import { type FareFile, parseFareFile } from './fare-file.js';
import { metroNetwork } from './metro-network.js';
import { type Tariff, tariffSchema } from './tariff-schema.js';

/** A tariff of the box by its id, or one's own as an object. Throws {@link FareError}. */
export function loadTariff(idOrTariff: unknown): Tariff {
  return typeof idOrTariff === 'string' ? boxedTariff(idOrTariff) : toTariff({ value: idOrTariff });
}

/** A set of campaigns by its id, one's own as an object, or several of either. Throws {@link FareError}. */
export function loadCampaigns(idOrSet: unknown): CampaignSet {
  return Array.isArray(idOrSet) ? combineCampaigns(idOrSet.map(loadCampaignSet)) : loadCampaignSet(idOrSet);
}

/** A tariff from the text of a YAML or JSON file; errors name `file` and the line. Throws {@link FareError}. */
export function parseTariff(text: string, file?: string): Tariff {
  return toTariff(parseFareFile(text, 'tariff-invalid', file), file);
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

function toTariff(source: Source, file?: string): Tariff {
  const tariff = check(tariffSchema, source, 'tariff-invalid', file);
  checkNetwork(tariff, source, file);
  return tariff;
}

const toCampaigns = (source: Source, file?: string): CampaignSet =>
  check(campaignSetSchema, source, 'campaigns-invalid', file);

function check<T extends z.ZodType>(
  schema: T,
  { value, lineOf }: Source,
  code: FareErrorCode,
  file: string | undefined,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
    place: path.join('.') || 'the document',
    line: lineOf?.(path),
    message,
  }));
  throw new FareError(code, issues, file);
}

/** A journey between stations without a way between them would have no price. */
function checkNetwork({ metro }: Tariff, { lineOf }: Source, file: string | undefined): void {
  const from = metro?.lines[0]?.stations[0]?.station;
  if (metro === undefined || from === undefined) return;
  const network = metroNetwork(metro);
  for (const [index, { stations }] of metro.lines.entries()) {
    const to = stations[0]?.station ?? from;
    if (network.distance(from, to) !== undefined) continue;
    const path = ['metro', 'lines', index];
    const message = `no way from ${from} to ${to}: lines meet where both name one station`;
    throw new FareError('tariff-invalid', [{ place: path.join('.'), line: lineOf?.(path), message }], file);
  }
}
