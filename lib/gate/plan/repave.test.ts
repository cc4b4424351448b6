import { describe, expect, it } from 'vitest';
import { seen, unseen } from '../../core/facts/index.ts';
import { type GateVersion, readGateVersion } from '../../core/gate/index.ts';
import { exampleControlPlane, exampleNode, examplePod } from '../shared/examples.ts';
import { type RepaveApproval, type RepaveReason, reasonsHash, repaveNotice, repaveState } from './repave.ts';

const version = (text: string): GateVersion => readGateVersion(text) as GateVersion;
const upgrade = { current: version('v1.35.4'), target: version('v1.36.3') };
const patch = { current: version('v1.35.4'), target: version('v1.35.4') };
const facts = {
  nodes: seen([
    exampleNode({ name: 'w10', pool: 'green' }),
    exampleNode({ name: 'w2', pool: 'green' }),
    exampleNode({ name: 'w1', pool: 'blue' }),
    exampleControlPlane({ name: 'cp2' }),
    exampleControlPlane({ name: 'cp1' }),
  ]),
  pods: seen([examplePod({ node: 'w2' }), examplePod({ name: 'cni', node: 'w2', owner: { kind: 'DaemonSet', name: 'cni' } })]),
};
const names = (notice: ReturnType<typeof repaveNotice>) => notice.steps.map(({ node }) => node);
const system: RepaveReason = { code: 'operating-system', message: 'The operating system goes to Ubuntu 24.04.' };
const shape: RepaveReason = { code: 'machine-shape', message: 'Machines of green get 8 CPUs.', only: { pool: 'green' } };
const flags: RepaveReason = {
  code: 'control-plane-settings',
  message: 'The API server gets an audit policy.',
  only: { controlPlane: true },
};

describe('what is replaced', () => {
  it('is the control plane first, then pool by pool, names by number', () =>
    expect(names(repaveNotice(facts, upgrade))).toEqual(['cp1', 'cp2', 'w1', 'w2', 'w10']));

  it('is told with why, and with what loses pods', () => {
    const step = repaveNotice(facts, upgrade).steps.find(({ node }) => node === 'w2');
    expect(step?.what).toBe('w2 (pool green, v1.35.4) is drained and replaced: Kubernetes goes from v1.35.4 to v1.36.3.');
    expect(step?.disrupts).toEqual(['Deployment shop/front']);
  });

  it('is not what runs the new version already', () => {
    const done = { ...facts, nodes: seen([exampleControlPlane({ name: 'cp1', kubeletVersion: 'v1.36.3' }), exampleNode({ name: 'w1' })]) };
    expect(names(repaveNotice(done, upgrade))).toEqual(['w1']);
  });

  it('is one pool, the control plane or all, as the reason says', () => {
    expect(names(repaveNotice(facts, patch, [shape]))).toEqual(['w2', 'w10']);
    expect(names(repaveNotice(facts, patch, [flags]))).toEqual(['cp1', 'cp2']);
    expect(names(repaveNotice(facts, patch, [system]))).toHaveLength(5);
    expect(names(repaveNotice(facts, patch))).toEqual([]);
  });

  it('counts a rebuilt version as another one', () => {
    const built = { current: version('v1.35.4+vmware.1'), target: version('v1.35.5+vmware.2') };
    const nodes = seen([
      exampleNode({ name: 'w1', kubeletVersion: 'v1.35.5+vmware.1' }),
      exampleNode({ name: 'w2', kubeletVersion: 'v1.35.5+vmware.2' }),
    ]);
    expect(names(repaveNotice({ ...facts, nodes }, built))).toEqual(['w1']);
  });

  it('says so where it cannot look', () =>
    expect(repaveNotice({ ...facts, nodes: unseen('No right to list nodes.') }, upgrade).steps[0]?.what).toContain('No right'));
});

describe('an approval', () => {
  const notice = repaveNotice(facts, upgrade);
  const approval: RepaveApproval = { decision: 'approved', reasonsHash: notice.reasonsHash, by: 'ada', at: '2026-11-23T12:00:00Z' };

  it('is waited for', () => expect(repaveState(notice, undefined)).toBe('pending'));
  it('holds for the reasons it was given for', () => expect(repaveState(notice, approval)).toBe('approved'));
  it('can be a refusal', () => expect(repaveState(notice, { ...approval, decision: 'reverted' })).toBe('reverted'));
  it('is void when a reason is added, or another version is the target', () => {
    expect(repaveState(repaveNotice(facts, upgrade, [system]), approval)).toBe('pending');
    expect(repaveState(repaveNotice(facts, { ...upgrade, target: version('v1.36.6') }), approval)).toBe('pending');
  });
  it('stays when only machines come and go', () =>
    expect(repaveState(repaveNotice({ ...facts, nodes: seen([exampleNode()]) }, upgrade), approval)).toBe('approved'));
  it('is not needed where nothing is replaced', () => expect(repaveState(repaveNotice(facts, patch), undefined)).toBe('not-needed'));
  it('does not care for the order of reasons', () => expect(reasonsHash([system, shape])).toBe(reasonsHash([shape, system])));
});
