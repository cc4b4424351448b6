import { describe, expect, it } from 'vitest';
import { checkedAs, judgementOf, now, scan } from '../../../../test/support/judgement.ts';
import { gateChecks } from '../../checks/index.ts';
import { decide } from '../../decide/decide.ts';
import { weightOf } from '../check-choice.ts';
import { type BuiltInPolicy, builtInPolicies, builtInPolicy } from './index.ts';

const names = Object.keys(builtInPolicies) as readonly BuiltInPolicy[];

describe.each(names)('%s', (name) => {
  const policy = builtInPolicy(name);
  const { checks } = policy.policy.spec;
  const fails = (id: string) =>
    decide(
      judgementOf({
        policy,
        checked: checkedAs({ 'path.minor-step': 'pass', [id]: 'fail' }),
        scans: [
          { kind: 'configuration', completed: scan() },
          { kind: 'penetration', completed: scan() },
        ],
        now,
      }),
      [],
    ).verdict;

  it('weighs every check there is', () =>
    expect(gateChecks.filter(({ id }) => weightOf(id, checks) === 'off').map(({ id }) => id)).toEqual([]));

  it('denies for nothing that is mild', () =>
    expect(
      gateChecks
        .filter(({ id, severity }) => ['medium', 'low', 'info'].includes(severity) && weightOf(id, checks) === 'required')
        .map(({ id }) => id),
    ).toEqual([]));

  it('lets no change that breaks a cluster pass with a warning', () => {
    const breaking = gateChecks.filter(
      ({ category, severity }) => ['path', 'skew', 'break', 'health'].includes(category) && severity === 'critical',
    );
    // flags of kubelets and files of nodes: no API read shows them on a stock cluster, so they are unknown there, and an unknown that is required would deny it
    const unseen = [
      'break.flags-1.27',
      'break.kmsv1',
      'break.kubelet-flags-1.31',
      'break.kubelet-flags-1.34',
      'break.pod-infra-container-image',
      'break.cadvisor-flags',
    ];
    const passing = breaking.filter(({ id }) => weightOf(id, checks) !== 'required' && !unseen.includes(id));
    expect(passing.map(({ id }) => id)).toEqual([]);
  });

  it.each([
    'path.minor-step',
    'path.no-downgrade',
    'api.removed-objects',
    'drain.pdb',
    'webhook.no-endpoints',
    'health.nodes',
    'skew.after',
  ])('denies when %s fails', (id) => expect(fails(id)).toBe('deny'));
  it.each(['addon.cni', 'backup.recent', 'drain.single-replica', 'drain.local-storage', 'path.patch-latest'])('warns when %s fails', (id) =>
    expect(fails(id)).toBe('warn'),
  );
});

it('only the default asks for scans, and denies without', () => {
  const checked = checkedAs({ 'path.minor-step': 'pass' });
  const live = decide(judgementOf({ policy: builtInPolicy('live-facts'), checked }), []);
  expect([live.verdict, live.statements[0]]).toEqual(['allow', 'Scan evidence was not considered.']);
  const asked = decide(judgementOf({ policy: builtInPolicy('default'), checked }), []);
  expect([asked.verdict, asked.statements]).toEqual(['deny', []]);
});
