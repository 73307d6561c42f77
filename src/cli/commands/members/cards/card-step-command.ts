import { Command } from 'commander';
import type { NamedCard } from '../../../members/cards/find-card.js';
import { addMemberGateway } from '../../../members/member-gateway.js';

export interface CardStepOptions extends NamedCard {
  readonly at?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** `--card` and `--member`, `--at`, `--reason` and `--json`, for a command that takes a step of one card. */
export function cardStepCommand(name: string, description: string): Command {
  return addMemberGateway(new Command(name))
    .description(description)
    .option('--member <number>', 'the card of this member')
    .option('--card <token>', 'the card with this token; a card number is no argument')
    .option('--at <instant>', 'since when it is so; now if not told')
    .option('--reason <text>', 'why')
    .option('--json', 'print it as JSON');
}

/** Takes a step of a card. `fits`: of a member's cards, by the reason that the gateway tells of each. */
export async function takeCardStep<Answer>(
  { at, reason, json: _, ...named }: CardStepOptions,
  { path, body = {}, fits }: { path: string; body?: object; fits(reason: string): boolean },
): Promise<Answer> {
  const [{ findCard }, { askMembers }, { parseInstant }] = await Promise.all([
    import('../../../members/cards/find-card.js'),
    import('../../../members/member-gateway.js'),
    import('../../../options/instant.js'),
  ]);
  const token = await findCard(named, fits);
  const when = at === undefined ? {} : { at: (await parseInstant(at)).toISOString() };
  return askMembers<Answer>(named, `v1/cards/${encodeURIComponent(token)}/${path}`, {
    body: { ...body, ...when, ...(reason && { reason }) },
  });
}
