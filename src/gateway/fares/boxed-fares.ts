import campaigns2015 from './data/campaigns-ningbo-2015.yaml';
import campaigns2016 from './data/campaigns-ningbo-2016.yaml';
import tariff2015 from './data/tariff-ningbo-2015.yaml';

/** The texts of the files in the box, by the id that each gives itself. */
export const boxedTariffs: Readonly<Record<string, string>> = { 'ningbo-2015': tariff2015 };
export const boxedCampaigns: Readonly<Record<string, string>> = {
  'ningbo-2015': campaigns2015,
  'ningbo-2016': campaigns2016,
};
