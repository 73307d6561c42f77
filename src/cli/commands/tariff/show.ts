import { Command } from 'commander';
import { CommandError } from '../../exit-codes.js';

export function showCommand(): Command {
  return new Command('show')
    .description('the file of a tariff or of campaigns in the box, to read or to start from')
    .argument('<id>', 'as yongtap tariff list tells it')
    .option('--campaigns', 'of campaigns, not of a tariff')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tariff show ningbo-2015 > my-tariff.yaml
  yongtap tariff show ningbo-2015 --campaigns > my-campaigns.yaml`,
    )
    .action(show);
}

async function show(id: string, { campaigns = false }: { readonly campaigns?: boolean }): Promise<void> {
  const { boxedCampaigns, boxedTariffs } = await import('../../../gateway/fares/index.js');
  const box = campaigns ? boxedCampaigns : boxedTariffs;
  const text = Object.hasOwn(box, id) ? box[id] : undefined;
  if (text === undefined) {
    const code = campaigns ? 'campaigns-unknown' : 'tariff-unknown';
    throw new CommandError(code, `${id}; in the box: ${Object.keys(box).join(', ')}`);
  }
  process.stdout.write(text);
}
