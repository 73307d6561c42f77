import { Command } from 'commander';
import { coloursFor } from '../../colours.js';

export function listCommand(): Command {
  return new Command('list')
    .description('the tariffs and campaigns in the box, with the days on which they hold')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap tariff list\n  yongtap tariff list --json')
    .action(list);
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const { boxedCampaigns, boxedTariffSets, boxedTariffs, loadCampaigns, loadTariff } = await import(
    '../../../gateway/fares/index.js'
  );
  const tariffs = Object.keys(boxedTariffs)
    .map(loadTariff)
    .map(({ id, name, from, to, assumption = false }) => ({ id, name, from, to, assumption }));
  const campaigns = Object.keys(boxedCampaigns)
    .map(loadCampaigns)
    .map(({ id, name, campaigns: each }) => ({ id, name, campaigns: each.map((campaign) => campaign.id) }));
  const sets = Object.entries(boxedTariffSets).map(([id, versions]) => ({ id, versions }));
  if (json) {
    console.log(JSON.stringify({ sets, tariffs, campaigns }, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  console.log(colours.bold('tariffs'));
  for (const { id, versions } of sets) console.log(`  ${id.padEnd(16)} all of ${versions.join(', ')}`);
  for (const { id, name, from, to, assumption } of tariffs) {
    const days = `${from ?? 'since ever'} to ${to ?? 'the next one'}`;
    console.log(`  ${id.padEnd(16)} ${days.padEnd(28)} ${name}${assumption ? colours.dim(' (an assumption)') : ''}`);
  }
  console.log(colours.bold('campaigns'));
  for (const { id, name = '', campaigns: each } of campaigns) {
    console.log(`  ${id.padEnd(16)} ${name}: ${each.join(', ')}`);
  }
}
