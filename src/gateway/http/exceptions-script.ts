/** The columns of the page’s table; on a narrow screen each cell names its own. */
export const exceptionColumns = ['Received', 'Kind', 'Reason', 'Where', 'What', 'Score', 'Found out'] as const;

/** What the page of exceptions does. Whatever came from a tap is put in as text and never as markup. */
export const exceptionsScript = `
'use strict';
const at = (id) => document.getElementById(id);
const KEY = 'yongtap-key';
const COLUMNS = ${JSON.stringify(exceptionColumns)};
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });
let shown;
let next;
at('key').value = sessionStorage.getItem(KEY) || '';

const instant = (text) => CLOCK.format(new Date(text));

async function ask(path, options) {
  const headers = { authorization: 'Bearer ' + at('key').value, 'content-type': 'application/json' };
  const answer = await fetch(path, { ...options, headers }).catch(() => {
    throw new Error('the gateway does not answer');
  });
  const body = await answer.json().catch(() => ({ code: answer.status, title: 'no answer of the gateway itself' }));
  if (!answer.ok) throw new Error(body.code + ': ' + (body.detail || body.title));
  return body;
}

function add(to, tag, text) {
  const element = to.appendChild(document.createElement(tag));
  if (text !== undefined) element.textContent = text;
  return element;
}

function cell(row, text) {
  const td = add(row, 'td', text);
  td.dataset.label = COLUMNS[row.children.length - 1];
  return td;
}

function what(exception) {
  if (exception.kind === 'gap') return exception.sequence + ' to ' + exception.toSequence;
  if (exception.kind === 'clock') return Math.round(exception.clockOffsetMs / 1000) + ' s';
  const when = exception.at && instant(exception.at);
  return [exception.tapId || exception.journeyId, exception.cardMask, when].filter(Boolean).join(' ');
}

function parts(exception) {
  if (exception.score === undefined) return '';
  return exception.score + ' = ' + exception.parts.map((part) => part.code + ' ' + part.points).join(' + ');
}

function foundOut(row, exception) {
  const td = cell(row, exception.resolution ? exception.resolution.note : undefined);
  if (exception.resolution) return;
  const form = add(td, 'form');
  const input = add(form, 'input');
  input.maxLength = 2000;
  input.required = true;
  input.setAttribute('aria-label', 'What was found out about ' + exception.id);
  const button = add(form, 'button', 'Resolve');
  button.setAttribute('aria-label', 'Resolve ' + exception.id);
  const error = add(form, 'span');
  error.setAttribute('role', 'alert');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    guarded([button], error, async () => {
      const body = JSON.stringify({ note: input.value });
      const path = '/v1/exceptions/' + encodeURIComponent(exception.id) + '/resolution';
      const resolved = await ask(path, { method: 'POST', body });
      td.textContent = resolved.resolution.note;
      td.tabIndex = -1;
      td.focus();
      at('status').textContent = exception.id + ' is resolved';
    });
  });
}

function show(exception) {
  const row = add(at('rows'), 'tr');
  add(cell(row), 'time', instant(exception.receivedAt)).dateTime = exception.receivedAt;
  cell(row, exception.kind);
  const reason = cell(row);
  add(reason, 'code', exception.code);
  add(reason, 'small', exception.detail);
  cell(row, [exception.operator, exception.terminal, exception.kind === 'gap' ? undefined : exception.sequence].filter(Boolean).join(' / '));
  add(cell(row), 'code', what(exception));
  cell(row, parts(exception));
  foundOut(row, exception);
}

async function load(isFirst) {
  if (isFirst) {
    shown = { limit: '100' };
    for (const name of ['kind', 'state', 'operator', 'terminal']) if (at(name).value) shown[name] = at(name).value;
    next = undefined;
    at('rows').replaceChildren();
    at('caption').textContent = '';
  }
  const query = new URLSearchParams(shown);
  if (next) query.set('after', next);
  const page = await ask('/v1/exceptions?' + query);
  sessionStorage.setItem(KEY, at('key').value);
  page.exceptions.forEach(show);
  next = page.next;
  at('more').hidden = !next;
  const count = at('rows').children.length;
  at('caption').textContent = count === 0 ? 'None.' : count + (next ? ', and there are more' : ' in all');
}

/** One thing at a time; what went wrong is told where it was asked for, and who works by the keyboard stays there. */
async function guarded(buttons, error, action) {
  const held = document.activeElement;
  for (const button of buttons) button.disabled = true;
  error.textContent = '';
  at('status').textContent = '';
  try {
    await action();
  } catch (failure) {
    error.textContent = failure.message;
  } finally {
    for (const button of buttons) button.disabled = false;
    if (document.activeElement === document.body) held.focus();
  }
}

const ofTable = [at('show'), at('more')];
at('question').addEventListener('submit', (event) => {
  event.preventDefault();
  guarded(ofTable, at('error'), () => load(true));
});
at('more').addEventListener('click', () => guarded(ofTable, at('error'), () => load(false)));
`;
