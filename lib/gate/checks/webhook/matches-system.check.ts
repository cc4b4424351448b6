import { defineGateCheck, fails, isUnknown, namesText, passes } from '../../check.ts';
import { vitalWrites, writesText } from './scope.ts';
import { daysOfAuthorities, isFailClosed, webhookNamed, whyDead } from './targets.ts';

export const matchesSystem = defineGateCheck({
  id: 'webhook.matches-system',
  category: 'webhook',
  title: 'No dead webhook stops the writes of nodes and system pods',
  severity: 'critical',
  why: 'A webhook that fails closed and answers no more keeps nodes, kube-system or itself from coming back, and each restart of the upgrade needs just these writes.',
  repair:
    'Bring the webhook back, or delete its configuration; then exempt kube-system and its own namespace by a namespaceSelector on `kubernetes.io/metadata.name`.',
  links: ['https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/'],
  reads: ['webhooks', 'services', 'namespaces'],
  mayRead: ['pods'],
  evaluate: ({ webhooks, services, namespaces, pods, now }) => {
    const around = { namespaces, services, pods: pods.read ? pods.value : [] };
    const dead = webhooks.filter(isFailClosed).flatMap((webhook) => {
      const hasExpired = (daysOfAuthorities(webhook, now) ?? 0) < 0;
      const why = whyDead(webhook, services) ?? (hasExpired ? 'every certificate of its caBundle has expired' : undefined);
      const writes = why === undefined ? [] : vitalWrites(webhook, around);
      return writes.length === 0 ? [] : [{ webhook, named: webhookNamed(webhook, `${why}; asked about ${writesText(writes)}`) }];
    });
    // what conditions exempt is a program's matter; without them there is no doubt
    const sure = dead.filter(({ webhook }) => webhook.matchConditions === 0).map(({ named }) => named);
    if (sure.length > 0) return fails(`Dead webhooks stop the writes of the system: ${namesText(sure)}.`, sure);
    const doubtful = dead.map(({ named }) => named);
    if (doubtful.length > 0)
      return isUnknown(`Whether match conditions exempt the system from dead webhooks cannot be told: ${namesText(doubtful)}.`, doubtful);
    return passes('No dead webhook is asked about the writes of the system.');
  },
});
