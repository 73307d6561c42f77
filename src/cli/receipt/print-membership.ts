import type { Membership } from '../../terminal/index.js';
import type { Colours } from '../colours.js';
import words from './member-words.json';
import type { MembershipView } from './posted-tap.js';

type Language = 'en' | 'zh';

/** What a terminal knows by itself: its list says who is on it, not why another is not. */
export const printListed = (member: Membership, language: Language): string =>
  words.title[language] + words.listed[member][language];

/** Whether the rider has a member's benefits, why, and what the ride loses without, in the gateway's own words. */
export function printMembership(membership: MembershipView, colours: Colours, language: Language): string[] {
  const { entitled, lost = [] } = membership;
  const answer = words[entitled ? 'entitled' : 'notEntitled'][language];
  const told = ({ text, textZh }: { readonly text: string; readonly textZh: string }) =>
    language === 'zh' ? textZh : text;
  return [
    `${words.title[language]}${answer}${words.between[language]}${told(membership)}`,
    ...lost.map((campaign) => `${colours.yellow(words.lost[language])} ${told(campaign)}`),
  ];
}
