import { describe, expect, it } from 'vitest';
import { boxedSuspicionPolicy, type CountedTap, suspect } from '../../../src/gateway/evidence/index.js';

const policy = boxedSuspicionPolicy();
const tap = (atc: number, minute: number, place: CountedTap['place'] = {}): CountedTap => ({
  atc,
  atMs: minute * 60_000,
  place,
});
const airport = { line: '2', station: '栎社国际机场' };
const university = { line: '2', station: '宁波大学' };

describe('what stands against a tap', () => {
  it.each([
    ['later', tap(1, 0), tap(2, 10)],
    ['at once, as after a torn tap', tap(1, 0), tap(2, 0)],
    ['earlier within what two clocks may differ', tap(1, 5), tap(2, 0)],
    ['elsewhere after the time that the way takes', tap(1, 0, airport), tap(2, 30, university)],
    ['a station away at once', tap(1, 0, { station: '鼓楼' }), tap(2, 0, { station: '西门口' })],
    ['at a place that is on no map', tap(1, 0, airport), tap(2, 1, { station: '上海' })],
    ['at a place with the name of a part of every object', tap(1, 0, airport), tap(2, 1, { station: 'constructor' })],
  ])('%s: nothing', (_title, before, after) => {
    expect(suspect(policy, before, after)).toBeUndefined();
  });

  it('sets a tap aside that is counted later and made earlier', () => {
    expect(suspect(policy, tap(1, 6), tap(2, 0))).toEqual({
      code: 'transaction-counter-backwards',
      score: 60,
      isSetAside: true,
      parts: [{ code: 'transaction-counter-backwards', points: 60, found: 360, possible: 300 }],
    });
  });

  it('gives more points the earlier it is, up to a limit', () => {
    expect(suspect(policy, tap(1, 125), tap(2, 0))?.score).toBe(70);
    expect(suspect(policy, tap(1, 1_000_000), tap(2, 0))?.score).toBe(90);
  });

  it('sets a tap aside that nobody can have travelled to', () => {
    const suspicion = suspect(policy, tap(1, 0, airport), tap(2, 3, university));
    expect(suspicion).toMatchObject({ code: 'places-too-far-apart', isSetAside: true });
    expect(suspicion?.parts[0]).toMatchObject({ possible: 10 });
    expect(suspicion!.parts[0]!.found).toBeGreaterThan(10);
  });

  it('counts the way backwards in time too', () => {
    expect(suspect(policy, tap(1, 2, airport), tap(2, 0, university))?.code).toBe('places-too-far-apart');
  });

  it('only marks a jump of the counter', () => {
    expect(suspect(policy, tap(1, 0), tap(102, 1))).toBeUndefined();
    expect(suspect(policy, tap(1, 0), tap(302, 1))).toMatchObject({
      code: 'transaction-counter-jump',
      score: 20,
      isSetAside: false,
    });
    expect(suspect(policy, tap(1, 0), tap(65_535, 1))?.score).toBe(30);
  });

  it('adds the parts up to 100 at most and is named after the largest', () => {
    const suspicion = suspect(policy, tap(1, 100_000, { region: 'cixi' }), tap(9000, 0, { region: 'xiangshan' }));
    expect(suspicion?.parts.map(({ code }) => code)).toEqual([
      'transaction-counter-backwards',
      'transaction-counter-jump',
    ]);
    expect(suspicion?.score).toBe(100);
  });
});
