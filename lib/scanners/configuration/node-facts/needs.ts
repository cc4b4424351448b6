import type { Need } from '../../../core/need.ts';
import { nodeFactsNamespace } from './manifest.ts';

const { name: namespace } = nodeFactsNamespace;
const common = { apiGroup: '', feeds: ['nodeFiles'], holder: 'scanner' } as const;

/**
 * The rights that looking at nodes uses, where the namespace is there already (`gatehouse permissions` makes it). Somebody who may also create and delete namespaces, as an
 * administrator may, needs not prepare anything: the scan then makes the namespace and removes it.
 */
export const nodeFactsNeeds: readonly Need[] = [
  { ...common, resource: 'namespaces', verb: 'get', name: namespace, purpose: 'see whether the namespace of the pods is there' },
  { ...common, resource: 'pods', verb: 'create', namespace, purpose: 'start one short-lived pod per node' },
  { ...common, resource: 'pods', verb: 'get', namespace, purpose: 'see whether a pod has finished' },
  { ...common, resource: 'pods/log', verb: 'get', namespace, purpose: 'read what a pod has seen' },
  { ...common, resource: 'pods', verb: 'list', namespace, purpose: 'find pods that an interrupted scan left' },
  { ...common, resource: 'pods', verb: 'delete', namespace, purpose: 'remove the pods' },
];
