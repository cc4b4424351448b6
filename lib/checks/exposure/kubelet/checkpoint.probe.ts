import { bySigns } from '../add-ons/signs.ts';
import { defineProbe, once } from '../probe.ts';
import {
  closeKubelet,
  kubeletLeaves,
  kubeletPages,
  loginPort,
  lookedForPod,
  nowhereContainer,
  post,
  readOnlyPort,
  switchedOff,
  turnedAway,
} from './kubelet.ts';

const path = `/checkpoint/${nowhereContainer}`;

/** On the port without a login this is CVE-2025-0426; elsewhere it needs a door that is open already. */
const signs = [
  {
    path,
    shows: lookedForPod,
    outcome: 'fail',
    message: 'The kubelet would write checkpoints of any container for anybody who can reach it, until the disk is full.',
    found: 'it looked for a pod that cannot exist',
  },
  turnedAway(path),
  switchedOff(path),
] as const;

export const checkpoint = defineProbe({
  id: 'exposure/kubelet/checkpoint',
  covers: ['KUB-03'],
  title: 'The kubelet writes checkpoints of containers for nobody without a login',
  severity: 'medium',
  why: 'A checkpoint is the memory of a container on the disk of its node: asked for again and again it fills the disk, and then the node evicts its pods (CVE-2025-0426).',
  repair: `${closeKubelet} Update the kubelet to a version in which CVE-2025-0426 is fixed.`,
  techniques: ['T1499'],
  references: [
    ...kubeletPages,
    'https://kubernetes.io/docs/reference/node/kubelet-checkpoint-api/',
    'https://github.com/kubernetes/kubernetes/issues/130016',
  ],
  intrusiveness: 'dry-run',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort, readOnlyPort] },
  send: once((door) => post(door, path)),
  judge: (door, asked) => bySigns(signs, door, asked),
});
