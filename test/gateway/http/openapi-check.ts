import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';

interface Content {
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly schema: { readonly enum?: readonly string[] } }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly headers?: Readonly<Record<string, object>> };
}

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly requestType?: string | undefined;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseType: string;
  readonly responseBody: unknown;
  readonly responseHeaders?: Headers | undefined;
}

/** Such as a reader of HTTP itself knows. */
const OF_HTTP =
  /^(date|connection|keep-alive|transfer-encoding|allow|vary|cache-control|referrer-policy|content-.*|x-content-type-options)$/;

/** With any answer; the document tells them once. */
const OF_ANY = new Set(['x-request-id', 'x-yongtap-sandbox', 'ratelimit', 'ratelimit-policy']);

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** Finds what a place of a document makes of a value. */
type Validators = (place: string) => ValidateFunction;

const validatorsOf = new WeakMap<OpenApiDocument, Validators>();

function createValidators(document: OpenApiDocument): Validators {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'interface');
  const compiled = new Map<string, ValidateFunction>();
  return (place) => {
    const validate = compiled.get(place) ?? ajv.compile({ $ref: `interface#${place}` });
    compiled.set(place, validate);
    return validate;
  };
}

/** Holds requests and answers to the document that the gateway itself serves. What it makes of one it makes once. */
export function checkAgainst(document: OpenApiDocument) {
  const validators = validatorsOf.get(document) ?? createValidators(document);
  validatorsOf.set(document, validators);
  const seen = new Set<string>();

  function check(value: unknown, place: string): void {
    const validate = validators(place);
    expect(validate(value), `${place}: ${JSON.stringify(validate.errors)} of ${JSON.stringify(value)}`).toBe(true);
  }

  return {
    /** Operations with the statuses that were answered: `postTap 201`. */
    seen,
    check,
    /** What the document says of an address and a method; `undefined` where it knows neither. */
    exchange(exchange: Exchange): void {
      const { method, path, requestType, requestBody, status, responseType, responseBody, responseHeaders } = exchange;
      const address = path.split('?')[0]!;
      const template = Object.keys(document.paths).find((each) =>
        new RegExp(`^${each.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(address),
      );
      const verb = method.toLowerCase();
      const operation = template === undefined ? undefined : document.paths[template]![verb];
      if (!operation) {
        expect([400, 404, 405]).toContain(status);
        check(responseBody, pointer('components', 'schemas', 'Problem'));
        return;
      }
      const at = ['paths', template!, verb] as const;
      seen.add(`${operation.operationId} ${status}`);
      if (status < 300 && requestBody !== undefined) {
        for (const each of linesOf(requestType!, requestBody)) {
          check(each, pointer(...at, 'requestBody', 'content', requestType!, 'schema'));
        }
      }
      const answer = operation.responses[status];
      expect(answer, `${operation.operationId} is told to answer ${status}`).toBeDefined();
      const told = namesOf(answer!.headers);
      const toldOfAny = namesOf(document.components.headers).filter((name) => OF_ANY.has(name));
      for (const [name] of responseHeaders ?? []) {
        if (OF_HTTP.test(name)) continue;
        expect([...told, ...toldOfAny], `${operation.operationId} is told to answer ${status} with ${name}`).toContain(
          name,
        );
      }
      if (status === 204 || status === 304) return;
      expect(Object.keys(answer!.content ?? {})).toContain(responseType);
      for (const each of linesOf(responseType, responseBody)) {
        check(each, pointer(...at, 'responses', String(status), 'content', responseType, 'schema'));
      }
    },
  };
}

const namesOf = (headers: object = {}): string[] => Object.keys(headers).map((name) => name.toLowerCase());

const linesOf = (mediaType: string, body: unknown): readonly unknown[] =>
  mediaType === 'application/x-ndjson' ? (body as readonly unknown[]) : [body];
