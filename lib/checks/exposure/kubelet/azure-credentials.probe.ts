import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, readOnlyPort } from './kubelet.ts';
import { askPods, judgePods } from './pods.ts';

export const azureCredentials = defineProbe({
  id: 'exposure/kubelet/azure-credentials',
  covers: ['KHV004'],
  title: 'The kubelet shows strangers no pod that mounts the Azure credentials of its node',
  severity: 'high',
  why: '`/etc/kubernetes/azure.json` holds the service principal of the cluster; a pod that mounts it is the shortest way from the cluster into the subscription.',
  repair: `${closeKubelet} Do not mount \`/etc/kubernetes/azure.json\` into pods; use workload identity.`,
  techniques: ['T1552.001'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort, readOnlyPort] },
  send: askPods,
  judge: (_door, asked) =>
    judgePods(asked, /"hostPath"\s*:\s*\{\s*"path"\s*:\s*"\/etc\/kubernetes\/azure\.json"/, {
      open: 'The kubelet tells anybody which pod mounts the Azure credentials of the cluster.',
      found: 'a list of pods with a mount of azure.json',
      clean: 'The list of pods shows no mount of the Azure credentials.',
    }),
});
