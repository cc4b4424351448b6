import { describe, expect, it } from 'vitest';
import { seen, unseen } from '../../core/facts/index.ts';
import { type ControlPlanePod, type GateVersion, readGateVersion } from '../../core/gate/index.ts';
import { UpgradePlan } from '../evaluation.ts';
import { exampleComponents, exampleControlPlane, exampleNode, examplePod, exampleWorkload, nakedPod } from '../shared/examples.ts';
import { inPlacePlan, type PlanFacts, upgradePath, upgradePlan } from './index.ts';

const version = (text: string): GateVersion => readGateVersion(text) as GateVersion;
const from = (current: string, target: string) => ({ current: version(current), target: version(target) });

const components = (node: string, etcd = '3.6.6-0'): readonly ControlPlanePod[] =>
  exampleComponents(node).map((pod) => (pod.component === 'etcd' ? { ...pod, image: `registry.k8s.io/etcd:${etcd}`, version: etcd } : pod));
const addon = (kind: string, name: string, image: string) => exampleWorkload({ kind, namespace: 'kube-system', name, images: [image] });
const facts: PlanFacts = {
  nodes: seen([exampleNode({ name: 'w1', pool: 'blue' }), exampleControlPlane({ name: 'cp1' })]),
  pods: seen([
    examplePod(),
    nakedPod({ name: 'shell', node: 'w1' }),
    examplePod({ name: 'front-2', node: 'w1' }),
    examplePod({ node: 'w1', owner: { kind: 'DaemonSet', name: 'logs' } }),
    examplePod({ name: 'front-3', node: 'w1' }),
  ]),
  workloads: seen([
    addon('Deployment', 'coredns', 'registry.k8s.io/coredns/coredns:v1.13.1'),
    addon('DaemonSet', 'kube-proxy', 'registry.k8s.io/kube-proxy:v1.35.4'),
  ]),
  controlPlane: seen(components('cp1')),
  settings: seen({}),
};
const short = (steps: ReturnType<typeof inPlacePlan>) =>
  steps.map(({ component, node, restarts }) => `${component}${node === undefined ? '' : ` ${node}`} ${restarts}`);

describe('the way', () => {
  it('takes one minor at a time, by the newest patch of each', () =>
    expect(upgradePath(from('v1.26.3', '1.28.0'))).toEqual(['v1.26.3', 'v1.27.16', 'v1.28.0']));
  it('is short for the next minor and for a patch', () => {
    expect(upgradePath(from('v1.35.4', 'v1.36.3'))).toEqual(['v1.35.4', 'v1.36.3']);
    expect(upgradePath(from('v1.35.4', 'v1.35.9'))).toEqual(['v1.35.4', 'v1.35.9']);
    expect(upgradePath(from('v1.35.4', 'v1.35.4'))).toEqual(['v1.35.4']);
  });
  it('does not lead back, nor to another major', () => {
    expect(upgradePath(from('v1.36.3', 'v1.35.4'))).toEqual([]);
    expect(upgradePath(from('v1.36.3', 'v1.36.2'))).toEqual([]);
    expect(upgradePath(from('v1.36.3', 'v2.0.0'))).toEqual([]);
  });
});

describe('in place', () => {
  it('goes the way kubeadm goes: static pods, add-ons, kubelet, then the workers', () =>
    expect(short(inPlacePlan(facts, from('v1.35.4', 'v1.36.3')))).toEqual([
      'etcd cp1 true',
      'kube-apiserver cp1 true',
      'kube-controller-manager cp1 true',
      'kube-scheduler cp1 true',
      'coredns true',
      'kube-proxy true',
      'kubelet cp1 true',
      'kubelet w1 true',
    ]));

  it('drains nodes for a minor, and names what loses pods, each once', () => {
    const last = inPlacePlan(facts, from('v1.35.4', 'v1.36.3')).at(-1);
    expect(last?.what).toContain('drained');
    expect(last?.disrupts).toEqual(['Deployment shop/front', 'Pod shop/shell']);
  });

  it('for a patch leaves CoreDNS alone and drains nothing; etcd takes up new certificates', () => {
    const steps = inPlacePlan(facts, from('v1.35.4', 'v1.35.9'));
    expect(short(steps)).toContain('coredns false');
    expect(short(steps)).toContain('kube-proxy true');
    expect(steps[0]?.what).toBe('etcd 3.6.6-0 on cp1 stays, and is restarted with new certificates.');
    expect(steps.at(-1)?.disrupts).toBeUndefined();
  });

  it('knows when etcd goes to another version, and when it is newer than kubeadm knows', () => {
    expect(inPlacePlan(facts, from('v1.35.4', 'v1.36.3'))[0]?.what).toContain('from 3.6.6-0 to 3.6.8-0');
    const newer = { ...facts, controlPlane: seen(components('cp1', '3.6.10-0')) };
    expect(short(inPlacePlan(newer, from('v1.35.4', 'v1.36.3')))[0]).toBe('etcd cp1 false');
  });

  it('does not touch an external etcd', () => {
    const kubeadm = { apiVersion: 'kubeadm.k8s.io/v1beta4', externalEtcd: true, featureGates: {}, extraArgs: {} };
    const steps = inPlacePlan({ ...facts, settings: seen({ kubeadm }) }, from('v1.35.4', 'v1.36.3'));
    expect(short(steps)[0]).toBe('kube-apiserver cp1 true');
  });

  it('rolls out the add-ons after the last API server', () => {
    const three = {
      ...facts,
      nodes: seen(['cp2', 'cp1', 'cp10'].map((name) => exampleControlPlane({ name }))),
      controlPlane: seen(['cp1', 'cp2', 'cp10'].flatMap((name) => components(name))),
    };
    const order = short(inPlacePlan(three, from('v1.35.4', 'v1.36.3')));
    expect(order.indexOf('coredns true')).toBeGreaterThan(order.indexOf('kube-scheduler cp10 true'));
    expect(order.indexOf('kube-apiserver cp2 true')).toBeGreaterThan(order.indexOf('kubelet cp1 true'));
  });

  it('goes on where an upgrade was broken off', () => {
    const done = components('cp1').map((pod) => (pod.component === 'kube-apiserver' ? { ...pod, version: 'v1.36.3' } : pod));
    const order = short(inPlacePlan({ ...facts, controlPlane: seen(done) }, from('v1.35.4', 'v1.36.3')));
    expect(order).toContain('kube-apiserver cp1 false');
    expect(order).toContain('kube-scheduler cp1 true');
  });

  it('is of the first step on a longer way', () => expect(inPlacePlan(facts, from('v1.35.4', 'v1.37.2'))[1]?.what).toContain('to v1.36.6'));

  it('says so where it cannot look', () =>
    expect(inPlacePlan({ ...facts, nodes: unseen('No right to list nodes.') }, from('v1.35.4', 'v1.36.3'))).toEqual([
      { order: 1, what: 'What would happen cannot be told: No right to list nodes.' },
    ]));
});

it('makes a plan that fits the evaluation', () => {
  const plan = upgradePlan(facts, from('v1.35.4', 'v1.36.3'));
  expect(UpgradePlan.parse(plan)).toEqual(plan);
  expect(plan.inPlace.map(({ order }) => order)).toEqual(plan.inPlace.map((_, at) => at + 1));
});

it('plans nothing for a way back', () =>
  expect(upgradePlan(facts, from('v1.36.3', 'v1.35.4'))).toEqual({ path: [], inPlace: [], repave: [] }));
