import { rightCheck } from '../shared/right-check.ts';

export const podCreation = rightCheck({
  name: 'pod-creation',
  title: 'Nobody besides the cluster itself may create pods',
  severity: 'medium',
  doing: 'create pods',
  rights: [{ verbs: ['create'], apiGroup: '', resources: ['pods'], named: 'limited' }],
  why: 'A pod can mount any Secret, ServiceAccount token and, where nothing forbids it, any folder of a node: creating pods is a way to everything in the namespace and often beyond.',
  repair:
    'Take create on pods out of the role, or remove the subject from the binding; let people deploy through a pipeline whose account alone holds it.',
});
