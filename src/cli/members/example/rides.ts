import type { DenyList } from '../../../terminal/index.js';
import { type PlayedScene, playScene } from '../../demo/play-scene.js';
import { type JourneyView, type PostedTap, tapSchemaView } from '../../receipt/posted-tap.js';
import { type Stage, yuan } from './unit.js';

const BUS = {
  name: 'bus-0815',
  terminal: 'bus-validator',
  operator: 'ningbo-bus',
  event: 'single',
  place: { line: '815', region: 'urban' },
} as const;

const GATE = { terminal: 'metro-gate', operator: 'ningbo-metro' } as const;

type On = Pick<Stage, 'town' | 'folder'>;

/** A tap of a software card at a bus: card, terminal, queue and gateway are the real ones. `at`: Shanghai's clock. */
export const rideBus = (
  { town, folder }: On,
  rider: string,
  [day, at]: readonly [string, string],
  denyList?: DenyList,
): Promise<PlayedScene> => playScene(town, { ...BUS, rider, at }, day, folder, denyList);

/** In at one gate of the metro and out at another; gives the tap at the second. */
export async function rideMetro(
  { town, folder }: On,
  rider: string,
  day: string,
  [entry, exit]: readonly [string, string],
): Promise<PlayedScene> {
  const inside = { ...GATE, name: 'gate-0103', event: 'entry', place: { line: '1', station: '高桥西' } } as const;
  const outside = { ...GATE, name: 'gate-0117', event: 'exit', place: { line: '1', station: '鼓楼' } } as const;
  await playScene(town, { ...inside, rider, at: entry }, day, folder);
  return playScene(town, { ...outside, rider, at: exit }, day, folder);
}

/** What the gateway says of a tap; `undefined` where the terminal took none. */
const tapOf = ({ tap }: PlayedScene): PostedTap | undefined =>
  tap === undefined ? undefined : tapSchemaView.tap.parse(tap);

export const journeyOf = (scene: PlayedScene): JourneyView | undefined => tapOf(scene)?.receipt?.journey;

/** What was to pay of the fare, or the code with which the tap was refused, by the terminal or by the gateway. */
export function toldOf(scene: PlayedScene): string {
  const tap = tapOf(scene);
  if (tap === undefined) return `refused at the terminal: ${scene.result.reason ?? 'no reason'}`;
  const journey = tap.receipt?.journey;
  if (!journey) return `refused by the gateway: ${tap.code ?? tap.result}`;
  return `${yuan(journey.netFen)} of ${yuan(journey.fareFen)} yuan`;
}
