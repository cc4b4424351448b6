import { admissionPluginCheck } from '../shared/api-server.ts';
import { needsPerson } from '../shared/flag-check.ts';

export const eventRateLimit = admissionPluginCheck({
  id: 'api-server/event-rate-limit',
  title: 'Admission limits the rate of events',
  severity: 'low',
  why: 'A broken or hostile workload can otherwise flood the API server and etcd with events until both are slow for everybody.',
  repair:
    'Write an admission configuration with limits for EventRateLimit into a folder that the pod of the API server mounts (`apiServer.extraVolumes` of kubeadm), set `--admission-control-config-file` to its path and add EventRateLimit to `--enable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  lookAt: 'Look at the limits (`type`, `qps`, `burst`) of EventRateLimit in the file that `--admission-control-config-file` names.',
  plugin: 'EventRateLimit',
  also: (settings) => {
    const file = settings.text('admission-control-config-file');
    return needsPerson(`The admission plugin EventRateLimit runs; its limits are in ${file || 'a file that the flags do not name'}.`);
  },
});
