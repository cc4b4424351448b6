import { defineProbe, get, httpOf, type ProbeVerdict, shown } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort } from './kubelet.ts';
import { isLogFolder } from './logs.ts';
import { askPods, judgePods, podsAnswer } from './pods.ts';

const mount = /"hostPath"\s*:\s*\{\s*"path"\s*:\s*"\/var\/log(\/[^"\\]*)?"/;

export const logMounts = defineProbe({
  id: 'exposure/kubelet/log-mounts',
  covers: ['KHV047'],
  title: 'No pod that mounts the logs of its host can have the kubelet read any file',
  severity: 'high',
  why: 'A pod that may write below `/var/log` of its host puts a symbolic link there, and the kubelet, which follows it, hands out any file of the host under `/logs/`.',
  repair: `${closeKubelet} Mount \`/var/log\` of the host read-only, or switch \`enableSystemLogHandler\` off.`,
  techniques: ['T1611'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort] },
  // the logs are only asked for where a pod could have laid a link into them
  send: (door, soFar) => {
    if (soFar.length === 0) return askPods(door, soFar);
    const list = podsAnswer(soFar);
    return soFar.length === 1 && list && mount.test(list.http.body) ? get(door, '/logs/') : [];
  },
  judge: (_door, asked) => {
    const pods = judgePods(asked.slice(0, 1), mount, {
      open: 'A pod mounts the logs of its host, and the kubelet reads files below them to anybody.',
      found: 'a list of pods with a mount of /var/log',
      clean: 'No pod mounts the logs of its host.',
    });
    if (pods?.outcome !== 'fail') return pods;
    const logs = httpOf(asked).find(({ path }) => path === '/logs/');
    const folder = asked.slice(1).map((one) => shown(one, logs && isLogFolder(logs.http) ? 'a folder of logs' : ''));
    const evidence: ProbeVerdict['evidence'] = [...pods.evidence, ...folder];
    if (logs === undefined)
      return {
        outcome: 'unknown',
        message: 'A pod mounts the logs of its host; whether the kubelet reads them was not answered.',
        evidence,
      };
    return isLogFolder(logs.http)
      ? { ...pods, evidence }
      : { outcome: 'pass', message: 'A pod mounts the logs of its host, but the kubelet does not read them to strangers.', evidence };
  },
});
