import type { Place, TapEvent } from '../../tap/index.js';
import { type TerminalProfile, terminalProfiles } from '../../terminal/index.js';
import { CommandError } from '../exit-codes.js';
import examples from './example-places.json';

export interface TerminalChoice {
  readonly profile: string;
  readonly event?: string | undefined;
  readonly place?: Place | undefined;
  readonly operator?: string | undefined;
  readonly terminal?: string | undefined;
  readonly amount?: number | undefined;
}

export interface BenchTerminal {
  readonly profileName: string;
  readonly profile: TerminalProfile;
  readonly event: TapEvent;
  readonly place: Place;
  readonly operator: string;
  readonly terminal: string;
  readonly amountFen: number;
}

/** A shop or a taxi on a bench that was not told an amount. */
const EXAMPLE_AMOUNT_FEN = 1000;

/** The terminal that the options name; what they leave open is an example's, so that a bench needs none of them. */
export function benchTerminal(choice: TerminalChoice): BenchTerminal {
  const profile = (terminalProfiles as Readonly<Record<string, TerminalProfile>>)[choice.profile];
  if (profile === undefined) {
    throw new CommandError(
      'profile-unknown',
      `${choice.profile} is no terminal profile`,
      undefined,
      `Profiles: ${Object.keys(terminalProfiles).join(', ')}`,
    );
  }
  const example = examples[choice.profile as keyof typeof examples];
  return {
    profileName: choice.profile,
    profile,
    event: eventOf(profile, choice.event),
    place: choice.place ?? example.place,
    operator: choice.operator ?? example.operator,
    terminal: choice.terminal ?? `bench-${choice.profile}`,
    amountFen: choice.amount ?? profile.amountFen ?? EXAMPLE_AMOUNT_FEN,
  };
}

function eventOf(profile: TerminalProfile, wanted: string | undefined): TapEvent {
  const [first] = profile.events;
  const event = wanted === undefined ? first : profile.events.find((known) => known === wanted);
  if (event !== undefined) return event;
  throw new CommandError(
    'event-invalid',
    `${wanted} is no event of this terminal`,
    undefined,
    `Its events: ${profile.events.join(', ')}`,
  );
}
