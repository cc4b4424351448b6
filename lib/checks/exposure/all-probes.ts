import { addOnProbes } from './add-ons/index.ts';
import { apiServerProbes } from './api-server/index.ts';
import { componentProbes } from './components/index.ts';
import { etcdProbes } from './etcd/index.ts';
import { kubeletProbes } from './kubelet/index.ts';
import { podProbes } from './pod/index.ts';
import type { Probe } from './probe.ts';
import { publishedProbes } from './published/index.ts';
import { transportProbes } from './transport/index.ts';

/** Every probe there is. */
export const probes: readonly Probe[] = [
  ...apiServerProbes,
  ...kubeletProbes,
  ...etcdProbes,
  ...componentProbes,
  ...transportProbes,
  ...publishedProbes,
  ...addOnProbes,
  ...podProbes,
];
