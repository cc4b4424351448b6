import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { isFailClosed, serviceOf, webhookNamed } from './targets.ts';

export const singleReplica = defineGateCheck({
  id: 'webhook.single-replica',
  category: 'webhook',
  title: 'Webhooks that fail closed have a second endpoint',
  severity: 'medium',
  why: 'With one endpoint nobody answers from the eviction of its pod until the next one is ready, and what it is asked about cannot be written.',
  repair: 'Run two replicas on different nodes, with a disruption budget of `maxUnavailable: 1`.',
  links: ['https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/'],
  reads: ['webhooks', 'services'],
  evaluate: ({ webhooks, services }) => {
    const single = webhooks
      .filter((webhook) => isFailClosed(webhook) && serviceOf(webhook, services)?.ready === 1)
      .map((webhook) => webhookNamed(webhook, `Service ${webhook.service?.namespace}/${webhook.service?.name} has one ready endpoint`));
    if (single.length > 0) return fails(`One endpoint only, and fail closed: ${namesText(single)}.`, single);
    return passes('No webhook that fails closed hangs on a single endpoint.');
  },
});
