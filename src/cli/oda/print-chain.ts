import { type Chain, type ChainField, type ChainLink, type Expectation, odaRefusals } from '../../../emv/index.js';
import type { Colours } from '../colours.js';
import type { Show } from '../decode/hide-card-numbers.js';
import { padColumns } from '../display-width.js';
import words from './words.json';

export type Language = keyof typeof words;

export interface PrintOptions {
  readonly language: Language;
  /** Every field, not only those that failed. */
  readonly explain: boolean;
  readonly show: Show;
  readonly colours: Colours;
}

const LINE_DIGITS = 64;
const NAME_WIDTH = 44;
const dates = new Set<string>(['expiry', 'expires']);

/** A chain as lines: its outcome, its links, below each link its fields. */
export function printChain(name: string, chain: Chain, options: PrintOptions): string[] {
  const { language, colours } = options;
  const word = words[language][chain.ok ? 'good' : 'failed'];
  const method = chain.method === 'fdda' ? 'fDDA' : chain.method.toUpperCase();
  const paint = chain.ok ? colours.green : colours.red;
  return [
    `${paint(chain.ok ? '✓' : '✗')} ${colours.bold(name)}  ${method}  ${paint(word)}${reasonText(chain, options)}`,
    ...chain.links.flatMap((link) => linkLines(link, options)),
  ];
}

function reasonText({ reason }: Chain, { language, colours }: PrintOptions): string {
  if (reason === undefined) return '';
  const { meaning, meaningZh } = odaRefusals[reason];
  return `${language === 'zh' ? '：' : ': '}${language === 'zh' ? meaningZh : meaning} ${colours.dim(`[${reason}]`)}`;
}

function linkLines(link: ChainLink, options: PrintOptions): string[] {
  const { language, colours, explain } = options;
  const name = language === 'zh' ? link.nameZh : link.name;
  const details = [
    link.tag,
    link.algorithm?.toUpperCase(),
    link.status === 'not-reached' && words[language]['not-reached'],
  ];
  const line = [`  ${mark(link.status, colours)} ${name}`, ...details.filter(Boolean)].join('  ');
  const fields = link.fields.filter(({ check }) => explain || check === 'failed');
  return [line, ...(link.status === 'not-reached' ? [] : fields.flatMap((field) => fieldLines(field, options)))];
}

function fieldLines(field: ChainField, options: PrintOptions): string[] {
  const { language, show, colours } = options;
  const name = `${language === 'zh' ? field.nameZh : field.name}${field.tag === undefined ? '' : ` (${field.tag})`}`;
  const hex = field.value === undefined ? '' : show(field.value);
  const [first = '', ...rest] = hex.match(new RegExp(`.{1,${LINE_DIGITS}}`, 'g')) ?? [];
  const meaning = language === 'zh' ? field.meaningZh : field.meaning;
  const value = first || (field.check === 'failed' && field.value === undefined ? words[language].missing : '');
  const line = `    ${mark(field.check, colours)} ${padColumns(name, NAME_WIDTH)} ${value}`;
  return [
    `${line}${meaning === undefined ? '' : colours.dim(`  ${meaning}`)}`.trimEnd(),
    ...rest.map((digits) => `${' '.repeat(7 + NAME_WIDTH)}${digits}`),
    ...(field.check === 'failed' ? failureLines(field, options) : []),
  ];
}

function failureLines(field: ChainField, { language, show, colours }: PrintOptions): string[] {
  const { expected, found, missing: _, bytes, orLater } = words[language];
  const said = (value: Expectation) =>
    value instanceof Uint8Array ? show(value) : typeof value === 'number' ? `${value} ${bytes}` : value;
  const { meaning, meaningZh } = odaRefusals[field.reason!];
  const later = dates.has(field.field) ? ` ${orLater}` : '';
  const lines = [
    ...(field.expected === undefined ? [] : [`${expected} ${said(field.expected)}${later}`]),
    ...(field.found === undefined ? [] : [`${found} ${said(field.found)}`]),
    `${language === 'zh' ? meaningZh : meaning} [${field.reason}]`,
  ];
  return lines.map((line) => colours.red(`        ${line}`));
}

function mark(check: ChainField['check'] | ChainLink['status'], colours: Colours): string {
  if (check === 'good') return colours.green('✓');
  return check === 'failed' ? colours.red('✗') : colours.dim('·');
}
