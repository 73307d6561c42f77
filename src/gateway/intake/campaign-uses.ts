import type { Transaction } from 'kysely';
import { type CampaignUsesTable, prepareQuery, rowsOfJson, type Tables } from '../storage/index.js';

/**
 * How often a card used a campaign on a service day. That of the campaign's first day is there even where nothing was
 * used on it: it says that all uses of the card are counted.
 */
export type CampaignUse = CampaignUsesTable;

/** What is to be written: `isFirstDay` of the campaign. */
export interface ChangedUse extends CampaignUse {
  readonly isFirstDay: boolean;
}

export interface CardAndCampaign {
  readonly card_token: string;
  readonly campaign: string;
}

const ASKED = { card_token: 'text', campaign: 'text' } as const;

const usesOf = prepareQuery((kysely, { asked }: { asked: string }) =>
  kysely
    .selectFrom(rowsOfJson<CardAndCampaign>(kysely, asked, ASKED).as('asked'))
    .crossJoin('campaign_uses')
    .selectAll('campaign_uses')
    .whereRef('campaign_uses.card_token', '=', 'asked.card_token')
    .whereRef('campaign_uses.campaign', '=', 'asked.campaign'),
);

/** All uses of campaigns by cards: as many rows as the quota has uses, and one. */
export const readCampaignUses = (transaction: Transaction<Tables>, asked: readonly CardAndCampaign[]) =>
  usesOf(transaction, { asked: JSON.stringify(asked) });

/** Writes how often cards, which are held, use campaigns now; what is used no more is forgotten. */
export async function writeCampaignUses(transaction: Transaction<Tables>, uses: readonly ChangedUse[]): Promise<void> {
  const [kept, gone] = [uses.filter(isKept), uses.filter((use) => !isKept(use))];
  for (const { card_token, campaign, service_day } of gone) {
    await transaction
      .deleteFrom('campaign_uses')
      .where('card_token', '=', card_token)
      .where('campaign', '=', campaign)
      .where('service_day', '=', service_day)
      .execute();
  }
  if (kept.length === 0) return;
  await transaction
    .insertInto('campaign_uses')
    .values(kept.map(({ isFirstDay: _, ...use }) => use))
    .onConflict((conflict) =>
      conflict
        .columns(['card_token', 'campaign', 'service_day'])
        .doUpdateSet({ uses: ({ ref }) => ref('excluded.uses') }),
    )
    .execute();
}

const isKept = ({ uses, isFirstDay }: ChangedUse): boolean => uses > 0 || isFirstDay;
