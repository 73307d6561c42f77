import { type Example, exampleOf } from './example-of.js';
import { code, escapeHtml, table } from './html.js';
import { parametersIn } from './openapi.js';
import type { Access, Route } from './route.js';

const WHO: Readonly<Record<Access, string>> = {
  public: 'Anybody',
  operator: 'An administrator, or an operator for what is its own',
  people: 'An administrator, or a person for what is in reach',
  administrator: 'An administrator',
};

/** One operation, folded up: who may, what it is given, a request that works as a line of curl, and its answer. */
export function documentedOperation(route: Route): string {
  const { method, path, operationId, summary, access, scope, problems = [] } = route;
  const example = exampleOf(operationId);
  const given = [...parametersIn('path', route.params), ...parametersIn('query', route.query)];
  return `<details><summary id="${operationId}"><span class="method">${method}</span> ${code(path)}
<span class="what">${escapeHtml(summary)}</span></summary>
<p>${WHO[access]}${scope === undefined ? '' : `, with the scope ${code(scope)}`}.</p>
${given.length === 0 ? '' : table(['parameter', 'in', 'what it is'], given.map(parameterCells))}
${example ? exampleText(route, example) : ''}
<p>Answers: ${Object.entries(route.responses)
    .map(([status, { description }]) => `<strong>${status}</strong> ${escapeHtml(description)}`)
    .join('; ')}.</p>
${problems.length === 0 ? '' : `<p>Problems of its own: ${problems.map((each) => `<a href="#${each}">${code(each)}</a>`).join(', ')}.</p>`}
</details>`;
}

function parameterCells(parameter: Readonly<Record<string, unknown>>): string[] {
  const {
    type,
    description,
    enum: choices,
    default: otherwise,
  } = parameter.schema as Readonly<Record<string, unknown>>;
  const said = [
    ...(typeof description === 'string' ? [escapeHtml(description)] : []),
    ...(description === undefined && !choices && typeof type === 'string' ? [type] : []),
    ...(Array.isArray(choices) ? [choices.map((choice) => code(String(choice))).join(', ')] : []),
    ...(otherwise === undefined ? [] : [`${code(String(otherwise))} if left out`]),
  ];
  return [
    code(String(parameter.name)),
    `${parameter.in}${parameter.required === true ? ', needed' : ''}`,
    said.join('; '),
  ];
}

function exampleText({ method, path, access, body }: Route, example: Example): string {
  const { params = {}, query, request, status, response } = example;
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  // Of itself curl posts what has a body, and gets what has none.
  const isPlain = method === (request === undefined ? 'get' : 'post');
  const address = `$GATEWAY${place}${query === undefined ? '' : `?${query}`}`;
  const lines = [
    `curl -sS ${isPlain ? '' : `-X ${method.toUpperCase()} `}"${address}"`,
    ...(access === 'public' ? [] : [`-H "Authorization: Bearer $KEY"`]),
    ...(body && request !== undefined
      ? [
          `-H ${quoted(`Content-Type: ${body.mediaType}`)}`,
          `--data-binary ${quoted(bodyText(request, body.mediaType))}`,
        ]
      : []),
  ];
  return `<pre tabindex="0">${escapeHtml(lines.join(' \\\n  '))}</pre>
<pre tabindex="0">${escapeHtml([String(status), ...(response === undefined ? [] : [inFull(response)])].join('\n'))}</pre>`;
}

const inFull = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));

/** NDJSON has a document on each line. */
const bodyText = (request: unknown, mediaType: string): string =>
  mediaType === 'application/x-ndjson'
    ? [request]
        .flat()
        .map((line) => JSON.stringify(line))
        .join('\n')
    : inFull(request);

/** For a shell: in single quotes nothing is taken for anything else. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
