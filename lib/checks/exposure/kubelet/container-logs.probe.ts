import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import {
  closeKubelet,
  kubeletLeaves,
  kubeletPages,
  loginPort,
  lookedForPod,
  nowhereContainer,
  switchedOff,
  turnedAway,
} from './kubelet.ts';

const path = `/containerLogs/${nowhereContainer}`;

export const containerLogs = defineProbe({
  id: 'exposure/kubelet/container-logs',
  covers: ['KHV037'],
  title: 'The kubelet reads the logs of containers to nobody without a login',
  severity: 'high',
  why: 'Logs of containers hold what applications should not have logged: tokens, addresses, data of customers.',
  repair: closeKubelet,
  techniques: ['T1613'],
  references: kubeletPages,
  intrusiveness: 'dry-run',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort] },
  ...decidedBy(
    {
      path,
      shows: lookedForPod,
      outcome: 'fail',
      message: 'The kubelet would read the logs of any container to anybody who can reach it.',
      found: 'it looked for a pod that cannot exist',
    },
    turnedAway(path),
    switchedOff(path),
  ),
});
