import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { count } from '../../shared/words.ts';

export const apiservices = defineGateCheck({
  id: 'health.apiservices',
  category: 'health',
  title: 'Every API group is available',
  severity: 'high',
  why: 'An API group that does not answer breaks discovery, the deletion of namespaces and the garbage collection of whole clusters.',
  repair: 'Bring back what serves the group, or delete the APIService when its program is gone.',
  links: ['https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/'],
  reads: ['apiServices'],
  evaluate: ({ apiServices }) => {
    const dead = apiServices
      .filter(({ available }) => !available)
      .map(({ name, reason, service }) => ({
        kind: 'APIService',
        name,
        detail: [reason ?? 'is not available', ...(service ? [`served by ${service.namespace}/${service.name}`] : [])].join(', '),
      }));
    if (dead.length > 0) return fails(`Not available: ${namesText(dead)}.`, dead);
    return passes(`${count(apiServices.length, 'API group version')} available.`);
  },
});
