import { createHash } from 'node:crypto';
import { exceptionKinds } from '../exceptions/index.js';
import { exceptionColumns, exceptionsScript } from './exceptions-script.js';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
#question { display: flex; flex-wrap: wrap; gap: 0.75rem 1.5rem; align-items: end; margin: 1rem 0; }
label { display: grid; gap: 0.25rem; }
input, select, button { font: inherit; padding: 0.3rem 0.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: 0.5rem 0; }
td, th { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid #8884; }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
time { white-space: nowrap; }
small { display: block; }
td form { display: flex; flex-wrap: wrap; gap: 0.25rem; }
td input { min-width: 8rem; flex: 1; }
[role="alert"] { color: light-dark(#b00, #f99); font-weight: 600; }
@media (max-width: 60rem) {
  thead { position: absolute; display: block; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; border-bottom: 1px solid #8884; padding: 0.5rem 0; }
  td { display: grid; grid-template-columns: 6rem 1fr; border: 0; padding: 0.15rem 0; overflow-wrap: anywhere; }
  td::before { content: attr(data-label); grid-row: span 2; }
  td:empty { display: none; }
}`;

const options = exceptionKinds.map((kind) => `<option>${kind}</option>`).join('');

/** What wants a person's look: a page that is given a key, keeps it while its tab is open, and asks this gateway alone. */
export const exceptionsPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Exceptions · Yongtap</title>
<style>${STYLE}</style></head>
<body>
<main>
<h1>Exceptions</h1>
<p>Taps that were set aside or marked, records in conflict, gaps in a terminal’s sequence, clocks that are wrong and
journeys that still wait for a tap. Times are those of Shanghai.</p>
<form id="question">
<label>API key <input id="key" type="password" autocomplete="off" required></label>
<label>Kind <select id="kind"><option value="">all</option>${options}</select></label>
<label>State <select id="state"><option>open</option><option>resolved</option><option value="">all</option></select></label>
<label>Operator <input id="operator" maxlength="64"></label>
<label>Terminal <input id="terminal" maxlength="64"></label>
<button id="show">Show</button>
</form>
<p id="error" role="alert"></p>
<p id="status" role="status"></p>
<table>
<caption id="caption"></caption>
<thead><tr>${exceptionColumns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>
<tbody id="rows"></tbody>
</table>
<p><button id="more" type="button" hidden>More</button></p>
<noscript>This page needs JavaScript; <code>GET /v1/exceptions</code> says the same.</noscript>
</main>
<script>${exceptionsScript}</script>
</body></html>
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but this very script and style runs, and it speaks to this gateway only. */
export const exceptionsPageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${hashOf(exceptionsScript)}`,
    `style-src ${hashOf(STYLE)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
};
