import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TimeWatch } from '../../../src/readers/rules/time-watch.js';

const never = () => new Promise<string>(() => {});
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('a watch over the answers of a card', () => {
  it('gives each answer its whole time, however long ago the timer began', async () => {
    const watch = new TimeWatch('a card', 60);
    await watch.over(sleep(40));
    const start = performance.now();
    await expect(watch.over(never())).rejects.toMatchObject({ code: 'card-mute' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(60);
  });

  it('gives up only what is late of answers that are waited for together', async () => {
    const watch = new TimeWatch('a card', 80);
    const late = watch.over(never()).catch(({ message }: Error) => message);
    await sleep(50);
    const inTime = watch.over(sleep(60, 'here'));
    expect(await late).toBe('no answer from a card within 80 ms');
    expect(await inTime).toBe('here');
  });

  it('hands failures on, and drops an answer that comes too late', async () => {
    const watch = new TimeWatch('a card', 30);
    await expect(watch.over(Promise.reject(new Error('pulled')))).rejects.toThrow('pulled');
    await expect(watch.over(sleep(60, 'late'))).rejects.toMatchObject({ code: 'card-mute' });
    expect(await watch.over(Promise.resolve('next'))).toBe('next');
  });

  it('makes one thing of each answer: what comes too late is not taken as well', async () => {
    const watch = new TimeWatch('a card', 30);
    const taken: unknown[] = [];
    const take = (answer: unknown) => taken.push(answer instanceof Error ? answer.message : answer);
    const late = sleep(60, 'late');
    expect(await watch.over(late, take, take)).toBe(1);
    await late;
    expect(await watch.over(Promise.resolve('here'), take, take)).toBe(2);
    expect(await watch.over(Promise.reject(new Error('pulled')), take, take)).toBe(3);
    expect(taken).toEqual(['no answer from a card within 30 ms', 'here', 'pulled']);
  });

  it('fails where what is made of an answer fails', async () => {
    const watch = new TimeWatch('a card', 10_000);
    const refuse = () => {
      throw new Error('refused');
    };
    await expect(watch.over(Promise.resolve('here'), refuse, refuse)).rejects.toThrow('refused');
    await expect(watch.over(Promise.reject(new Error('pulled')), refuse, refuse)).rejects.toThrow('refused');
  });

  it('keeps the process alive while an answer is waited for, and no longer', async () => {
    const before = timers();
    const watch = new TimeWatch('a card', 10_000);
    let answer: (value: string) => void = () => {};
    const waited = watch.over(
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
    );
    expect(timers()).toBe(before + 1);
    answer('here');
    await waited;
    expect(timers()).toBe(before);
  });
});
