import {
  createIssuerHost,
  createMemoryAccountBook,
  createTestIssuer,
  createTestPki,
  IssuerHostError,
} from '../../../../../simulator/index.js';
import { type IssuerLine, issuerRefused } from './issuer-line.js';

const AVAILABLE_FEN = 1_000_000;

/** The issuer of the software cards in this process. It knows each card from now on, and forgets it in the end. */
export function ownIssuer(random: (length: number) => Uint8Array): IssuerLine {
  const host = createIssuerHost({
    issuer: createTestIssuer(createTestPki()),
    book: createMemoryAccountBook(),
    clock: () => new Date(),
    tokenKey: random(32),
    opensWith: { availableFen: AVAILABLE_FEN },
  });
  return {
    authorize: async (request) => orRefused(() => host.authorize(request).answer),
    async confirm(id, { reversalRequired, scriptResults }) {
      orRefused(() => host.confirm(id, { outcome: reversalRequired ? 'reversed' : 'completed', scriptResults }));
      return true;
    },
    async advise(data) {
      orRefused(() => host.advise(data));
      return true;
    },
  };
}

function orRefused<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof IssuerHostError)) throw error;
    throw issuerRefused(`the issuer in this process refuses: ${error.message} [${error.code}]`);
  }
}
