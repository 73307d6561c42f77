import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { type CampaignSet, campaignSetSchema } from './campaign-schema.js';
import campaigns2015 from './data/campaigns-ningbo-2015.yaml';
import campaigns2016 from './data/campaigns-ningbo-2016.yaml';
import tariff2015 from './data/tariff-ningbo-2015.yaml';
import { FareError, type FareErrorCode } from './fare-error.js';
import { metroNetwork } from './metro-network.js';
import { type Tariff, tariffSchema } from './tariff-schema.js';

const tariffs: Readonly<Record<string, string>> = { 'ningbo-2015': tariff2015 };
const campaignSets: Readonly<Record<string, string>> = {
  'ningbo-2015': campaigns2015,
  'ningbo-2016': campaigns2016,
};

/** A tariff of the box by its id, or one's own as an object. Throws {@link FareError}. */
export function loadTariff(idOrTariff: unknown): Tariff {
  const value = typeof idOrTariff === 'string' ? inTheBox(tariffs, idOrTariff, 'tariff-unknown') : idOrTariff;
  const tariff = check(tariffSchema, value, 'tariff-invalid');
  checkNetwork(tariff);
  return tariff;
}

/** A set of campaigns by its id, one's own as an object, or several of either. Throws {@link FareError}. */
export function loadCampaigns(idOrSet: unknown): CampaignSet {
  return Array.isArray(idOrSet) ? combine(idOrSet.map(loadCampaignSet)) : loadCampaignSet(idOrSet);
}

function loadCampaignSet(idOrSet: unknown): CampaignSet {
  const value = typeof idOrSet === 'string' ? inTheBox(campaignSets, idOrSet, 'campaigns-unknown') : idOrSet;
  return check(campaignSetSchema, value, 'campaigns-invalid');
}

/** Reads a tariff or campaign file (YAML or JSON); the error of a wrong one names the line. */
export function parseFareFile(text: string, code: FareErrorCode): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new FareError(code, withoutPlace(error.message), `line ${error.linePos?.[0].line ?? '?'}`);
  try {
    return document.toJS();
  } catch (wrongAlias) {
    throw new FareError(code, wrongAlias instanceof Error ? wrongAlias.message : 'an alias that leads nowhere');
  }
}

/** The parser's message says the place once more, and quotes the line. */
const withoutPlace = (message: string): string => message.replace(/ at line \d+, column \d+:.*$/s, '');

function inTheBox(box: Readonly<Record<string, string>>, id: string, code: FareErrorCode): unknown {
  if (!Object.hasOwn(box, id)) throw new FareError(code, `${id}; in the box: ${Object.keys(box).join(', ')}`);
  return parseFareFile(box[id] ?? '', code);
}

function check<T extends z.ZodType>(schema: T, value: unknown, code: FareErrorCode): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FareError(code, issue?.message ?? 'invalid', issue?.path.join('.') || 'the document');
}

/** A journey between stations without a way between them would have no price. */
function checkNetwork({ metro }: Tariff): void {
  const from = metro?.lines[0]?.stations[0]?.station;
  if (metro === undefined || from === undefined) return;
  const network = metroNetwork(metro);
  for (const [index, { stations }] of metro.lines.entries()) {
    const to = stations[0]?.station ?? from;
    if (network.distance(from, to) !== undefined) continue;
    throw new FareError('tariff-invalid', `no way from ${from} to ${to}`, `metro.lines.${index}`);
  }
}

function combine(sets: readonly CampaignSet[]): CampaignSet {
  const combined: CampaignSet = {
    id: sets.map(({ id }) => id).join('+') || 'none',
    holidays: [...new Set(sets.flatMap(({ holidays }) => holidays))].sort(),
    campaigns: sets.flatMap(({ campaigns }) => campaigns),
  };
  return check(campaignSetSchema, combined, 'campaigns-invalid');
}
