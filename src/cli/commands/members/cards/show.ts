import { Command } from 'commander';
import type { NamedCard } from '../../../members/cards/find-card.js';
import { addMemberGateway } from '../../../members/member-gateway.js';

interface ShowOptions extends NamedCard {
  readonly json?: boolean;
}

interface CardLife {
  readonly token: string;
  readonly state: string;
  readonly allowed: readonly string[];
  readonly events: readonly {
    readonly of: string;
    readonly step: string;
    readonly state: string;
    readonly at: string;
    readonly by: string;
    readonly reason?: string;
  }[];
}

export function showCommand(): Command {
  return addMemberGateway(new Command('show'))
    .description('where a card is in its life, and each step: who, when, why')
    .option('--member <number>', 'the card of this member')
    .option('--card <token>', 'the card with this token; a card number is no argument')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members cards show --member A4 --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(show);
}

async function show({ json, ...named }: ShowOptions): Promise<void> {
  const [{ findCard }, { askMembers }, { coloursFor }] = await Promise.all([
    import('../../../members/cards/find-card.js'),
    import('../../../members/member-gateway.js'),
    import('../../../colours.js'),
  ]);
  const token = await findCard(named);
  const life = await askMembers<CardLife>(named, `v1/cards/${encodeURIComponent(token)}/events`);
  if (json) return console.log(JSON.stringify(life, undefined, 2));
  const { bold, dim } = coloursFor(process.stdout);
  console.log(`${bold(life.token)}  ${life.state}  ${dim(`next: ${life.allowed.join(', ') || 'nothing'}`)}`);
  for (const { of, step, state, at, by, reason } of life.events) {
    console.log(`  ${at}  ${of} ${step}: ${state}  ${dim(`${by}${reason ? `, ${reason}` : ''}`)}`);
  }
}
