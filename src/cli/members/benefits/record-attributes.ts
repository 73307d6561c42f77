import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';
import { parseInstant } from '../../options/instant.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';

export interface AttributesOptions extends MemberGateway {
  readonly from?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

interface Known {
  readonly attributes: readonly Readonly<Record<'attribute' | 'value' | 'from' | 'by' | 'reason', string>>[];
}

/** Records an attribute of a member, if one is said, and shows all that are known. */
export async function recordAttributes(
  member: string,
  said: string | undefined,
  { from, json, reason, ...gateway }: AttributesOptions,
): Promise<void> {
  const path = `v1/loans/attributes/${encodeURIComponent(member)}`;
  const body = said === undefined ? undefined : await toRecord(said, from, reason);
  const known = await askMembers<Known>(gateway, path, { body });
  if (json) {
    console.log(JSON.stringify(known, undefined, 2));
    return;
  }
  const { bold, dim } = coloursFor(process.stdout);
  if (known.attributes.length === 0) console.log('nothing is recorded');
  for (const { attribute, value, from: since, by, reason: why } of known.attributes) {
    console.log(`${bold(attribute)} ${value} from ${since}  ${dim(`${why}, by ${by}`)}`);
  }
}

async function toRecord(said: string, from: string | undefined, reason: string | undefined) {
  const [attribute, value] = said.split('=', 2);
  if (!attribute || !value) {
    throw new CommandError('attribute-unreadable', `${said}: name and value are wanted, such as residence=ningbo`);
  }
  if (reason === undefined) throw new CommandError('reason-missing', 'what is recorded needs --reason: what shows it');
  const instant = from === undefined ? new Date() : await parseInstant(from);
  return { attribute, value, from: instant.toISOString(), reason };
}
