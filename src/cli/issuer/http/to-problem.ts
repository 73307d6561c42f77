import { CryptogramError, HexError, TlvError } from '../../../../emv/index.js';
import { IssuerError, IssuerHostError } from '../../../../simulator/index.js';
import { Problem } from './problem.js';

/** What was thrown as a problem; what nobody expected is an `internal-error`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof IssuerHostError) {
    const { code, message: detail } = error;
    return new Problem(code.endsWith('-unknown') ? 'unknown' : 'conflict', { code, detail });
  }
  if (error instanceof IssuerError || error instanceof CryptogramError || error instanceof HexError) {
    return new Problem('order-impossible', { code: error.code, detail: error.message });
  }
  if (error instanceof TlvError) return invalidField('/field55', error.code, error.message);
  if (error instanceof URIError) return new Problem('not-found');
  const { type, code } = error as { readonly type?: string; readonly code?: unknown };
  if (type === 'entity.too.large') return new Problem('body-too-large', { detail: 'at most 64 KiB' });
  if (type === 'entity.parse.failed') return new Problem('body-not-json');
  if (type?.startsWith('encoding.') || type?.startsWith('charset.')) return new Problem('media-type-unsupported');
  if (type?.startsWith('request.')) return new Problem('request-invalid');
  if (typeof code === 'string' && code.startsWith('Z_'))
    return new Problem('body-not-json', { detail: 'It does not unpack' });
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    return new Problem('book-unavailable', { headers: { 'retry-after': '5' } });
  }
  return new Problem('internal-error');
}

export const invalidField = (pointer: string, code: string, message: string): Problem =>
  new Problem('request-invalid', { errors: [{ pointer, code, message }] });
