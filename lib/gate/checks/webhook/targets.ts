import type { GateWebhook, ServiceBackends } from '../../../core/gate/index.ts';
import type { Named } from '../../check.ts';
import { daysUntil } from '../../shared/expiry.ts';

export const isFailClosed = ({ failurePolicy }: GateWebhook): boolean => failurePolicy === 'Fail';

/** A webhook as people look for it: its configuration, and which one of it. */
export const webhookNamed = ({ kind, configuration, name }: GateWebhook, detail: string): Named => ({
  kind,
  name: configuration,
  detail: `${name}: ${detail}`,
});

/** The Service of a webhook; undefined where it calls a URL or the Service is missing. */
export const serviceOf = ({ service }: GateWebhook, services: readonly ServiceBackends[]): ServiceBackends | undefined =>
  service && services.find(({ namespace, name }) => namespace === service.namespace && name === service.name);

/** Why nobody answers for a webhook; undefined where somebody may. What stands behind a URL is not known here. */
export const whyDead = (webhook: GateWebhook, services: readonly ServiceBackends[]): string | undefined => {
  if (!webhook.service) return undefined;
  const { namespace, name, port } = webhook.service;
  const found = serviceOf(webhook, services);
  if (!found) return `Service ${namespace}/${name} does not exist`;
  if (!found.ports.includes(port)) return `Service ${namespace}/${name} has no port ${port}`;
  return found.ready === 0 ? `Service ${namespace}/${name} has no ready endpoint` : undefined;
};

/** Days that the last certificate of the bundle has left; undefined where there is none. While they are changed, a bundle holds old and new ones. */
export const daysOfAuthorities = ({ authorities }: GateWebhook, now: string): number | undefined => {
  const days = authorities.flatMap(({ notAfter }) => daysUntil(notAfter, now) ?? []);
  return days.length === 0 ? undefined : Math.max(...days);
};
