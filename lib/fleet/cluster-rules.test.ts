import { expect, it } from 'vitest';
import { aCluster } from '../../test/support/fleet.ts';
import { isOther, withLook } from './cluster-rules.ts';

const at = '2026-11-27T12:00:00.000Z';

it('learns who a cluster is at the first contact, and never again', () => {
  const health = { state: 'healthy', checkedAt: at, lastContactAt: at } as const;
  const known = withLook(aCluster(), { health, uid: 'u1' });
  expect(known).toEqual({ ...aCluster(), health, uid: 'u1' });
  expect(withLook(known, { health, uid: 'u2' }).uid).toBe('u1');
  expect(withLook(aCluster(), { health })).not.toHaveProperty('uid');
});

it('does not forget the last contact while the cluster is away', () => {
  const away = { state: 'unreachable', checkedAt: at, reason: 'No route.' } as const;
  expect(withLook(aCluster(), { health: away }).health).toEqual(away);
  const seen = aCluster({ health: { state: 'healthy', lastContactAt: '2026-11-27T11:00:00.000Z', nodes: 3 } });
  expect(withLook(seen, { health: away }).health).toEqual({ ...away, lastContactAt: '2026-11-27T11:00:00.000Z' });
});

it.each([
  ['u1', 'u2', true],
  ['u1', 'u1', false],
  ['u1', undefined, false],
  [undefined, 'u2', false],
])('registered as %s, seen as %s: another cluster is %s', (uid, seen, is) => {
  expect(isOther(uid === undefined ? {} : { uid }, seen)).toBe(is);
});
