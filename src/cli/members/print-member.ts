import { coloursFor } from '../colours.js';

/** What is known of a member, masked. */
export interface ListedMember {
  readonly member: string;
  readonly name: string;
  readonly unit?: string;
  readonly mobile?: string;
  readonly certifications: readonly { readonly year: number }[];
  readonly cards: readonly { readonly mask: string }[];
}

/** What the member is told. */
export interface MemberPage {
  readonly year: number;
  readonly entitled: boolean;
  readonly text: string;
  readonly campaigns: readonly { readonly name: string; readonly has: boolean; readonly text?: string }[];
}

/** One line: number, name, unit, years certified for, cards. */
export function memberLine({ member, name, unit, certifications, cards }: ListedMember): string {
  const years = [...new Set(certifications.map(({ year }) => year))].join(' ');
  return [member, name, unit ?? '', years, cards.map(({ mask }) => mask).join(' ')].join('  ').trimEnd();
}

/** The line, and what the member has or has lost, in the words of receipts. */
export function printMember(member: ListedMember, { entitled, text, campaigns }: MemberPage): void {
  const { bold, green, red } = coloursFor(process.stdout);
  console.log(bold(memberLine(member)));
  console.log(`${entitled ? green('✓') : red('✗')} ${text}`);
  for (const { name, has, text: words } of campaigns) {
    console.log(`  ${has ? green('✓') : red('✗')} ${name}${words && !has ? `: ${words}` : ''}`);
  }
}
