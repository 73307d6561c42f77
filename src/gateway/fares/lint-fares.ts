import { dayAfter, weekdayOf } from '../../calendar/day.js';
import { formatYuan } from '../../tap/index.js';
import type { Campaign, CampaignSet } from './campaign-schema.js';
import { metroNetwork } from './metro-network.js';
import type { Tariff } from './tariff-schema.js';
import { workCalendar } from './work-calendar.js';

/** Something that is allowed and hardly meant. */
export interface FareLint {
  readonly code: 'band-unreachable' | 'cap-without-service' | 'campaign-never-applies' | 'holiday-outside';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Rows of a tariff that no journey reaches. */
export function lintTariff(tariff: Tariff): FareLint[] {
  return [...lintBands(tariff), ...lintCaps(tariff)];
}

function lintBands({ metro }: Tariff): FareLint[] {
  if (!metro) return [];
  const network = metroNetwork(metro);
  const stations = metro.lines.flatMap((line) => line.stations.map(({ station }) => station));
  const longestM = Math.max(
    ...stations.map((from) => Math.max(...stations.map((to) => network.distance(from, to) ?? 0))),
  );
  return metro.bands.flatMap(({ fareFen }, index): FareLint[] => {
    const fromM = metro.bands[index - 1]?.uptoM ?? -1;
    if (fromM < longestM) return [];
    const message = `no journey reaches this band of ${formatYuan(fareFen)} yuan: the longest is ${longestM} m`;
    return [{ code: 'band-unreachable', path: ['metro', 'bands', index], message }];
  });
}

function lintCaps(tariff: Tariff): FareLint[] {
  return tariff.caps.flatMap(({ service }, index): FareLint[] => {
    if (service === 'retail' || service === 'cinema' || tariff[service]) return [];
    const message = `a cap for ${service}, for which the tariff has no fares`;
    return [{ code: 'cap-without-service', path: ['caps', index], message }];
  });
}

/** Campaigns that never give anything, and days that concern none. */
export function lintCampaigns(set: CampaignSet, ownHolidays: readonly string[] = []): FareLint[] {
  const never = set.campaigns.flatMap((campaign, index): FareLint[] => {
    const why = whyNever(campaign, set);
    if (!why) return [];
    return [{ code: 'campaign-never-applies', path: ['campaigns', index], message: `never applies: ${why}` }];
  });
  const outside = ownHolidays.flatMap((day, index): FareLint[] => {
    if (set.campaigns.some(({ from, to }) => from <= day && day <= to)) return [];
    return [{ code: 'holiday-outside', path: ['holidays', index], message: `${day} is in the days of no campaign` }];
  });
  return [...never, ...outside];
}

function whyNever(campaign: Campaign, set: CampaignSet): string | undefined {
  const { benefit, generations, times } = campaign;
  if (benefit.kind === 'rate' && benefit.basisPoints === 10_000) return 'it leaves the whole fare';
  if (benefit.kind === 'amount-off' && Math.min(benefit.offFen, benefit.atMostFen) === 0) return 'it takes nothing off';
  if (benefit.kind === 'first-part-free' && benefit.fen === 0) return 'it takes nothing off';
  if (benefit.kind === 'first-part-free' && benefit.minutes !== undefined && !isStay(campaign)) {
    return `time costs nothing in ${campaign.service}`;
  }
  if (generations && !generations.includes('pboc3')) return 'only a PBOC 3.0 card can be tapped';
  if (times?.every(({ from, to }) => from === to)) return 'its times of day are empty';
  return hasDay(campaign, set) ? undefined : 'none of its days is between its first and its last one';
}

const isStay = ({ service }: Campaign): boolean => service === 'parking' || service === 'bicycle';

/** Far enough to meet each weekday and each holiday of a year. */
const DAYS_LOOKED_AT_MAX = 4000;

function hasDay({ days, from, to }: Campaign, set: CampaignSet): boolean {
  if (!days) return true;
  const calendar = workCalendar(set);
  let day = from;
  for (let looked = 0; day <= to && looked < DAYS_LOOKED_AT_MAX; looked++) {
    if (days.weekdays.includes(weekdayOf(day))) return true;
    if (days.holidays && calendar.isHoliday(day)) return true;
    if (calendar.isWorkingDay(day) ? days.workingDays : days.restDays) return true;
    day = dayAfter(day);
  }
  return false;
}
