import { outcomeReasons } from '../../../emv/index.js';
import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { tapSchemaView } from '../receipt/posted-tap.js';
import type { Morning, Scene } from './morning.js';
import type { PlayedScene } from './play-scene.js';
import type { DemoResult } from './run-demo.js';

const places: Readonly<Record<string, (scene: Scene) => string>> = {
  metro: ({ place, event }) => `metro ${place.station} ${event}`,
  bus: ({ place }) => `bus line ${place.line}`,
};

const whereOf = (scene: Scene): string => places[scene.terminal === 'metro-gate' ? 'metro' : 'bus']?.(scene) ?? '';

/** One tap on a few lines: who, where, what the terminal said, what the gateway made of it. */
export function printScene(
  { scene, result, tap, debitedFen }: PlayedScene,
  morning: Morning,
  colours: Colours,
): string[] {
  const rider = morning.riders[scene.rider];
  const decision = result.accepted ? colours.green('gate opens') : colours.red('stays closed');
  const reason = (outcomeReasons as Readonly<Record<string, { meaning: string }>>)[result.reason];
  const lines = [
    '',
    `${colours.bold(scene.at.slice(0, 5))}  ${colours.bold(rider?.name ?? scene.rider)}, ${rider?.who}`,
    `       ${whereOf(scene)}, ${scene.name}: ${decision} in ${result.timing.totalMs.toFixed(0)} ms, ${formatYuan(debitedFen)} yuan debited`,
  ];
  if (!result.accepted) lines.push(`       ${reason?.meaning ?? result.reason} ${colours.dim(`[${result.reason}]`)}`);
  return tap === undefined ? lines : [...lines, ...printAnswer(tap, colours)];
}

function printAnswer(tap: unknown, colours: Colours): string[] {
  const { code, detail, receipt } = tapSchemaView.tap.parse(tap);
  if (code) {
    return [`       gateway: ${colours.red('refused')}, ${detail} ${colours.dim(`[${code}]`)}`];
  }
  const journey = receipt?.journey;
  if (!journey || journey.status === 'open') return ['       gateway: taken, the journey is open'];
  return [
    `       gateway: fare ${formatYuan(journey.fareFen)} − ${formatYuan(journey.discountFen)} = ${colours.bold(`${formatYuan(journey.netFen)} yuan`)}`,
    ...journey.steps.map(({ rule, text }) => `         ${colours.cyan(rule.padEnd(18))} ${text}`),
  ];
}

/** What nobody should get away with, and the sums. */
export function printEnd({ operators, tampering, totals }: DemoResult, colours: Colours): string[] {
  const yuan = (amountFen: number) => formatYuan(amountFen).padStart(6);
  return [
    '',
    colours.bold('Somebody tries'),
    ...tampering.map(
      ({ title, status, code, detail }) =>
        `  ${title.padEnd(52)} ${status < 300 ? colours.green(String(status)) : colours.red(String(status))} ${status < 300 ? 'the same answer, nothing new is booked' : (detail ?? '')} ${code ? colours.dim(`[${code}]`) : ''}`,
    ),
    '',
    colours.bold('The books of the day are closed'),
    ...operators.map(
      ({ operator, grossFen, cardFen, sponsors }) =>
        `  ${operator.padEnd(14)} fares ${yuan(grossFen)} = riders ${yuan(cardFen)}${sponsors.map(({ sponsor, amountFen }) => ` + ${sponsor} ${yuan(amountFen)}`).join('')}`,
    ),
    `  ${'together'.padEnd(14)} fares ${yuan(totals.grossFen)} = riders ${yuan(totals.cardFen)} + discounts    ${yuan(totals.sponsorFen)}`,
    `  ${''.padEnd(14)} riders ${yuan(totals.cardFen)} = debited at the tap ${yuan(totals.debitedFen)} + still due ${yuan(totals.dueFen)}`,
    '',
    addsUp(totals) ? colours.green('The totals add up.') : colours.red('The totals do not add up.'),
  ];
}

export function addsUp({ grossFen, cardFen, sponsorFen, debitedFen, dueFen }: DemoResult['totals']): boolean {
  return grossFen === cardFen + sponsorFen && cardFen === debitedFen + dueFen;
}
