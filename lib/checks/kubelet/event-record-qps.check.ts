import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';
import { count } from '../shared/words.ts';

/** Events a second: the lowest default there was. */
const least = 5;

export const eventRecordQps = kubeletCheck({
  id: 'kubelet/event-record-qps',
  title: 'Kubelets record enough events, but not without limit',
  severity: 'low',
  why: 'Too low a rate drops the events an investigation needs; no limit lets one broken pod flood the API server.',
  repair:
    'Remove `eventRecordQPS` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config) for the default of 50 (5 before Kubernetes 1.27), or set a number between.',
  fields: { eventRecordQPS: (kubelet) => kubelet.eventRecordQPS },
  judge: ({ eventRecordQPS: rate }) =>
    rate === 0
      ? fails('The kubelet records events without a limit.')
      : rate < least
        ? fails(`The kubelet records at most ${count(rate, 'event')} a second and drops the rest.`)
        : holds(`The kubelet records up to ${rate} events a second.`),
});
