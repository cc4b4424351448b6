import { gateCasesFor } from '../../check.ts';
import { controlPlane, extraArgs, kubeletFlags, settings, unread } from './examples.ts';
import { removedFlagsCheck } from './removed-flags.check.ts';

const old = { 'kube-controller-manager': { 'volume-host-cidr-denylist': '10.0.0.0/8' } };

export const cases = gateCasesFor(removedFlagsCheck, [
  { name: 'a stock cluster', given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  {
    name: 'a flag that goes on the way',
    upgrade: '1.30.14 to 1.31.14',
    given: { controlPlane: controlPlane(old), settings: settings() },
    expect: 'fail',
    says: 'gone in 1.31',
  },
  {
    name: 'a flag that stays for now',
    upgrade: '1.29.15 to 1.30.14',
    given: { controlPlane: controlPlane(old), settings: kubeletFlags({}) },
    expect: 'pass',
  },
  {
    name: 'a flag kubeadm would write again, gone long ago',
    given: { controlPlane: controlPlane(), settings: extraArgs({ scheduler: { 'lock-object-name': 'mine' } }) },
    expect: 'fail',
    says: 'kube-system/kubeadm-config',
  },
  {
    name: 'kubelets nobody sees',
    upgrade: '1.29.15 to 1.30.14',
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
  },
  {
    name: 'kubelets are seen',
    upgrade: '1.29.15 to 1.30.14',
    given: { controlPlane: controlPlane(), settings: kubeletFlags({}) },
    expect: 'pass',
  },
  { name: 'not read', given: { controlPlane: unread, settings: settings() }, expect: 'unknown' },
  {
    name: 'a target beyond the data',
    upgrade: '1.37.2 to 1.38.0',
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
  },
]);
