import responses from './authorization-responses.json';

export type IssuerDecision = 'approve' | 'refer' | 'decline';

/** What an authorization response code (8A, 2 characters) means to the terminal; all others decline. */
export const issuerDecision = (code: string): IssuerDecision =>
  (responses.find((row) => row.code === code)?.action as IssuerDecision | undefined) ?? 'decline';
