import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { isFailClosed, webhookNamed, whyDead } from './targets.ts';

export const noEndpoints = defineGateCheck({
  id: 'webhook.no-endpoints',
  category: 'webhook',
  title: 'Somebody answers for every webhook that fails closed',
  severity: 'high',
  why: 'With `failurePolicy: Fail` the API server refuses every write that the webhook is asked about for as long as nobody answers.',
  repair: 'Bring the Service and its pods back, or delete the webhook configuration when its program is gone.',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy'],
  reads: ['webhooks', 'services'],
  evaluate: ({ webhooks, services }) => {
    const dead = webhooks.filter(isFailClosed).flatMap((webhook) => {
      const why = whyDead(webhook, services);
      return why === undefined ? [] : [webhookNamed(webhook, why)];
    });
    if (dead.length > 0) return fails(`Nobody answers for webhooks of ${namesText(dead)}, which fail closed.`, dead);
    return passes(webhooks.some(isFailClosed) ? 'Somebody answers for every webhook that fails closed.' : 'No webhook fails closed.');
  },
});
