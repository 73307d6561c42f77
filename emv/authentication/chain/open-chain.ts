import { type AuthenticationMeans, ordinaryMeans } from '../means.js';
import type { OdaResult } from '../oda-result.js';
import { verifyCda } from '../verify-cda.js';
import { verifyDda } from '../verify-dda.js';
import { verifyFdda } from '../verify-fdda.js';
import { verifySda } from '../verify-sda.js';
import type { Chain, ChainInput, ChainStep } from './chain.js';
import { ChainWitness } from './chain-witness.js';
import { describeLink } from './describe-link.js';

const certificates: readonly ChainStep[] = ['ca-key', 'issuer-certificate', 'static-data'];

const stepsOf = (method: ChainInput['method']): readonly ChainStep[] =>
  method === 'sda'
    ? [...certificates, 'signed-static-data']
    : [...certificates, 'icc-certificate', 'dynamic-data', 'signed-dynamic-data'];

/**
 * Runs an offline data authentication before a witness: every link of the chain with its fields as they were recovered,
 * and every check that failed. The verifying functions themselves do the work, so the first failure is the one that they
 * give; checks that a failure does not hinder are made as well. Never throws for what a card can send.
 *
 * @example openChain({ method: 'fdda', rid: 'A000000333', caKeys, date: '2016-01-04', data, staticData })
 */
export function openChain(input: ChainInput): Chain {
  const witness = new ChainWitness();
  const result = verify(input, { ...ordinaryMeans, witness });
  const stop = result.ok ? undefined : result;
  const failures = stop === undefined ? witness.failures : [...witness.failures, stop];
  const steps = stepsOf(input.method);
  const last = stop === undefined ? steps.length - 1 : steps.indexOf(stop.step as ChainStep);
  return {
    method: input.method,
    ok: failures.length === 0,
    ...(failures[0] && { reason: failures[0].reason }),
    failures,
    links: steps.map((step, position) =>
      describeLink(step, { input, witness, failures, stop, isReached: position <= last }),
    ),
  };
}

function verify(input: ChainInput, means: AuthenticationMeans): OdaResult {
  switch (input.method) {
    case 'sda':
      return verifySda(input, means);
    case 'dda':
      return verifyDda(input, means);
    case 'cda':
      return verifyCda(input, means);
    case 'fdda':
      return verifyFdda(input, means);
  }
}
