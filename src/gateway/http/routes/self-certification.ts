import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { addressGroup } from '../../address-group.js';
import {
  askForCode,
  type CertificationOptions,
  type Claimed,
  certifySelf,
  codePolicy,
  confirmedFieldsSchema,
  refusalWords,
} from '../../certification/index.js';
import { certificationFields, certificationSchema, memberRecordSchema, panSchema } from '../../membership/index.js';
import { clientAddress } from '../client-address.js';
import { Problem } from '../problem.js';
import { createRateLimiter } from '../rate-limiter.js';
import { type Route, route } from '../route.js';

const { identityType, identityNumber, mobile } = memberRecordSchema.shape;

const claim = {
  identityType,
  identityNumber: identityNumber.unwrap().describe('Of the identity document, as it is in the register'),
  card: panSchema.optional().describe('The number of the 5·1 service card; or the mobile number'),
  mobile: mobile.describe('The mobile number of the register; or the card number'),
};

type Claim = z.infer<z.ZodObject<typeof claim>>;

const hasOneOfTwo = ({ card, mobile: number }: Claim): boolean => (card === undefined) !== (number === undefined);
const ONE_OF_TWO = 'either card or mobile';

const askSchema = z.strictObject(claim).refine(hasOneOfTwo, ONE_OF_TWO);

const selfSchema = z
  .strictObject({
    ...claim,
    code: z.string().regex(new RegExp(`^\\d{${codePolicy.digits}}$`), `${codePolicy.digits} digits`),
    year: certificationSchema.shape.year.optional().describe('This year, or the next once it is open, if not told'),
    confirmed: confirmedFieldsSchema,
  })
  .refine(hasOneOfTwo, ONE_OF_TWO);

const certifiedSchema = z
  .object({
    result: z.enum(['certified', 'corrected', 'unchanged']).describe('`unchanged`: it was certified already'),
    year: z.int(),
    changed: z.array(z.enum(certificationFields)).describe('What was corrected'),
  })
  .describe('Certified, for taps from this instant on');

const toClaimed = ({ identityType: type, identityNumber: number, card, mobile: phone }: Claim): Claimed => ({
  identityType: type,
  identityNumber: number,
  ...(card !== undefined ? { card } : { mobile: phone! }),
});

const MINUTE_S = 60;

export interface SelfCertificationServices extends CertificationOptions {
  readonly isBehindProxy?: boolean | undefined;
}

/** Certification by the member, who has no account: a code to the mobile number of the register proves who it is. */
export function selfCertificationRoutes(options: SelfCertificationServices): Route[] {
  const limiter = createRateLimiter(codePolicy.requestsPerMinuteOfAddress, () => options.now() / MINUTE_S);
  const limit = (request: IncomingMessage) => {
    const { allowed, resetSeconds } = limiter.take(addressGroup(clientAddress(request, options.isBehindProxy)));
    if (!allowed) throw tooMany(resetSeconds * MINUTE_S);
  };
  const common = { method: 'post', tag: 'certification', access: 'public', audit: 'none' } as const;
  return [
    route({
      ...common,
      path: '/v1/certifications/codes',
      operationId: 'askForCertificationCode',
      summary: 'Ask for a one-time code to the mobile number that is in the register; the answer tells nothing of whom',
      body: { schema: askSchema, mediaType: 'application/json' },
      responses: {
        202: {
          description: 'If there is such a member, a code is on its way',
          schema: z.object({ validSeconds: z.int() }),
        },
      },
      problems: ['too-many-requests'],
      async handle({ body, request }) {
        limit(request);
        const asked = await askForCode(options, toClaimed(body));
        if (asked.result === 'too-soon') throw tooMany(asked.retryAfterSeconds);
        return { status: 202, body: { validSeconds: asked.validSeconds } };
      },
    }),
    route({
      ...common,
      path: '/v1/certifications/self',
      operationId: 'certifySelf',
      summary: 'Certify oneself with a code, and confirm or correct what the register has',
      body: { schema: selfSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'Certified', schema: certifiedSchema } },
      problems: ['code-not-accepted', 'certification-not-open', 'certification-refused', 'too-many-requests'],
      async handle({ body, request, response }) {
        limit(request);
        const { code, confirmed: said, year } = body;
        const requestId = String(response.getHeader('x-request-id') ?? '');
        const certified = await certifySelf(options, { claimed: toClaimed(body), code, said, year, requestId });
        if (certified.result === 'code-not-accepted') throw new Problem('code-not-accepted');
        if (certified.result === 'not-confirmed') throw notConfirmed(certified.missing);
        if (certified.result === 'year-not-open') {
          throw new Problem('certification-not-open', { detail: String(certified.year) });
        }
        const { outcome, year: done } = certified;
        if (outcome.result === 'refused') {
          throw new Problem('certification-refused', { detail: refusalWords(outcome.code, outcome.missing).text });
        }
        return { status: 200, body: { result: outcome.result, year: done, changed: outcome.changed } };
      },
    }),
  ];
}

const notConfirmed = (missing: readonly string[]): Problem =>
  new Problem('request-invalid', {
    errors: missing.map((field) => ({ pointer: `/confirmed/${field}`, code: 'missing', message: 'this is required' })),
  });

const tooMany = (seconds: number): Problem =>
  new Problem('too-many-requests', { headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } });
