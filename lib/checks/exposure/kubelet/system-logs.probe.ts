import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, switchedOff, turnedAway } from './kubelet.ts';
import { isLogFolder } from './logs.ts';

export const systemLogs = defineProbe({
  id: 'exposure/kubelet/system-logs',
  covers: ['KHV045'],
  title: 'The kubelet reads the logs of its host to nobody without a login',
  severity: 'high',
  why: 'Under `/logs/` the kubelet hands out every file below `/var/log`: the logs of all containers, of logins and of the API server.',
  repair: closeKubelet,
  techniques: ['T1613'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort] },
  ...decidedBy(
    {
      path: '/logs/',
      shows: isLogFolder,
      outcome: 'fail',
      message: 'The kubelet lists the logs of its host to anybody who can reach it.',
      found: 'a folder of logs',
    },
    turnedAway('/logs/'),
    switchedOff('/logs/'),
  ),
});
