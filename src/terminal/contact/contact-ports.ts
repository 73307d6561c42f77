import type { IssuerAnswer, PortAnswer, PortKind, PortRequest } from '../../../emv/kernel/index.js';

type Awaitable<T> = T | Promise<T>;

/** What the terminal around the kernel can do. What is left out it cannot: no PIN pad, no host, no clerk. */
export interface ContactPorts {
  /** The candidate that the holder takes, by its place; `undefined` for none. */
  readonly chooseApplication?: (request: PortRequest<'choose-application'>) => Awaitable<number | undefined>;
  readonly confirmApplication?: (request: PortRequest<'confirm-application'>) => Awaitable<boolean>;
  /**
   * The digits, which are never kept; `undefined` where the holder or the clerk passes the PIN over. An online PIN stays
   * in its pad: any text will do.
   */
  readonly enterPin?: (request: PortRequest<'enter-pin'>) => Awaitable<string | undefined>;
  readonly compareCertificate?: (request: PortRequest<'compare-certificate'>) => Awaitable<boolean>;
  readonly isInExceptionFile?: (pan: string, panSequenceNumber: string) => Awaitable<boolean>;
  /** What the log holds of the same card, in the smallest unit. */
  readonly sumTransactionLog?: (pan: string, panSequenceNumber: string) => Awaitable<number>;
  /** `unable` where no host answers; `pending` ends the transaction as `online-requested`. */
  readonly authorizeOnline?: (
    request: PortRequest<'authorize-online'>,
  ) => Awaitable<IssuerAnswer | 'unable' | 'pending'>;
  /** Whether the issuer approved on the phone. */
  readonly refer?: (request: PortRequest<'refer-to-issuer'>) => Awaitable<boolean>;
}

/** Puts a request of the kernel to the port that it is for. */
export async function askPort(ports: ContactPorts, request: PortRequest): Promise<PortAnswer> {
  return (await handlers[request.kind](ports, request as never)) as PortAnswer;
}

type Handlers = {
  readonly [K in PortKind]: (ports: ContactPorts, request: PortRequest<K>) => Promise<PortAnswer<K>>;
};

const handlers: Handlers = {
  'choose-application': async (ports, request) => ({
    kind: request.kind,
    index: await ports.chooseApplication?.(request),
  }),
  'confirm-application': async (ports, request) => ({
    kind: request.kind,
    confirmed: (await ports.confirmApplication?.(request)) ?? false,
  }),
  'enter-pin': async (ports, request) => {
    const { kind } = request;
    if (ports.enterPin === undefined) return { kind, result: 'pad-not-working' };
    const pin = await ports.enterPin(request);
    if (pin === undefined) return { kind, result: 'bypassed' };
    return { kind, result: 'entered', ...(request.purpose === 'offline' && { pin }) };
  },
  'compare-certificate': async (ports, request) => ({
    kind: request.kind,
    agrees: (await ports.compareCertificate?.(request)) ?? false,
  }),
  'look-up-exception-file': async (ports, { kind, pan, panSequenceNumber }) => ({
    kind,
    listed: (await ports.isInExceptionFile?.(pan, panSequenceNumber)) ?? false,
  }),
  'sum-transaction-log': async (ports, { kind, pan, panSequenceNumber }) => ({
    kind,
    amount: (await ports.sumTransactionLog?.(pan, panSequenceNumber)) ?? 0,
  }),
  'authorize-online': async (ports, request) => {
    const { kind } = request;
    const answer = (await ports.authorizeOnline?.(request)) ?? 'unable';
    return typeof answer === 'string' ? { kind, result: answer } : { kind, result: 'answered', ...answer };
  },
  'refer-to-issuer': async (ports, request) => ({
    kind: request.kind,
    approved: (await ports.refer?.(request)) ?? false,
  }),
};
