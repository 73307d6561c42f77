import { tapRefusals } from '../intake/tap-refusals.js';
import { eventCatalogue } from '../webhooks/index.js';
import { documentedOperation } from './documented-operation.js';
import { code, escapeHtml, fromMarkdown, table } from './html.js';
import { problemDefinitions } from './problem.js';
import type { Route } from './route.js';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid #8884; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
details { border-bottom: 1px solid #8884; padding: 0.35rem 0; }
summary { cursor: pointer; }
pre { font: 0.85em/1.4 ui-monospace, monospace; background: #8882; padding: 0.75rem; overflow: auto; max-height: 24rem; }
.method { text-transform: uppercase; font-weight: 600; }
.what { display: block; padding-left: 1.1rem; }
.wide { overflow-x: auto; }`;

/** The interface on one page, without anything from elsewhere. */
export function documentationPage(routes: readonly Route[], version: string): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const sections = [...tags, 'events', 'problems', 'refused taps'];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Yongtap gateway</title>
<style>${STYLE}</style></head>
<body>
<main>
<h1>Yongtap gateway ${escapeHtml(version)}</h1>
<p>Takes tap records, proves them, pairs them into journeys and prices these. The whole interface for programs is
<a href="/openapi.json">/openapi.json</a>, the tap record <a href="/v1/schemas/tap-record.json">/v1/schemas/tap-record.json</a>.
What wants a person’s look is at <a href="/exceptions">/exceptions</a>.</p>
<p>A key goes into <code>Authorization: Bearer KEY</code>. The examples want it in the environment, and where the gateway
is: <code>export GATEWAY=http://127.0.0.1:8051 KEY=yt_…</code></p>
<nav aria-label="Sections"><ul>${sections.map((each) => `<li><a href="#${anchor(each)}">${escapeHtml(each)}</a></li>`).join('')}</ul></nav>
${tags
  .map((tag) => [heading(tag), ...routes.filter((route) => route.tag === tag).map(documentedOperation)].join('\n'))
  .join('\n')}
${heading('events')}
<p>What <a href="#createWebhook">webhooks</a> are told.</p>
${table(
  ['type', 'when'],
  Object.entries(eventCatalogue).map(([type, { summary }]) => [code(type), escapeHtml(summary)]),
)}
${heading('problems')}
<p>Errors are <code>application/problem+json</code> (RFC 9457); <code>code</code> is stable.</p>
${table(
  ['code', 'status', 'what it means', 'what to do'],
  Object.entries(problemDefinitions).map(([name, { status, title, remedy }]) => [
    `<code id="${name}">${name}</code>`,
    String(status),
    escapeHtml(title),
    fromMarkdown(remedy),
  ]),
)}
${heading('refused taps')}
<p>Why a tap is <a href="#tap-refused">refused</a>. It is kept, and waits for somebody’s look.</p>
${table(
  ['code', 'what it means'],
  Object.entries(tapRefusals).map(([name, { meaning }]) => [code(name), escapeHtml(meaning)]),
)}
</main>
</body></html>
`;
}

const anchor = (tag: string): string => `of-${tag.replaceAll(' ', '-')}`;

const heading = (tag: string): string => `<h2 id="${anchor(tag)}">${escapeHtml(tag)}</h2>`;
