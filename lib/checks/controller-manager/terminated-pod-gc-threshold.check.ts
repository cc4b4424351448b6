import { controllerManagerCheck } from '../shared/controller-manager.ts';
import { fails, holds } from '../shared/flag-check.ts';

/** The default of Kubernetes; a cluster that keeps more finished pods than this keeps too many. */
const byDefault = 12_500;

export const terminatedPodGcThreshold = controllerManagerCheck(
  {
    id: 'controller-manager/terminated-pod-gc-threshold',
    title: 'Finished pods are removed at a number somebody chose',
    severity: 'low',
    why: 'Finished pods stay in etcd until there are as many as the threshold; many of them slow listing and the scheduler down.',
    repair:
      'Set `--terminated-pod-gc-threshold` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config) to a number that suits the cluster, e.g. 500.',
  },
  (settings) => {
    const isChosen = settings.has('terminated-pod-gc-threshold');
    const threshold = settings.number('terminated-pod-gc-threshold', byDefault);
    if (!isChosen) return fails(`Nobody chose how many finished pods are kept, so it is the default of ${byDefault}.`);
    if (threshold <= 0) return fails('Finished pods are never removed.');
    return threshold > byDefault
      ? fails(`Up to ${threshold} finished pods are kept, more than the default of ${byDefault}.`)
      : holds(`At most ${threshold} finished pods are kept.`);
  },
);
