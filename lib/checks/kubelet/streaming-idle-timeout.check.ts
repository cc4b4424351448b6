import { readDuration } from '../shared/duration.ts';
import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const streamingIdleTimeout = kubeletCheck({
  id: 'kubelet/streaming-idle-timeout',
  title: 'Kubelets end idle exec and attach streams',
  severity: 'low',
  why: 'Streams that are never ended add up until the kubelet runs out of connections, on purpose or not.',
  repair:
    'Set `streamingConnectionIdleTimeout: 5m` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config) and remove the flag `--streaming-connection-idle-timeout=0` of the kubelet.',
  fields: { streamingConnectionIdleTimeout: (kubelet) => kubelet.streamingConnectionIdleTimeout },
  judge: ({ streamingConnectionIdleTimeout: text }) => {
    const seconds = readDuration(text);
    if (seconds === undefined) return { outcome: 'unknown', message: `The idle timeout "${text}" is no duration.` };
    return seconds === 0 ? fails('Idle streams are never ended.') : holds(`Idle streams end after ${text}.`);
  },
});
