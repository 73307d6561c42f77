import { expect, it } from 'vitest';
import { allScopes } from '../../../src/gateway/http/scopes.js';
import {
  allRoles,
  hasScope,
  mayReachMember,
  mayReachUnit,
  type Reach,
  roleDefinitions,
} from '../../../src/gateway/people/index.js';

const haishu: Reach = { kind: 'unit', path: '/ningbo/haishu/' };

it('takes an officer to their own unit and below, and not to one whose name only begins alike', () => {
  expect(mayReachUnit(haishu, '/ningbo/haishu/')).toBe(true);
  expect(mayReachUnit(haishu, '/ningbo/haishu/h-012/')).toBe(true);
  expect(mayReachUnit(haishu, '/ningbo/')).toBe(false);
  expect(mayReachUnit(haishu, '/ningbo/haishu-2/')).toBe(false);
  expect(mayReachUnit(haishu, '/ningbo/Haishu/h-012/')).toBe(false);
  expect(mayReachUnit({ kind: 'all' }, '/anything/')).toBe(true);
  expect(mayReachUnit({ kind: 'bank', bank: 'boc' }, '/ningbo/haishu/')).toBe(false);
});

it('takes a member to themself, and an officer to no member without a unit', () => {
  const self: Reach = { kind: 'member', member: '330200001' };
  expect(mayReachMember(self, { member: '330200001' })).toBe(true);
  expect(mayReachMember(self, { member: '330200002', unitPath: '/ningbo/' })).toBe(false);
  expect(mayReachMember(haishu, { member: 'x', unitPath: '/ningbo/haishu/h-012/' })).toBe(true);
  expect(mayReachMember(haishu, { member: 'x' })).toBe(false);
  expect(mayReachMember({ kind: 'all' }, { member: 'x' })).toBe(true);
  expect(mayReachMember({ kind: 'operator', operator: 'ningbo-metro' }, { member: 'x' })).toBe(false);
});

it('names scopes that there are, lets everybody see their own account, and lets nobody manage who may do more', () => {
  for (const role of allRoles) {
    const { scopes, manages } = roleDefinitions[role];
    if (scopes !== 'all') expect(allScopes, role).toEqual(expect.arrayContaining([...scopes]));
    expect(hasScope(role, 'account:own'), role).toBe(true);
    expect(allRoles, role).toEqual(expect.arrayContaining([...manages]));
    if (role !== 'administrator') expect(manages, role).not.toContain(role);
    for (const managed of manages) {
      expect(roleDefinitions[managed].manages.includes(role) && managed !== role, `${role} and ${managed}`).toBe(false);
    }
  }
});
