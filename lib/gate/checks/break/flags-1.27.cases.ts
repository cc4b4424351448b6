import { gateCasesFor } from '../../check.ts';
import { controlPlane, kubeletFlags, settings, unread } from './examples.ts';
import { flags127 } from './flags-1.27.check.ts';

const upgrade = '1.26.15 to 1.27.16';

export const cases = gateCasesFor(flags127, [
  {
    name: 'flags of kubelets seen, and harmless',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'node-ip': '192.0.2.7' }) },
    expect: 'pass',
  },
  {
    name: 'the controller manager',
    upgrade,
    given: { controlPlane: controlPlane({ 'kube-controller-manager': { 'pod-eviction-timeout': '1m' } }), settings: settings() },
    expect: 'fail',
    says: '--pod-eviction-timeout of the kube-controller-manager (gone in 1.27)',
  },
  {
    name: 'a template of Cluster API',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'container-runtime': 'remote' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  {
    name: 'kubelets that cannot be seen',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
    says: 'kubeadm-flags.env',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
