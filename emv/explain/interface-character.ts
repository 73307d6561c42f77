import type { InterfaceCharacter, Language } from '../values/index.js';
import tables from './data/answer-to-reset.json';

type Say = (english: string, chinese: string) => string;

const factors = tables.clockRateFactors as unknown as Readonly<Record<string, readonly [number, string]>>;
const divisors: Readonly<Record<string, number>> = tables.baudRateFactors;
const voltages: Readonly<Record<string, string>> = tables.voltageClasses;

/** What TA1 to TDn say (ISO/IEC 7816-3 §8.3, §10.2, §11.4). */
export function describeInterfaceCharacter(character: InterfaceCharacter, language: Language): string | undefined {
  const say: Say = (english, chinese) => (language === 'zh' ? chinese : english);
  const { letter, round, value, protocol } = character;
  if (letter === 'D') return describeNext(value, say);
  if (round === 1) return { A: describeRates, B: describeVoltage, C: describeGuardTime }[letter](value, say);
  if (round === 2 && letter === 'A') return describeSpecificMode(value, say);
  if (round === 2 && letter === 'B') return describeVoltage(value, say);
  if (round === 2) return say(`WI = ${value}: ${value} × 960 × D etu`, `WI = ${value}：${value} × 960 × D etu`);
  if (protocol === 1) return { A: describeFieldSize, B: describeBlockTimes, C: describeErrorCode }[letter](value, say);
  if (protocol === 15 && letter === 'A') return describeClockStop(value, say);
  return undefined;
}

const describeNext = (value: number, say: Say): string => {
  const next = ['A', 'B', 'C', 'D'].filter((_, index) => (value >> (4 + index)) & 1).map((letter) => `T${letter}`);
  const protocol = (value & 0x0f) === 15 ? say('T=15 (global characters)', 'T=15（全局字符）') : `T=${value & 0x0f}`;
  const follow =
    next.length === 0 ? say('none follows', '无后续字符') : say(`${next.join(', ')} next`, `后续 ${next.join('、')}`);
  return `${protocol}${say('; ', '；')}${follow}`;
};

const describeRates = (value: number, say: Say): string | undefined => {
  const factor = factors[value >> 4];
  const divisor = divisors[value & 0x0f];
  if (factor === undefined || divisor === undefined) return say('reserved value', '保留值');
  const [rate, megahertz] = factor;
  return say(
    `F = ${rate}, D = ${divisor}: ${round(rate / divisor)} clock cycles a bit, ${megahertz} MHz at most`,
    `F = ${rate}，D = ${divisor}：每位 ${round(rate / divisor)} 个时钟周期，最高 ${megahertz} MHz`,
  );
};

const round = (cycles: number): string => Number(cycles.toFixed(2)).toString();

const describeVoltage = (value: number, say: Say): string =>
  value === 0
    ? say('contact C6 not used', '不使用 C6 触点')
    : say('a programming voltage, not used today', '编程电压，今已不用');

const describeGuardTime = (value: number, say: Say): string =>
  value === 255
    ? say('N = 255: the least guard time of the protocol', 'N = 255：协议允许的最小保护时间')
    : say(`N = ${value}: ${value} etu more than the least`, `N = ${value}：额外 ${value} etu`);

const describeSpecificMode = (value: number, say: Say): string => {
  const change =
    (value & 0x80) === 0
      ? say('can change to negotiable mode', '可改变为协商模式')
      : say('cannot change mode', '不可改变模式');
  const rates =
    (value & 0x10) === 0 ? say('rates as in TA1', '速率按 TA1') : say('rates known to both', '速率为隐含值');
  return `T=${value & 0x0f}${say('; ', '；')}${change}${say('; ', '；')}${rates}`;
};

const describeFieldSize = (value: number, say: Say): string => say(`${value} bytes`, `${value} 字节`);

const describeBlockTimes = (value: number, say: Say): string => {
  const [block, character] = [value >> 4, value & 0x0f];
  return say(
    `BWI = ${block}: ${2 ** block} × 960 × 372/f + 11 etu for a block; CWI = ${character}: ${2 ** character + 11} etu between characters`,
    `BWI = ${block}：块等待 ${2 ** block} × 960 × 372/f + 11 etu；CWI = ${character}：字符等待 ${2 ** character + 11} etu`,
  );
};

const describeErrorCode = (value: number, say: Say): string =>
  (value & 1) === 0 ? say('LRC (one byte)', 'LRC（1 字节）') : say('CRC (two bytes)', 'CRC（2 字节）');

const describeClockStop = (value: number, say: Say): string => {
  const [english = '', chinese = ''] = tables.clockStop[value >> 6] ?? [];
  const voltage = voltages[value & 0x3f];
  const classes =
    voltage === undefined
      ? say('reserved voltage classes', '保留电压等级')
      : say(`classes ${voltage}`, `等级 ${voltage}`);
  return `${say(english, chinese)}${say('; ', '；')}${classes}`;
};
