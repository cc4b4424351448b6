import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

export const privileged = podSecurityCheck({
  name: 'privileged',
  title: 'Namespaces keep out privileged containers',
  severity: 'high',
  level: 'baseline',
  doing: 'run privileged containers',
  offends: eachContainer('privileged', ({ securityContext }) => (securityContext.privileged ? 'true' : undefined)),
  why: 'A privileged container sees every device of its node and is held back by almost nothing: root in it is root on the node.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline` (or `restricted`), move the workloads that must be privileged to a namespace of their own, and waive that one.',
});
