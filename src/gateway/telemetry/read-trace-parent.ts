import type { TraceParent } from './telemetry.js';

const FORM = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** A `traceparent` header (W3C Trace Context §3.2); `undefined` where it is missing or malformed, which is no error. */
export function readTraceParent(header: string | undefined): TraceParent | undefined {
  const match = header === undefined || header.length > 512 ? null : FORM.exec(header);
  if (!match) return undefined;
  const [, traceId = '', spanId = '', flags = ''] = match;
  if (header!.startsWith('00-') && header!.length !== 55) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
