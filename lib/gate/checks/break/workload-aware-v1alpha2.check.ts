import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const version = 'scheduling.k8s.io/v1alpha2';

export const workloadAwareV1alpha2 = defineBreak({
  name: 'workload-aware-v1alpha2',
  title: 'No object of the alpha of workload-aware scheduling is left',
  severity: 'high',
  why: 'Kubernetes 1.37 dropped scheduling.k8s.io/v1alpha2 without a conversion: objects that are left in etcd can be neither read nor deleted afterwards.',
  repair: 'Delete every Workload and PodGroup of that version before the upgrade.',
  links: ['https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.37.md'],
  at: ['1.37'],
  needs: ['servedApis', 'oldObjects'],
  judge: ({ servedApis, oldObjects }) => {
    if (!servedApis.some(({ groupVersion }) => groupVersion === version)) return passes(`${version} is not served here.`);
    const left = oldObjects.filter(({ oldVersion }) => oldVersion === version);
    if (left.length === 0) return passes(`No object was found that was written as ${version}.`);
    return fails(`These are of ${version}: ${namesText(left)}.`, left);
  },
});
