import { outcomeReasons } from '../../../emv/index.js';
import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { displayWidth, padColumns } from '../display-width.js';
import { tapSchemaView } from '../receipt/posted-tap.js';
import { printSteps } from '../receipt/print-receipt.js';
import type { Morning, Scene } from './morning.js';
import nextSteps from './next-steps.json';
import type { PlayedScene } from './play-scene.js';
import type { DemoResult } from './run-demo.js';
import type { RiderSum } from './sum-riders.js';
import { addsUp, type Totals } from './totals.js';

export function printStart({ title, riders }: Morning, colours: Colours): string[] {
  const cards = Object.keys(riders).length;
  return [
    colours.bold(title),
    colours.dim(
      `${cards} software cards with keys of their own, gates and buses, and a gateway with its books. All of it runs.`,
    ),
  ];
}

/** One tap: who and where, what came of it, and then why. */
export function printScene({ scene, result, tap }: PlayedScene, morning: Morning, colours: Colours): string[] {
  const { name = scene.rider, who = '' } = morning.riders[scene.rider] ?? {};
  const head = `${colours.bold(`${scene.at.slice(0, 5)}  ${name}`)}, ${who}: ${whereOf(scene)}`;
  if (!result.accepted) {
    const { meaning } = (outcomeReasons as Readonly<Record<string, { meaning?: string }>>)[result.reason] ?? {};
    return ['', head, ...told(colours.red('no ride'), `${meaning ?? ''} ${colours.dim(`[${result.reason}]`)}`)];
  }
  return ['', head, ...(tap === undefined ? [] : printAnswer(tap, colours))];
}

const whereOf = ({ terminal, event, place }: Scene): string =>
  terminal === 'metro-gate'
    ? `${event === 'entry' ? 'into' : 'out of'} the metro at ${place.station}`
    : `on bus ${place.line}`;

function printAnswer(tap: unknown, colours: Colours): string[] {
  const { code, detail, receipt } = tapSchemaView.tap.parse(tap);
  if (code) return told(colours.red('refused by the gateway'), `${detail} ${colours.dim(`[${code}]`)}`);
  const journey = receipt?.journey;
  if (!journey || journey.status === 'open') return told(colours.green('the gate opens'), 'the journey has begun');
  const { fareFen, discountFen, netFen } = journey;
  const outcome =
    discountFen > 0
      ? `${formatYuan(netFen)} instead of ${formatYuan(fareFen)} yuan`
      : `${formatYuan(netFen)} yuan, the full fare`;
  return [...told(colours.green('pays'), colours.bold(outcome)), ...printSteps(journey, colours, 'en').map(indent)];
}

const told = (what: string, why: string): string[] => [`       ${what}  ${why}`];
const indent = (line: string): string => `         ${line}`;

/** What nobody should get away with, what each rider paid, the books, and what to try next. */
export function printEnd({ operators, riders, tampering, totals }: DemoResult, colours: Colours): string[] {
  return [
    '',
    colours.bold('Somebody tries'),
    ...tampering.map(
      ({ title, status, code, detail }) =>
        `  ${title.padEnd(52)} ${status < 300 ? colours.green(status) : colours.red(status)} ${status < 300 ? 'the same answer, nothing new is booked' : `${detail ?? ''} ${colours.dim(`[${code}]`)}`}`,
    ),
    '',
    colours.bold('Who paid what'),
    ...printRiders(riders, colours),
    '',
    colours.bold('The books of the day are closed'),
    ...operators.map(
      ({ operator, grossFen, cardFen, sponsors }) =>
        `  ${operator.padEnd(14)} fares ${yuan(grossFen)} = riders ${yuan(cardFen)}${sponsors.map(({ sponsor, amountFen }) => ` + ${sponsor} ${yuan(amountFen)}`).join('')}`,
    ),
    ...printTotals(totals),
    addsUp(totals) ? colours.green('  The totals add up.') : colours.red('  The totals do not add up.'),
    '',
    colours.bold('What to try next'),
    ...nextSteps.map(({ command, what }) => `  ${colours.cyan(command.padEnd(COMMAND_COLUMNS))}  ${what}`),
  ];
}

const COMMAND_COLUMNS = Math.max(...nextSteps.map(({ command }) => command.length));

function printRiders(riders: readonly RiderSum[], colours: Colours): string[] {
  const columns = Math.max(...riders.map(({ name, who }) => displayWidth(`${name}, ${who}`)));
  return riders.map(({ name, who, netFen, discountFen, reasons }) => {
    const off = discountFen > 0 ? `, ${formatYuan(discountFen)} less than the fare` : '';
    return `  ${padColumns(`${name}, ${who}`, columns)} ${yuan(netFen)}${off} ${colours.dim(`[${reasons.join(', ')}]`)}`;
  });
}

function printTotals({ grossFen, cardFen, sponsorFen, debitedFen, dueFen, pursesFen, setAsideFen }: Totals): string[] {
  return [
    `  ${'together'.padEnd(14)} fares ${yuan(grossFen)} = riders ${yuan(cardFen)} + discounts ${yuan(sponsorFen)}`,
    `  ${''.padEnd(14)} riders ${yuan(cardFen)} = debited at the tap ${yuan(debitedFen)} + still due ${yuan(dueFen)}`,
    `  ${''.padEnd(14)} purses ${yuan(pursesFen)} = debited at the tap ${yuan(debitedFen)} + set aside with refused taps ${yuan(setAsideFen)}`,
  ];
}

const yuan = (amountFen: number): string => formatYuan(amountFen).padStart(6);
