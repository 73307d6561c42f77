import { createContext, runInContext } from 'node:vm';
import { beforeEach, expect, it } from 'vitest';
import { exceptionsPage } from '../../../src/gateway/http/exceptions-page.js';
import { exceptionsScript } from '../../../src/gateway/http/exceptions-script.js';

/** As much of an element as the page uses. */
class Element {
  readonly children: Element[] = [];
  readonly dataset: Record<string, string> = {};
  readonly attributes: Record<string, string> = {};
  readonly listeners: Record<string, (event: object) => void> = {};
  value = '';
  text = '';
  hidden = false;
  disabled = false;
  constructor(readonly tag: string) {}
  get textContent(): string {
    return [this.text, ...this.children.map(({ textContent }) => textContent)].filter(Boolean).join(' ');
  }
  set textContent(text: string) {
    this.children.length = 0;
    this.text = text;
  }
  appendChild(child: Element): Element {
    this.children.push(child);
    return child;
  }
  replaceChildren(): void {
    this.children.length = 0;
  }
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }
  addEventListener(name: string, listener: (event: object) => void): void {
    this.listeners[name] = listener;
  }
  focus(): void {
    shown.activeElement = this;
  }
  find(tag: string): Element {
    return this.all().find((each) => each.tag === tag)!;
  }
  all(): Element[] {
    return this.children.flatMap((child) => [child, ...child.all()]);
  }
}

const journey = {
  id: 'tap_1.unfinished',
  kind: 'unfinished',
  code: 'journey-unfinished',
  detail: 'it still waits for a tap',
  operator: 'ningbo-metro',
  journeyId: 'tap_1',
  cardMask: '622800*********0017',
  at: '2015-10-03T08:25:00+08:00',
  receivedAt: '2015-10-03T00:25:00.000Z',
};

let at: (id: string) => Element;
let asked: string[];
let shown: { readonly body: Element; activeElement: Element };
let answer: () => { ok: boolean; status?: number; json: () => Promise<unknown> };
const told = (body: unknown, status = 200) => ({ ok: status < 400, status, json: async () => body });
const done = () => new Promise((resolve) => setImmediate(resolve));
const submit = async (form: Element) => {
  form.listeners.submit!({ preventDefault: () => {} });
  await done();
};

beforeEach(() => {
  const ids = new Map([...exceptionsPage.matchAll(/ id="(\w+)"/g)].map(([, id]) => [id!, new Element('div')]));
  at = (id) => ids.get(id)!;
  asked = [];
  answer = () => told({ exceptions: [journey] });
  const body = new Element('body');
  const document = { body, activeElement: body, getElementById: at, createElement: (tag: string) => new Element(tag) };
  shown = document;
  const page = {
    document,
    sessionStorage: { getItem: () => 'yt_key', setItem: () => {} },
    fetch: async (path: string) => {
      asked.push(path);
      return answer();
    },
    URLSearchParams,
  };
  runInContext(exceptionsScript, createContext(page));
});

it('tells all instants by one clock, why in words, and names each cell for a narrow screen', async () => {
  await submit(at('question'));
  const [row] = at('rows').children;
  expect(row!.children.map(({ dataset, textContent }) => [dataset.label, textContent])).toEqual([
    ['Received', '2015-10-03 08:25:00'],
    ['Kind', 'unfinished'],
    ['Reason', 'journey-unfinished it still waits for a tap'],
    ['Where', 'ningbo-metro'],
    ['What', 'tap_1 622800*********0017 2015-10-03 08:25:00'],
    ['Score', ''],
    ['Found out', 'Resolve'],
  ]);
  expect(at('caption').textContent).toBe('1 in all');
  answer = () => told({ exceptions: [] });
  await submit(at('question'));
  expect(at('caption').textContent).toBe('None.');
});

it('goes on with what it was asked for, whatever was typed since', async () => {
  at('kind').value = 'unfinished';
  answer = () => told({ exceptions: [journey], next: '1.tap_1' });
  await submit(at('question'));
  at('kind').value = 'gap';
  at('more').listeners.click!({});
  await done();
  expect(asked.map((path) => new URL(path, 'http://x').searchParams.get('kind'))).toEqual(['unfinished', 'unfinished']);
  expect(asked[1]).toContain('after=1.tap_1');
});

it('tells beside the note why it was not taken, and takes it by a key of the keyboard', async () => {
  await submit(at('question'));
  const row = at('rows').children[0]!;
  const form = row.find('form');
  form.find('input').value = 'looked at the gate';
  answer = () => told({ code: 'note-holds-card-number', title: 'no' }, 400);
  const button = form.find('button');
  expect(button.attributes['aria-label']).toBe('Resolve tap_1.unfinished');
  button.focus();
  form.listeners.submit!({ preventDefault: () => {} });
  // A browser takes the focus from a button that is disabled.
  expect(button.disabled).toBe(true);
  shown.activeElement = shown.body;
  await done();
  expect(shown.activeElement).toBe(button);
  expect([form.find('span').textContent, at('error').textContent]).toEqual(['note-holds-card-number: no', '']);
  answer = () => told({ resolution: { note: 'looked at the gate' } });
  await submit(form);
  expect(row.children.at(-1)!.textContent).toBe('looked at the gate');
  expect(asked.at(-1)).toBe('/v1/exceptions/tap_1.unfinished/resolution');
});

it('says that nobody answers, or somebody else, and asks once at a time', async () => {
  for (const [fails, said] of [
    [() => Promise.reject(new Error('Failed to fetch')), 'the gateway does not answer'],
    [
      () => ({ ok: false, status: 502, json: () => Promise.reject(new SyntaxError('<')) }),
      '502: no answer of the gateway itself',
    ],
  ] as const) {
    answer = fails as typeof answer;
    await submit(at('question'));
    expect(at('error').textContent).toBe(said);
    expect(at('rows').children).toEqual([]);
  }
  at('question').listeners.submit!({ preventDefault: () => {} });
  expect(at('show').disabled).toBe(true);
  await done();
  expect(at('show').disabled).toBe(false);
});
