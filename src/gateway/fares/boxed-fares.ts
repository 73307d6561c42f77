import calendarChina from './data/calendar-china.yaml';
import campaigns2015 from './data/campaigns-ningbo-2015.yaml';
import campaigns2016 from './data/campaigns-ningbo-2016.yaml';
import campaignsSeniors from './data/campaigns-ningbo-seniors.yaml';
import tariff2014 from './data/tariff-ningbo-2014.yaml';
import tariff2015 from './data/tariff-ningbo-2015.yaml';
import tariff2016 from './data/tariff-ningbo-2016.yaml';

/** The texts of the files in the box, by the id that each gives itself. */
export const boxedTariffs: Readonly<Record<string, string>> = {
  'ningbo-2014': tariff2014,
  'ningbo-2015': tariff2015,
  'ningbo-2016': tariff2016,
};

/** All versions of a city's tariff, by one name. */
export const boxedTariffSets: Readonly<Record<string, readonly string[]>> = {
  ningbo: ['ningbo-2014', 'ningbo-2015', 'ningbo-2016'],
};

export const boxedCampaigns: Readonly<Record<string, string>> = {
  'ningbo-2015': campaigns2015,
  'ningbo-2016': campaigns2016,
  'ningbo-seniors': campaignsSeniors,
};

export const boxedCalendars: Readonly<Record<string, string>> = { china: calendarChina };
