/** What the page of exceptions does. Whatever came from a tap is put in as text and never as markup. */
export const exceptionsScript = `
'use strict';
const at = (id) => document.getElementById(id);
const KEY = 'yongtap-key';
let next;
at('key').value = sessionStorage.getItem(KEY) || '';

async function ask(path, options) {
  const answer = await fetch(path, {
    ...options,
    headers: { authorization: 'Bearer ' + at('key').value, 'content-type': 'application/json' },
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.code + ': ' + (body.detail || body.title));
  return body;
}

function cell(row, text, tag) {
  const td = row.appendChild(document.createElement('td'));
  const inner = tag ? td.appendChild(document.createElement(tag)) : td;
  inner.textContent = text;
  return td;
}

function what(exception) {
  if (exception.kind === 'gap') return exception.sequence + ' to ' + exception.toSequence;
  if (exception.kind === 'clock') return Math.round(exception.clockOffsetMs / 1000) + ' s';
  return [exception.tapId || exception.journeyId, exception.cardMask, exception.at].filter(Boolean).join(' ');
}

function parts(exception) {
  if (exception.score === undefined) return '';
  return exception.score + ' = ' + exception.parts.map((part) => part.code + ' ' + part.points).join(' + ');
}

function foundOut(row, exception) {
  const td = cell(row, exception.resolution ? exception.resolution.note : '');
  if (exception.resolution) return;
  const input = td.appendChild(document.createElement('input'));
  input.maxLength = 2000;
  input.setAttribute('aria-label', 'What was found out about ' + exception.id);
  const button = td.appendChild(document.createElement('button'));
  button.textContent = 'Resolve';
  button.addEventListener('click', () => guarded(async () => {
    const body = JSON.stringify({ note: input.value });
    const resolved = await ask('/v1/exceptions/' + encodeURIComponent(exception.id) + '/resolution', { method: 'POST', body });
    td.textContent = resolved.resolution.note;
    at('status').textContent = exception.id + ' is resolved';
  }));
}

function show(exception) {
  const row = at('rows').appendChild(document.createElement('tr'));
  cell(row, exception.receivedAt, 'time');
  cell(row, exception.kind);
  cell(row, exception.code, 'code').title = exception.detail;
  cell(row, [exception.operator, exception.terminal, exception.kind === 'gap' ? undefined : exception.sequence].filter(Boolean).join(' / '));
  cell(row, what(exception), 'code');
  cell(row, parts(exception));
  foundOut(row, exception);
}

async function load(isFirst) {
  if (isFirst) {
    next = undefined;
    at('rows').replaceChildren();
  }
  const query = new URLSearchParams({ limit: '100' });
  for (const name of ['kind', 'state', 'operator', 'terminal']) if (at(name).value) query.set(name, at(name).value);
  if (next) query.set('after', next);
  const page = await ask('/v1/exceptions?' + query);
  sessionStorage.setItem(KEY, at('key').value);
  page.exceptions.forEach(show);
  next = page.next;
  at('more').hidden = !next;
  at('caption').textContent = at('rows').children.length + (next ? ' of more' : ' in all');
}

async function guarded(action) {
  at('error').textContent = '';
  at('status').textContent = '';
  try {
    await action();
  } catch (error) {
    at('error').textContent = error.message;
  }
}

at('question').addEventListener('submit', (event) => {
  event.preventDefault();
  guarded(() => load(true));
});
at('more').addEventListener('click', () => guarded(() => load(false)));
`;
