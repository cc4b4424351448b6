import { gateCasesFor } from '../../check.ts';
import { controlPlane, extraArgs, settings, unread } from './examples.ts';
import { securityContextDeny } from './security-context-deny.check.ts';

const upgrade = '1.29.15 to 1.30.14';

export const cases = gateCasesFor(securityContextDeny, [
  { name: 'off', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  {
    name: 'on, by kubeadm',
    upgrade,
    given: { controlPlane: controlPlane(), settings: extraArgs({ apiServer: { 'enable-admission-plugins': 'SecurityContextDeny' } }) },
    expect: 'fail',
    says: 'kube-system/kubeadm-config',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
