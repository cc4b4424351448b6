import type { GateCrd, ServiceBackends } from '../../../core/gate/index.ts';
import { defineGateCheck, doesNotApply, fails, isUnknown, namesText, passes } from '../../check.ts';
import { withinData } from './going.ts';

/** What is wrong with the service that converts; undefined when it answers, as far as can be seen. */
const problem = ({ conversion: { service } }: GateCrd, services: readonly ServiceBackends[]): string | undefined => {
  if (!service) return undefined;
  const text = `${service.namespace}/${service.name}`;
  const found = services.find(({ namespace, name }) => namespace === service.namespace && name === service.name);
  if (!found) return `the service ${text} does not exist`;
  if (!found.ports.includes(service.port)) return `the service ${text} has no port ${service.port}`;
  return found.ready === 0 ? `the service ${text} has no ready endpoint` : undefined;
};

export const conversionWebhook = defineGateCheck({
  id: 'api.conversion-webhook',
  category: 'api',
  title: 'Every webhook that converts custom resources can be reached',
  severity: 'high',
  why: 'Where the webhook does not answer, every read of that resource in another version fails, and with it the controllers, the garbage collector and the deletion of namespaces.',
  repair: 'Start the workload behind the service again, or correct the service in spec.conversion of the definition.',
  links: ['https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion'],
  reads: ['crds', 'services'],
  evaluate: ({ crds, services, upgrade }) => {
    const converted = crds.filter(({ conversion }) => conversion.strategy === 'Webhook');
    if (converted.length === 0) return withinData(upgrade, doesNotApply('No custom resource is converted by a webhook.'));
    const bad = converted.flatMap((crd) => {
      const detail = problem(crd, services);
      return detail === undefined ? [] : [{ kind: 'CustomResourceDefinition', name: crd.name, detail }];
    });
    if (bad.length > 0) return fails(`Cannot be converted: ${namesText(bad)}; ${bad[0]?.detail}.`, bad);
    const outside = converted
      .filter(({ conversion }) => !conversion.service)
      .map(({ name }) => ({ kind: 'CustomResourceDefinition', name }));
    if (outside.length > 0)
      return isUnknown(
        `Converted by a webhook outside of the cluster, which cannot be looked at from here: ${namesText(outside)}.`,
        outside,
      );
    return withinData(upgrade, passes('Every service that converts custom resources has a ready endpoint.'));
  },
});
