import { createHmac } from 'node:crypto';

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each step reads the few fields that it holds against the rules
  readonly body: any;
}

/** Who asks: an administrator's key, or a person with a session. */
export interface Asker {
  /** `body`: bytes and texts go as they are, the rest as JSON. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown, mediaType?: string): Promise<Answered>;
  /** A file of the gateway. Throws Error where it is refused. */
  download(path: string): Promise<Uint8Array>;
}

async function answered(answer: Response): Promise<Answered> {
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, body: isJson && text !== '' ? JSON.parse(text) : text };
}

const contentOf = (body: unknown): string | Uint8Array | undefined =>
  body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);

function createAsker(url: string, headers: Readonly<Record<string, string>>): Asker {
  return {
    ask: async (method, path, body, mediaType = 'application/json') => {
      const content = contentOf(body);
      const type = content === undefined ? {} : { 'content-type': mediaType };
      const request = { method, headers: { ...headers, ...type }, ...(content !== undefined && { body: content }) };
      return answered(await fetch(`${url}${path}`, request));
    },
    download: async (path) => {
      const answer = await fetch(`${url}${path}`, { headers });
      if (!answer.ok) throw new Error(`the gateway answered ${answer.status} to ${path}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

/** Who has neither key nor session: whatever is open to everybody. */
export const askAsNobody = (url: string): Asker => createAsker(url, {});

export const askWithKey = (url: string, key: string): Asker => createAsker(url, { authorization: `Bearer ${key}` });

export interface NewPerson {
  readonly name: string;
  readonly roles: readonly string[];
  readonly unit?: string;
  readonly bank?: string;
  readonly member?: string;
}

const PASSWORD = 'a made-up person has this long sentence for a password';

/**
 * Has an account made by who looks after such accounts, takes its invitation up, logs in and, where the role wants one, sets up a second factor: as people
 * do it in a browser. Whose session has ended logs in again. `clock` is the gateway's. Throws Error where the gateway
 * refuses a part.
 */
export async function logInAs(url: string, maker: Asker, person: NewPerson, clock: () => Date): Promise<Asker> {
  const made = expectDone(await maker.ask('POST', '/v1/accounts', person));
  const nobody = askAsNobody(url);
  expectDone(await nobody.ask('POST', '/v1/passwords', { invitation: made.invitation, password: PASSWORD }));
  const proof = { name: made.name, password: PASSWORD };
  const first = await openSession(url, '/v1/sessions', proof, {});
  const { body: me } = await first.asker.ask('GET', '/v1/me');
  if (!me.secondFactorNeeded) return loggedInAgain(first.asker, () => openSession(url, '/v1/sessions', proof, {}));
  const begun = expectDone(await first.asker.ask('POST', '/v1/me/second-factor', { password: PASSWORD }));
  const code = () => codeAt(begun.secret, clock());
  const confirmation = await openSession(url, '/v1/me/second-factor/confirmation', { code: code() }, first.headers);
  const again = () => openSession(url, '/v1/sessions', { ...proof, code: code() }, {});
  return loggedInAgain(confirmation.asker, again);
}

/** Asks as one who logs in again once their session has ended. */
function loggedInAgain(first: Asker, again: () => Promise<{ readonly asker: Asker }>): Asker {
  let asker = Promise.resolve(first);
  const renew = (ended: Promise<Asker>): Promise<Asker> => {
    // Of many requests at once the first logs in, and the others wait for it.
    if (asker === ended) asker = again().then((opened) => opened.asker);
    return asker;
  };
  return {
    async ask(...request) {
      const used = asker;
      const answer = await (await used).ask(...request);
      return answer.status === 401 ? (await renew(used)).ask(...request) : answer;
    },
    download: async (path) => (await asker).download(path),
  };
}

/** What begins a session answers with its cookie, and with the token that each change has to repeat. */
async function openSession(url: string, path: string, body: object, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrfToken } = expectDone(await answered(answer));
  const own = { cookie, 'x-csrf-token': String(csrfToken), origin: url, 'sec-fetch-site': 'same-origin' };
  return { asker: createAsker(url, own), headers: own };
}

function expectDone({ status, body }: Answered) {
  if (status >= 400) throw new Error(`the gateway answered ${status} ${body?.code ?? ''}`);
  return body;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator shows at an instant: six digits (RFC 6238, HMAC-SHA-1, 30 seconds). */
function codeAt(secret: string, at: Date): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
