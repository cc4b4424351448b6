import { expect, it } from 'vitest';
import { z } from 'zod';
import { denied, fakeAccess, unreachable } from '../../../test/support/fake-access.ts';
import { forbidden, seen, unseen } from '../../core/facts/index.ts';
import { given, inTurn, type Listing, needOf, pathOf, readAll, together } from './listing.ts';

const roles: Listing = { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'roles', feeds: ['rbac'], purpose: 'rights' };
const pods: Listing = { group: '', version: 'v1', resource: 'pods', namespace: 'default', feeds: ['workloads'], purpose: 'pods' };
const Item = z.object({ name: z.string() });
const nameOf = ({ name }: { name: string }) => name;

it('knows paths and rights', () => {
  expect(pathOf(roles)).toBe('/apis/rbac.authorization.k8s.io/v1/roles');
  expect(pathOf(pods)).toBe('/api/v1/namespaces/default/pods');
  expect(needOf(pods)).toMatchObject({ apiGroup: '', resource: 'pods', verb: 'list', namespace: 'default', holder: 'scanner' });
  expect(needOf(roles)).not.toHaveProperty('namespace');
});

it.each([
  [roles, denied('list roles'), forbidden('list roles.rbac.authorization.k8s.io')],
  [pods, denied('list pods'), forbidden('list pods in default')],
  [pods, unreachable(), unseen('The cluster did not answer; check the network.')],
])('names what is missing', async (listing, refusal, expected) => {
  const access = fakeAccess({ lists: { [pathOf(listing)]: refusal } });
  expect(await readAll(access, listing, Item, nameOf)).toEqual(expected);
});

it('takes a missing API for an empty list only where it may be missing', async () => {
  expect(await readAll(fakeAccess({}), roles, Item, nameOf, { mayBeMissing: true })).toEqual(seen([]));
  expect(await readAll(fakeAccess({}), roles, Item, nameOf)).toMatchObject({ read: false });
});

it('forgets what it had when a list begins again', async () => {
  const items = [{ name: 'a' }, { name: 'b' }];
  const access = fakeAccess({ lists: { [pathOf(roles)]: { items, expiresAfter: 1 } } });
  expect(await readAll(access, roles, Item, nameOf)).toEqual(seen(['a', 'b']));
});

it('puts slices together, or says every reason once', () => {
  expect(together({ a: seen(1), b: seen('x') })).toEqual(seen({ a: 1, b: 'x' }));
  expect(together({ a: seen(1), b: unseen('No b.'), c: unseen('No c.'), d: unseen('No b.') })).toEqual(unseen('No b. No c.'));
});

it('runs few tasks at once and keeps their order', async () => {
  let running = 0;
  let most = 0;
  const task = (answer: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, 3 - answer));
    running--;
    return answer;
  };
  expect(await inTurn([0, 1, 2, 3].map(task), 2)).toEqual([0, 1, 2, 3]);
  expect(most).toBe(2);
});

it('leaves out undefined fields', () => expect(Object.keys(given<{ a?: number; b?: number }>({ a: undefined, b: 0 }))).toEqual(['b']));
