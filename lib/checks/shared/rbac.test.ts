import { describe, expect, it } from 'vitest';
import stock from '../../../test/data/rbac-kubeadm-1.36.json' with { type: 'json' };
import { account, binding, clusterAdmin, group, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import type { ConfigurationFacts, RbacFact } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import { judge } from '../judge.ts';
import { rbacChecks } from '../rbac/index.ts';
import { bindingsOf, gives, holdersOfRight, type Right } from './rbac.ts';

const kubeadm = stock as unknown as RbacFact;
const cluster = { id: 'x', name: 'case', kubernetesVersion: 'v1.36.3' };
const rightChecks = rbacChecks.filter(({ reads, lookAt }) => reads.join() === 'rbac' && lookAt === undefined);
const outcomes = (value: RbacFact) =>
  [...judge(rightChecks, { cluster, rbac: seen(value) } as unknown as ConfigurationFacts)].map(({ check, judgements }) => ({
    id: check.id,
    fails: judgements.filter(({ outcome }) => outcome !== 'pass').map(({ message }) => message),
  }));

describe('stock kubeadm 1.36, as recorded', () => {
  it('passes every check of rights', () => {
    expect(rightChecks.length).toBeGreaterThan(8);
    expect(outcomes(kubeadm).filter(({ fails }) => fails.length > 0)).toEqual([]);
  });

  it.each([
    'system:discovery',
    'system:basic-user',
    'system:public-info-viewer',
    'system:coredns',
    'kubeadm:get-nodes',
    'system:node-bootstrapper',
  ])('does not excuse %s once it is widened', (name) => {
    const roles = kubeadm.roles.map((one) => (one.name === name ? { ...one, rules: [...one.rules, rule(['get'], '', ['secrets'])] } : one));
    expect(outcomes({ ...kubeadm, roles }).find(({ id }) => id === 'rbac/secret-access')?.fails).not.toEqual([]);
  });

  it('does not excuse the node role once nodes are bound to it', () => {
    const bindings = kubeadm.bindings.map((one) => (one.name === 'system:node' ? { ...one, subjects: [group('system:nodes')] } : one));
    expect(outcomes({ ...kubeadm, bindings }).find(({ id }) => id === 'rbac/secret-access')?.fails).toEqual([
      'Group system:nodes may read Secrets in the whole cluster through ClusterRoleBinding system:node.',
    ]);
  });

  it('does not excuse a bootstrap binding that was made anew for another role', () => {
    const bindings = kubeadm.bindings.map((one) => (one.name === 'system:kube-scheduler' ? { ...one, roleName: 'cluster-admin' } : one));
    expect(outcomes({ ...kubeadm, bindings }).find(({ id }) => id === 'rbac/cluster-admin')?.fails).toHaveLength(1);
  });
});

describe('gives, as the RBAC authorizer matches', () => {
  const right = (resource: string): Right => ({ verbs: ['get'], apiGroup: '', resources: [resource], named: 'counts' });
  it.each([
    ['pods', ['pods'], true],
    ['pods', ['*'], true],
    ['pods', ['pods/*'], false],
    ['pods', ['*/pods'], false],
    ['pods', ['pods/log'], false],
    ['pods/exec', ['pods'], false],
    ['pods/exec', ['*'], true],
    ['pods/exec', ['pods/exec'], true],
    ['pods/exec', ['*/exec'], true],
    ['pods/exec', ['pods/*'], false],
    ['pods/exec', ['*/*'], false],
    ['userextras/*', ['userextras/scopes'], true],
    ['userextras/*', ['userextras'], false],
  ] as const)('%s by %j: %s', (asked, granted, expected) => expect(gives(rule(['get'], '', granted), right(asked))).toBe(expected));
});

describe('holders', () => {
  const secrets: Right = { verbs: ['get'], apiGroup: '', resources: ['secrets'], named: 'limited' };
  const reads = role('reads', [rule(['get'], '', ['secrets'])]);

  it('puts all ways of one holder together, and knows an account by its user name', () => {
    const facts = rbac(
      [reads, clusterAdmin],
      [
        binding('reads', [account('shop', 'bot')], { namespace: 'shop' }),
        binding('cluster-admin', [user('system:serviceaccount:shop:bot')]),
      ],
    );
    const holders = holdersOfRight(facts, [secrets], 'whole');
    expect(holders).toMatchObject([
      { subject: account('shop', 'bot'), grants: [{ role: { name: 'cluster-admin' } }, { role: { name: 'reads' } }].toReversed() },
    ]);
    expect(bindingsOf(facts, account('shop', 'bot'))).toHaveLength(2);
  });

  it('keeps rules that are limited by name apart', () => {
    const facts = rbac([role('one', [rule(['get'], '', ['secrets'], ['db'])])], [binding('one', [user('ann')])]);
    expect(holdersOfRight(facts, [secrets], 'whole')).toEqual([]);
    expect(holdersOfRight(facts, [secrets], 'limited')).toMatchObject([{ subject: user('ann') }]);
    expect(holdersOfRight(facts, [{ ...secrets, named: 'counts' }], 'whole')).toMatchObject([{ subject: user('ann') }]);
  });

  it('stays fast with ten thousand roles and bindings', () => {
    const many = Array.from({ length: 5000 }, (_, index) => index);
    const facts = rbac(
      many.map((index) =>
        role(`r-${index}`, [rule(['get', 'list'], 'apps', ['deployments']), rule(['get'], '', ['pods', 'services'])], {
          namespace: `n-${index % 500}`,
        }),
      ),
      many.map((index) =>
        binding(`r-${index}`, [account(`n-${index % 500}`, `a-${index}`)], { namespace: `n-${index % 500}`, roleKind: 'Role' }),
      ),
    );
    const started = performance.now();
    outcomes(facts);
    for (const index of many) bindingsOf(facts, account(`n-${index % 500}`, `a-${index}`));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
