import { containerCheck } from '../shared/container-check.ts';

/** The control asks for the profile in the pod's own definition, so the kubelet's `seccompDefault` does not count here; it has a check of its own. */
export const seccompProfile = containerCheck({
  id: 'pods/seccomp-profile',
  title: 'Containers run under a seccomp profile',
  severity: 'medium',
  looked: 'seccompProfile',
  judgesCluster: false,
  wrong: ({ securityContext: own }, { os, securityContext: pod }) => {
    const profile = own.seccompProfile ?? pod.seccompProfile;
    if (os === 'windows' || (profile !== undefined && profile !== 'Unconfined')) return undefined;
    return { says: profile ? 'runs without a seccomp profile on purpose' : 'sets no seccomp profile', found: profile ?? 'not set' };
  },
  holds: ({ securityContext: own }, { os, securityContext: pod }) => own.seccompProfile ?? pod.seccompProfile ?? `not for ${os}`,
  fine: (containers) => `A seccomp profile is set for ${containers}.`,
  why: 'Without a seccomp profile a process may use every system call of the kernel, those that most exploits need included.',
  repair: 'Set `seccompProfile: { type: RuntimeDefault }` in the securityContext of the pod template.',
});
