import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const authorizationMode = kubeletCheck({
  id: 'kubelet/authorization-mode',
  title: 'Kubelets do not authorise everything',
  severity: 'critical',
  why: 'With AlwaysAllow every caller the kubelet knows, be it any pod, may run commands in the pods of the node.',
  repair:
    'Set `authorization.mode: Webhook` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), then restart the kubelet.',
  fields: { 'authorization.mode': (kubelet) => kubelet.authorizationMode },
  judge: ({ authorizationMode: mode }) =>
    mode === 'AlwaysAllow'
      ? fails('The kubelet authorises everything (AlwaysAllow).')
      : mode === ''
        ? { outcome: 'unknown', message: 'The kubelet does not tell how it authorises its callers.' }
        : holds(`The kubelet authorises its callers by ${mode}.`),
});
