import type { Need } from '../../core/need.ts';
import { conformanceHome } from './home.ts';
import { leftoverKinds } from './leftovers.ts';

const namespace = conformanceHome.namespace.name;
const common = { apiGroup: '', feeds: [], holder: 'scanner' } as const;
const rbac = { ...common, apiGroup: 'rbac.authorization.k8s.io' } as const;
const beforeStart = 'look before the start: nodes, what an earlier run left';

/** Every right that a conformance scan uses. One of them is as good as all: who may bind `cluster-admin` can become it. */
export const conformanceNeeds: readonly Need[] = [
  { ...rbac, resource: 'clusterroles', verb: 'bind', name: 'cluster-admin', purpose: 'let the suite do everything while it runs' },
  { ...rbac, resource: 'clusterrolebindings', verb: 'get', purpose: beforeStart },
  { ...rbac, resource: 'clusterrolebindings', verb: 'create', purpose: 'let the suite do everything while it runs' },
  { ...rbac, resource: 'clusterrolebindings', verb: 'delete', purpose: 'take that away again' },
  { ...common, resource: 'nodes', verb: 'get', purpose: 'see whether the node of the suite is there' },
  { ...common, resource: 'nodes', verb: 'list', purpose: beforeStart },
  { ...common, resource: 'namespaces', verb: 'get', purpose: beforeStart },
  { ...common, resource: 'namespaces', verb: 'create', purpose: 'make the namespace of the suite' },
  { ...common, resource: 'namespaces', verb: 'delete', purpose: 'remove it, and those that a run left that was broken off' },
  { ...common, resource: 'serviceaccounts', verb: 'get', namespace, purpose: 'start the suite' },
  { ...common, resource: 'serviceaccounts', verb: 'create', namespace, purpose: 'start the suite' },
  { ...common, resource: 'pods', verb: 'create', namespace, purpose: 'start the suite' },
  { ...common, resource: 'pods', verb: 'get', namespace, purpose: 'see how far the suite is' },
  { ...common, resource: 'pods', verb: 'list', namespace, purpose: 'find pods that an interrupted scan left' },
  { ...common, resource: 'pods/log', verb: 'get', namespace, purpose: 'read what the suite found' },
  { ...common, resource: 'pods', verb: 'delete', namespace, purpose: 'end the suite' },
  ...leftoverKinds.map(({ group, resource }) => ({
    ...common,
    apiGroup: group,
    resource,
    verb: 'list' as const,
    purpose: 'report what the suite left in the cluster',
  })),
];
