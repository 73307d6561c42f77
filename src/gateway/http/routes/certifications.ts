import { z } from 'zod';
import {
  certificationSchema,
  type MembershipOptions,
  memberNumberSchema,
  newCertificationSchema,
  newWithdrawalSchema,
  recordCertification,
  recordCertificationsOf,
  recordWithdrawal,
} from '../../membership/index.js';
import { orMembersInvalid } from '../membership-problem.js';
import { recordResponses, wasRecorded } from '../membership-schemas.js';
import { type Route, route } from '../route.js';

const MEMBERS_MAX = 10_000;

const bulkSchema = z
  .strictObject({
    ...certificationSchema.shape,
    members: z.array(memberNumberSchema).min(1).max(MEMBERS_MAX).describe('Their numbers'),
  })
  .describe('One certification of many members, as an officer does it for a unit');

/** The yearly certification: recorded, in bulk too, and withdrawn; never deleted. */
export function certificationRoutes(options: MembershipOptions): Route[] {
  const common = { tag: 'members', access: 'administrator', scope: 'members:write' } as const;
  return [
    route({
      ...common,
      method: 'post',
      path: '/v1/certifications',
      operationId: 'certifyMember',
      summary: 'Record that a member is certified for a year',
      body: { schema: newCertificationSchema, mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['members-invalid'],
      handle: async ({ body }) =>
        wasRecorded(await orMembersInvalid('record', recordCertification(options, body)), ofMember(body)),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/certifications/bulk',
      operationId: 'certifyMembers',
      summary: 'Record that many members are certified for a year: all of them or none',
      body: { schema: bulkSchema, mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['members-invalid'],
      async handle({ body: { members, ...certification } }) {
        const certifications = members.map((member) => ({ ...certification, member }));
        const audited = { year: certification.year, members: members.length };
        return wasRecorded(await orMembersInvalid('list', recordCertificationsOf(options, certifications)), audited);
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/certifications/withdrawals',
      operationId: 'withdrawCertification',
      summary:
        'Record that a member’s certifications for a year count no more from an instant on; they stay to be read',
      body: { schema: newWithdrawalSchema, mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['members-invalid'],
      handle: async ({ body }) =>
        wasRecorded(await orMembersInvalid('record', recordWithdrawal(options, body)), ofMember(body)),
    }),
  ];
}

const ofMember = ({ member, year }: { readonly member: string; readonly year: number }) => ({ member, year });
