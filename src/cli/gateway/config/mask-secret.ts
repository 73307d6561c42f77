import type { ConfigOption } from './config-option.js';

const MASK = '********';

/** A value as it may be shown. */
export function maskSecret({ secret }: ConfigOption, value: unknown): unknown {
  if (secret === undefined || typeof value !== 'string') return value;
  return secret === 'whole' ? MASK : withoutPassword(value);
}

function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return MASK;
  const url = new URL(text);
  if (url.password !== '') url.password = MASK;
  for (const name of url.searchParams.keys()) if (/pass|secret/i.test(name)) url.searchParams.set(name, MASK);
  return url.href;
}
