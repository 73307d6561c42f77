import { type Command, Option } from 'commander';
import { CommandError, exitCodes } from '../exit-codes.js';
import { askGateway } from '../gateway/ask-gateway.js';
import { parseUrl } from '../options/url.js';

/** Where a command about members asks, and as whom. */
export interface MemberGateway {
  readonly post: string;
  readonly key?: string;
}

const OWN_GATEWAY = 'http://127.0.0.1:8051';

/** `--post` and `--key`, for a command that reaches a gateway over HTTP. */
export function addMemberGateway(command: Command): Command {
  return command
    .option('--post <url>', 'the gateway', parseUrl, OWN_GATEWAY)
    .addOption(new Option('--key <key>', 'an API key of that gateway').env('YONGTAP_KEY'));
}

/** The address of what is known of a member, or of a part of it. */
export const memberPath = (member: string, part?: string): string =>
  ['v1/members', encodeURIComponent(member), ...(part === undefined ? [] : [part])].join('/');

export interface MemberRequest {
  /** GET, or POST where there is a body. */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Left out where undefined. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Bytes and text as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Of bytes and text. */
  readonly mediaType?: string;
}

/** A place in what was sent: a line of a file, a field of a record. */
export interface RefusedPlace {
  readonly line?: number;
  readonly column?: string;
  readonly message: string;
}

/**
 * Asks the gateway and gives back its JSON. A refusal is thrown as {@link CommandError} with the gateway's own code,
 * words and places; exit code 1.
 */
export async function askMembers<Answer>(
  gateway: MemberGateway,
  path: string,
  request: MemberRequest = {},
): Promise<Answer> {
  const answer = await fetchMembers(gateway, path, request);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

/** The same, for an answer that is a file. */
export async function fetchMembers(
  gateway: MemberGateway,
  path: string,
  request: MemberRequest = {},
): Promise<Response> {
  if (!gateway.key) {
    throw new CommandError('key-missing', 'this needs an API key', undefined, 'Give --key, or set YONGTAP_KEY.');
  }
  const { query = {}, body, method = body === undefined ? 'GET' : 'POST' } = request;
  const said = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const search = said.length > 0 ? `?${new URLSearchParams(said)}` : '';
  const answer = await askGateway(gateway.post, `${path}${search}`, {
    method,
    headers: { authorization: `Bearer ${gateway.key}`, ...contentType(request) },
    ...(body !== undefined && { body: isContent(body) ? body : JSON.stringify(body) }),
  });
  if (answer.ok) return answer;
  throw await refusal(answer);
}

const isContent = (body: unknown): body is Uint8Array<ArrayBuffer> | string =>
  typeof body === 'string' || body instanceof Uint8Array;

function contentType({ body, mediaType }: MemberRequest): Readonly<Record<string, string>> {
  if (body === undefined) return {};
  return { 'content-type': mediaType ?? (isContent(body) ? 'application/octet-stream' : 'application/json') };
}

const PLACES_SHOWN_MAX = 20;

/** What a gateway refuses, as it says it. */
async function refusal(answer: Response): Promise<CommandError> {
  const body = (await answer.json().catch(() => ({}))) as Problem;
  const { code = 'gateway-refused', title = `the gateway answered ${answer.status}`, detail, errors = [] } = body;
  const message = [`${title}${detail ? `: ${detail}` : ''}`, ...placesAsLines(errors)].join('\n');
  return new CommandError(code, message, exitCodes.no);
}

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly RefusedPlace[];
}

/** One indented line for each place, the first twenty of them. */
export function placesAsLines(places: readonly RefusedPlace[]): readonly string[] {
  const lines = places.slice(0, PLACES_SHOWN_MAX).map(({ line, column, message }) => {
    const place = [...(line === undefined ? [] : [`line ${line}`]), ...(column ? [column] : [])].join(', ');
    return place ? `  ${place}: ${message}` : `  ${message}`;
  });
  return places.length > PLACES_SHOWN_MAX ? [...lines, `  and ${places.length - PLACES_SHOWN_MAX} more`] : lines;
}
