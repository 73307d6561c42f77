import { decode, flatten, toHex } from '../../../emv/index.js';
import {
  type CardFile,
  type CardState,
  type Fault,
  FaultPlan,
  openCard,
  type SoftwareCard,
  withFaults,
} from '../../../simulator/index.js';
import { type CardChannel, createSoftwareChannel } from '../../../src/readers/index.js';
import { random } from '../card-in-hand.js';
import type { Belief, Scenario, State } from './scenario.js';

/** What keeps the states of a card, and may break. */
export interface Memory {
  save(state: CardState): void;
  /** What the card finds when it is powered on again. */
  load(): CardState;
  /** The card's process has died: nothing answers any more. */
  readonly isDead: boolean;
}

/** A memory that keeps everything. */
export class GoodMemory implements Memory {
  readonly isDead: boolean = false;
  constructor(protected state: CardState) {}

  save(state: CardState): void {
    this.state = state;
  }

  load(): CardState {
    return this.state;
  }
}

/** What a run leaves behind. */
export interface Aftermath {
  readonly belief: Belief;
  /** As the card finds it when it is powered on again. */
  readonly kept: State;
  /** How many states were kept before each command was answered, counted from the first command; 0 before it. */
  readonly writesAfter: readonly number[];
  /** Every state that was handed to the memory. */
  readonly states: readonly State[];
  /** Lengths of the answers. */
  readonly answered: readonly number[];
  /** Transaction counters that the card has shown (9F36). */
  readonly counters: readonly number[];
}

export interface Breakage {
  readonly faults?: readonly Fault[];
  readonly memory?: (state: CardState) => Memory;
}

/** Runs a scenario with a card that breaks, and looks at what is left. */
export async function runBroken(
  scenario: Scenario,
  { faults = [], memory: broken }: Breakage = {},
  file: CardFile = scenario.file(),
): Promise<Aftermath> {
  const memory = broken?.(file.state) ?? new GoodMemory(file.state);
  const states: State[] = [];
  const writesAfter = [0];
  const answered: number[] = [];
  const counters: number[] = [];
  const card = openCard(file, {
    random,
    save: (state) => {
      states.push(state[0]!);
      memory.save(state);
    },
    load: () => memory.load(),
  });
  const watched: SoftwareCard = {
    powerOn: (by) => card.powerOn(by),
    powerOff: () => card.powerOff(),
    inspect: () => card.inspect(),
    transmit(command) {
      const answer = card.transmit(command);
      writesAfter.push(states.length);
      answered.push(answer.length);
      counters.push(...counterIn(command, answer));
      return answer;
    },
  };
  const faulty = withFaults(watched, new FaultPlan(faults), { sleep: () => Promise.resolve() });
  const dying = {
    powerOn: () => faulty.powerOn(scenario.over),
    powerOff: () => faulty.powerOff(),
    transmit: async (command: Uint8Array) => {
      const answer = await faulty.transmit(command);
      return memory.isDead ? { received: new Uint8Array(0) } : answer;
    },
  };
  const channel = createSoftwareChannel(dying);
  const belief = await scenario.run(channel);
  await channel.close();
  return { belief, kept: memory.load()[0]!, writesAfter, states, answered, counters };
}

const GENERATE_AC = 0xae;

function counterIn([, ins]: Uint8Array, answer: Uint8Array): number[] {
  if (toHex(answer.subarray(-2)) !== '9000' || answer[0] === undefined) return [];
  const objects = [0x77, 0x80].includes(answer[0]) ? flatten(decode(answer.subarray(0, -2))) : new Map();
  const bare = ins === GENERATE_AC ? objects.get('80')?.subarray(1, 3) : undefined;
  const counter = bare ?? objects.get('9F36');
  return counter === undefined ? [] : [(counter[0]! << 8) | counter[1]!];
}

/** A channel to the card as it was kept, which goes on from there. */
export function channelTo(scenario: Scenario, kept: State): CardChannel {
  const card = openCard(withState(scenario.file(), kept), { random });
  return createSoftwareChannel(card, scenario.name, { interface: scenario.over });
}

/** The card with another state. */
export const withState = (file: CardFile, state: State): CardFile => ({ ...file, state: [state] });
