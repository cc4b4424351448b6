import { defineCheck, fail, pass } from '../check.ts';
import { namespaceSubject } from '../shared/namespaces.ts';
import { count, few, upTo } from '../shared/words.ts';

/** What Kubernetes puts there, and what operators put into every namespace alike. */
const expected: ReadonlySet<string> = new Set([
  'Service/kubernetes',
  'ServiceAccount/default',
  'ConfigMap/kube-root-ca.crt',
  'ConfigMap/istio-ca-root-cert',
  'ConfigMap/openshift-service-ca.crt',
]);

/** Policies for the namespace, such as a NetworkPolicy, do not count: they are no use of it, and other controls ask for them. */
export const defaultUnused = defineCheck({
  id: 'namespaces/default-unused',
  title: 'Nothing lives in the namespace default',
  severity: 'low',
  reads: ['defaultNamespace'],
  why: 'What nobody gave a place ends up in default, where rights and policies made for one thing apply to all of it.',
  repair: 'Create the objects in a namespace of their own (`kubectl get -o yaml`, change the namespace, apply, delete the old ones).',
  evaluate: ({ defaultNamespace }) => {
    const found = defaultNamespace.filter(({ kind, name }) => kind !== 'EndpointSlice' && !expected.has(`${kind}/${name}`));
    const subject = namespaceSubject('default');
    const source = 'Namespace default';
    const looked = 'workloads, Services, ConfigMaps, ServiceAccounts, claims and Ingresses, by metadata';
    if (found.length === 0)
      return [
        pass(
          subject,
          'Of workloads, Services, ConfigMaps, ServiceAccounts, claims and Ingresses the namespace default holds none but those of Kubernetes itself.',
          {
            source,
            looked,
            found: few(defaultNamespace.map(({ kind, name }) => `${kind} ${name}`)) || 'none',
          },
        ),
      ];
    const names = few(
      found.map(({ kind, name }) => `${kind} ${name}`),
      3,
    );
    const evidence = found.map(({ kind, name }) => ({ source, looked, found: `${kind} ${name}` }));
    return [fail(subject, `The namespace default holds ${count(found.length, 'object')} of its users: ${names}.`, ...upTo(evidence))];
  },
});
