import { fails, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

export const eventRecordQps0 = defineBreak({
  name: 'event-record-qps-0',
  title: 'Kubelets are not told to record events at a rate of 0',
  severity: 'medium',
  why: 'From 1.37 on `eventRecordQPS: 0` means no limit, which it did not before: kubelets may flood the API server with events.',
  repair: 'Set the rate you want in the kubelet configuration; the default is 50.',
  links: ['https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.37.md'],
  at: ['1.37'],
  needs: ['settings'],
  judge: ({ settings }) =>
    settings.kubelet?.eventRecordQPS === 0
      ? fails('kube-system/kubelet-config sets eventRecordQPS to 0.', [
          { kind: 'ConfigMap', namespace: 'kube-system', name: 'kubelet-config' },
        ])
      : passes('eventRecordQPS is not 0.'),
});
