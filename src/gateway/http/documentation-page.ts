import { problemDefinitions } from './problem.js';
import type { Route } from './route.js';

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font: 0.9em ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid #8884; }
.method { text-transform: uppercase; font-weight: 600; }`;

/** The interface on one page, without anything from elsewhere. */
export function documentationPage(routes: readonly Route[], version: string): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Yongtap gateway</title>
<style>${STYLE}</style></head>
<body>
<h1>Yongtap gateway ${escapeHtml(version)}</h1>
<p>Takes tap records, proves them, pairs them into journeys and prices these. The whole interface for programs is
<a href="/openapi.json">/openapi.json</a>, the tap record <a href="/v1/schemas/tap-record.json">/v1/schemas/tap-record.json</a>.
A key goes into <code>Authorization: Bearer KEY</code>.</p>
${tags
  .map((tag) =>
    section(
      tag,
      routes.filter((route) => route.tag === tag),
    ),
  )
  .join('\n')}
<h2>Problems</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457); <code>code</code> is stable.</p>
<table><tr><th>code</th><th>status</th><th>what it means</th></tr>
${Object.entries(problemDefinitions)
  .map(([code, { status, title }]) => row(`<code id="${code}">${code}</code>`, String(status), escapeHtml(title)))
  .join('\n')}
</table>
</body></html>
`;
}

const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function section(tag: string, routes: readonly Route[]): string {
  const rows = routes.map(({ method, path, summary, access }) =>
    row(`<span class="method">${method}</span> <code>${escapeHtml(path)}</code>`, escapeHtml(summary), access),
  );
  return `<h2>${escapeHtml(tag)}</h2>\n<table>${rows.join('\n')}</table>`;
}
