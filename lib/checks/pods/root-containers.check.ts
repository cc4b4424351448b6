import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

/** A container takes over what it does not say itself from the pod. A user other than 0 is enough: such a container is not root, whatever the image says. */
export const rootContainers = podSecurityCheck({
  name: 'root-containers',
  title: 'Namespaces keep out containers that run as root',
  severity: 'medium',
  level: 'restricted',
  doing: 'may run as root',
  offends: eachContainer('runAsNonRoot, runAsUser', ({ securityContext: own }, { os, securityContext: pod }) => {
    const user = own.runAsUser ?? pod.runAsUser;
    if (os === 'windows' || (user !== undefined && user !== 0)) return undefined;
    if (user === 0) return 'runAsUser 0';
    return (own.runAsNonRoot ?? pod.runAsNonRoot) ? undefined : 'runAsNonRoot not true, and no runAsUser';
  }),
  why: 'Root in a container is root on the node for everything that gets out of it, unless user namespaces are in use.',
  repair:
    "Label the namespace `pod-security.kubernetes.io/enforce: restricted` and set `runAsNonRoot: true` with a numeric `runAsUser` other than 0 in the pod's securityContext.",
});
