import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { vitalWrites, writesText } from './scope.ts';
import { isFailClosed, webhookNamed } from './targets.ts';

export const exemptsSystem = defineGateCheck({
  id: 'webhook.exempts-system',
  category: 'webhook',
  title: 'Webhooks that fail closed exempt the system and themselves',
  severity: 'medium',
  why: 'It answers now, but its own pods move in the upgrade: at a moment without them nothing of what it is asked about can start, itself included.',
  repair: 'Exempt kube-system, kube-node-lease and its own namespace by a namespaceSelector on `kubernetes.io/metadata.name`.',
  links: ['https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/'],
  reads: ['webhooks', 'services', 'namespaces'],
  mayRead: ['pods'],
  evaluate: ({ webhooks, services, namespaces, pods }) => {
    const around = { namespaces, services, pods: pods.read ? pods.value : [] };
    const open = webhooks.filter(isFailClosed).flatMap((webhook) => {
      const writes = webhook.matchConditions > 0 ? [] : vitalWrites(webhook, around);
      return writes.length === 0 ? [] : [webhookNamed(webhook, `asked about ${writesText(writes)}`)];
    });
    if (open.length > 0) return fails(`Asked about the system or about themselves, and fail closed: ${namesText(open)}.`, open);
    return passes('No webhook that fails closed is asked about the system or itself without a condition.');
  },
});
