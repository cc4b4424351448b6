import { seen, unseen } from '../../../core/facts/index.ts';
import type { GateWebhook, ServiceBackends } from '../../../core/gate/index.ts';
import { gateCasesFor } from '../../check.ts';
import { exampleCertificate, examplePod, exampleService, exampleWebhook } from '../../shared/examples.ts';
import { matchesSystem } from './matches-system.check.ts';

const namespaces = ['kube-system', 'guard', 'shop'].map((name) => ({ name, labels: { 'kubernetes.io/metadata.name': name } }));
const given = (changes: Partial<GateWebhook>, services: readonly ServiceBackends[] = []) => ({
  webhooks: [exampleWebhook(changes)],
  services,
  namespaces,
  pods: seen([examplePod({ namespace: 'kube-system', name: 'coredns-1', labels: { 'k8s-app': 'kube-dns' } })]),
});
const rule = { apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['*'], scope: '*' };
const about = (changes: Partial<typeof rule>) => ({ rules: [{ ...rule, ...changes }] });
const exempt = (...values: readonly string[]) => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }] },
});

export const cases = gateCasesFor(matchesSystem, [
  { name: 'alive', given: given({}, [exampleService()]), expect: 'pass' },
  { name: 'dead', given: given({}), expect: 'fail', says: 'asked about pods in kube-system' },
  { name: 'dead, and open when it fails', given: given({ failurePolicy: 'Ignore' }), expect: 'pass' },
  { name: 'dead, with the system and itself exempt', given: given(exempt('kube-system', 'kube-node-lease', 'guard')), expect: 'pass' },
  { name: 'dead, and asked about itself', given: given(exempt('kube-system', 'kube-node-lease')), expect: 'fail', says: 'pods in guard' },
  {
    name: 'dead, asked about nodes, which no such selector exempts',
    given: given({ ...about({ apiGroups: [''], resources: ['nodes'] }), ...exempt('kube-system', 'kube-node-lease', 'guard') }),
    expect: 'fail',
    says: 'nodes',
  },
  { name: 'dead, asked about all', given: given(about({})), expect: 'fail', says: 'and more' },
  {
    name: 'dead, asked about leases',
    given: given(about({ apiGroups: ['coordination.k8s.io'], resources: ['leases'] })),
    expect: 'fail',
    says: 'leases in kube-node-lease',
  },
  { name: 'dead, asked about evictions', given: given(about({ apiGroups: [''], resources: ['pods/eviction'] })), expect: 'fail' },
  {
    name: 'dead, asked about shells only',
    given: given(about({ apiGroups: [''], resources: ['pods/exec'], operations: ['CONNECT'] })),
    expect: 'pass',
  },
  { name: 'dead, asked about its own kind', given: given(about({ apiGroups: ['guard.example'], resources: ['rules'] })), expect: 'pass' },
  {
    name: 'dead, asked about what lives in no namespace',
    given: given(about({ apiGroups: [''], resources: ['pods'], scope: 'Cluster' })),
    expect: 'pass',
  },
  {
    name: 'dead, asked about labelled objects that are not there',
    given: given({ objectSelector: { matchLabels: { guarded: 'yes' } } }),
    expect: 'pass',
  },
  {
    name: 'dead, asked about labelled objects that are',
    given: given({ objectSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }),
    expect: 'fail',
  },
  { name: 'dead, asked about whatever there is', given: given(about({ resources: ['*/*'] })), expect: 'fail' },
  {
    name: 'dead, asked about all of pods',
    given: given(about({ apiGroups: [''], resources: ['pods/*'] })),
    expect: 'fail',
    says: 'pods in kube-system',
  },
  { name: 'dead, asked about the scale of all', given: given(about({ resources: ['*/scale'] })), expect: 'pass' },
  {
    name: 'dead, with its own pods exempt by a label',
    given: given(
      {
        ...exempt('kube-system', 'kube-node-lease'),
        objectSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['guard'] }] },
      },
      [exampleService({ ready: 0 })],
    ),
    expect: 'pass',
  },
  { name: 'dead, with conditions', given: given({ matchConditions: 1 }), expect: 'unknown' },
  { name: 'alive, trusted by the authorities of the system', given: given({ authorities: [] }, [exampleService()]), expect: 'pass' },
  {
    name: 'dead, asked about namespaces that ask for it',
    given: given({ ...about({ apiGroups: [''], resources: ['namespaces'] }), namespaceSelector: { matchLabels: { guarded: 'yes' } } }),
    expect: 'pass',
  },
  {
    name: 'an authority that has expired',
    given: given({ authorities: [exampleCertificate('2026-11-01T00:00:00Z')] }, [exampleService()]),
    expect: 'fail',
    says: 'has expired',
  },
  { name: 'pods that were not seen', given: { ...given({}), pods: unseen('No right.') }, expect: 'fail' },
]);
