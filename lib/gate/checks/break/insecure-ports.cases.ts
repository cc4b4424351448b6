import { gateCasesFor } from '../../check.ts';
import { controlPlane, extraArgs, settings, unread } from './examples.ts';
import { insecurePorts } from './insecure-ports.check.ts';

const upgrade = '1.23.17 to 1.24.17';

export const cases = gateCasesFor(insecurePorts, [
  { name: 'none set', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  {
    name: 'the API server, even with port 0',
    upgrade,
    given: { controlPlane: controlPlane({ 'kube-apiserver': { 'insecure-port': '0' } }), settings: settings() },
    expect: 'fail',
    says: 'kube-system/kube-apiserver-cp-1',
  },
  {
    name: 'the scheduler, by kubeadm',
    upgrade,
    given: { controlPlane: controlPlane(), settings: extraArgs({ scheduler: { port: '0' } }) },
    expect: 'fail',
    says: 'kube-system/kubeadm-config',
  },
  {
    name: 'a control plane nobody sees',
    upgrade,
    given: { controlPlane: { read: true, value: [] }, settings: settings() },
    expect: 'unknown',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
