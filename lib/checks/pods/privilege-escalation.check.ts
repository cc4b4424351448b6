import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

/** Unset is not false: the default allows it. Windows pods cannot set the field. */
export const privilegeEscalation = podSecurityCheck({
  name: 'privilege-escalation',
  title: 'Namespaces keep out containers that may gain privileges',
  severity: 'medium',
  level: 'restricted',
  doing: 'may gain privileges',
  offends: eachContainer('allowPrivilegeEscalation', ({ securityContext }, { os }) => {
    const allowed = securityContext.allowPrivilegeEscalation;
    if (os === 'windows' || allowed === false) return undefined;
    return allowed ? 'true' : 'not set, default true';
  }),
  why: 'Without allowPrivilegeEscalation: false a process can become more than its parent, for example through a setuid program in the image.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: restricted` and set `allowPrivilegeEscalation: false` in the securityContext of every container; unset means true.',
});
