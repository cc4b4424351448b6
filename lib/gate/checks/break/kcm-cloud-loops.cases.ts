import { gateCasesFor } from '../../check.ts';
import { controlPlane, settings, unread } from './examples.ts';
import { kcmCloudLoops } from './kcm-cloud-loops.check.ts';

const upgrade = '1.31.14 to 1.32.11';
const asks = (controllers: string) => controlPlane({ 'kube-controller-manager': { controllers } });

export const cases = gateCasesFor(kcmCloudLoops, [
  {
    name: 'as kubeadm sets it',
    upgrade,
    given: { controlPlane: asks('*,bootstrapsigner,tokencleaner'), settings: settings() },
    expect: 'pass',
  },
  {
    name: 'switched off by name',
    upgrade,
    given: { controlPlane: asks('*,-service-lb-controller'), settings: settings() },
    expect: 'pass',
  },
  {
    name: 'routes',
    upgrade,
    given: { controlPlane: asks('*,node-route-controller'), settings: settings() },
    expect: 'fail',
    says: 'kube-controller-manager-cp-1',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
