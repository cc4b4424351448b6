import { describe, expect, it } from 'vitest';
import { defaultLimits, fitsOneMore, Limits } from './limits.ts';

describe('limits', () => {
  it.each([
    ['users', 300],
    ['teams', 100],
    ['projects', 50],
    ['roles', 100],
    ['clusters', 10_000],
    ['clusterProfiles', 200],
    ['locations', 100],
    ['tokensPerUser', 20],
    ['webhooksPerProject', 100],
    ['waiversPerProject', 500],
    ['policiesPerProject', 100],
    ['versionsPerPolicy', 200],
    ['overridesPerProject', 200],
  ] as const)('%s: %i fit, one more does not', (what, most) => {
    expect(fitsOneMore(what, most - 1).ok).toBe(true);
    const refused = fitsOneMore(what, most);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect(refused.ok ? '' : refused.failure.say).toMatch(new RegExp(`^There are ${most} [a-z ]+ already, and ${most} is the limit\\.`));
  });

  it('can be changed, each by itself', () => {
    const limits = Limits.parse({ projects: 2 });
    expect([fitsOneMore('projects', 1, limits).ok, fitsOneMore('projects', 2, limits).ok]).toEqual([true, false]);
    expect({ ...limits, projects: 50 }).toEqual(defaultLimits);
    expect(Limits.safeParse({ clowns: 3 }).success).toBe(false);
    expect(Limits.safeParse({ users: -1 }).success).toBe(false);
  });
});
