import { describe, expect, it } from 'vitest';
import { type GateVersion, readGateVersion } from '../core/gate/index.ts';
import { removals } from './data/removals.ts';
import { findRemoval, goneRemovals, migrationOf, removedBetween, wantedRemovals } from './removals.ts';

const version = (text: string): GateVersion => readGateVersion(text) as GateVersion;
const migration = (groupVersion: string, kind: string, current: string, target: string) => {
  const row = findRemoval(removals.rows, groupVersion, kind);
  if (!row) throw new Error(`no row for ${groupVersion} ${kind}`);
  return migrationOf(row, kind, version(current), version(target));
};
const names = (rows: readonly { readonly group: string; readonly version: string; readonly kinds: readonly string[] }[]) =>
  rows.flatMap((row) => row.kinds.map((kind) => `${row.group}/${row.version} ${kind}`));

describe('what an upgrade crosses', () => {
  it('is what goes after the current and up to the target', () => {
    const rows = names(removedBetween(version('1.24.3'), version('1.25.0')));
    expect(rows).toContain('batch/v1beta1 CronJob');
    expect(rows).toContain('policy/v1beta1 PodSecurityPolicy');
    expect(rows).not.toContain('autoscaling/v2beta2 HorizontalPodAutoscaler');
    expect(rows).not.toContain('node.k8s.io/v1alpha1 RuntimeClass');
  });

  it('compares minors as numbers, not as text', () => {
    expect(names(removedBetween(version('1.9.0'), version('1.16.0')))).toContain('apps/v1beta1 Deployment');
    expect(names(removedBetween(version('1.35.0'), version('1.36.0')))).not.toContain('apps/v1beta1 Deployment');
  });

  it('is nothing for a patch', () => expect(removedBetween(version('1.36.0'), version('1.36.3'))).toEqual([]));
});

describe('what is looked for', () => {
  const wanted = names(wantedRemovals(version('1.35.4'), version('1.36.3')));
  it('is what goes now and what goes later', () => {
    expect(wanted).toContain('scheduling.k8s.io/v1alpha1 Workload');
    expect(wanted).toContain('networking.k8s.io/v1beta1 IPAddress');
    expect(wanted).toContain('resource.k8s.io/v1beta2 ResourceClaim');
  });
  it('is nothing that is gone, and no file', () => {
    expect(wanted).not.toContain('policy/v1beta1 PodDisruptionBudget');
    expect(wanted.join()).not.toMatch(/kubeadm|apiserver.config/);
    expect(names(goneRemovals(version('1.35.4')))).toContain('policy/v1beta1 PodDisruptionBudget');
  });
});

describe('where to migrate', () => {
  it('follows replacements that are removed themselves', () => {
    expect(migration('flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', '1.25.0', '1.26.0')?.to).toBe(
      'flowcontrol.apiserver.k8s.io/v1beta2',
    );
    expect(migration('flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', '1.25.0', '1.32.0')?.to).toBe('flowcontrol.apiserver.k8s.io/v1');
    expect(migration('kubeadm.k8s.io/v1beta1', 'ClusterConfiguration', '1.36.0', '1.37.0')?.to).toBe('kubeadm.k8s.io/v1beta4');
    expect(migration('kubeadm.k8s.io/v1beta1', 'ClusterConfiguration', '1.21.0', '1.22.0')?.to).toBe('kubeadm.k8s.io/v1beta2');
  });
  it('follows a kind to its new name', () =>
    expect(migration('resource.k8s.io/v1alpha2', 'ResourceClass', '1.30.0', '1.31.0')).toEqual({
      to: 'resource.k8s.io/v1alpha3 DeviceClass',
      notBefore: '1.31',
    }));
  it('knows what cannot be migrated before the upgrade', () => {
    expect(migration('scheduling.k8s.io/v1alpha2', 'Workload', '1.36.3', '1.37.0')).toEqual({
      to: 'scheduling.k8s.io/v1beta1',
      notBefore: '1.37',
    });
    expect(migration('networking.k8s.io/v1beta1', 'ServiceCIDR', '1.36.3', '1.37.0')).toEqual({ to: 'networking.k8s.io/v1' });
  });
  it('says nothing where nothing follows', () => {
    expect(migration('policy/v1beta1', 'PodSecurityPolicy', '1.24.0', '1.25.0')).toBeUndefined();
    expect(migration('extensions/v1beta1', 'Scale', '1.15.0', '1.16.0')).toBeUndefined();
  });
  it('ends for every row', () => {
    for (const row of removals.rows)
      for (const kind of row.kinds) expect(() => migrationOf(row, kind, version('1.36.0'), version('1.37.0'))).not.toThrow();
  });
});

it('knows each kind of a version once', () => {
  const all = names(removals.rows);
  expect(all.length).toBe(new Set(all).size);
  expect(all.length).toBeGreaterThan(110);
});
