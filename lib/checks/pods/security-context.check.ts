import { containerCheck } from '../shared/container-check.ts';

export const securityContext = containerCheck({
  id: 'pods/security-context',
  title: 'Pods and containers have a security context',
  severity: 'medium',
  looked: 'securityContext',
  judgesCluster: false,
  wrong: (own, pod) =>
    own.hasSecurityContext || pod.hasSecurityContext ? undefined : { says: 'has no security context, nor has its pod', found: 'not set' },
  holds: (own) => (own.hasSecurityContext ? 'set on the container' : 'set on the pod'),
  fine: (containers) => `A security context, its own or the pod's, is set for ${containers}.`,
  why: 'Without a security context a container runs with all that its image and runtime allow, usually as root.',
  repair:
    'Give the pod template a securityContext with `runAsNonRoot: true` and `seccompProfile: { type: RuntimeDefault }`, and each container one with `allowPrivilegeEscalation: false` and `capabilities.drop: [ALL]`.',
});
