import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { expiryText, soonDays } from '../../shared/expiry.ts';
import { daysOfAuthorities, webhookNamed } from './targets.ts';

export const caExpiry = defineGateCheck({
  id: 'webhook.ca-expiry',
  category: 'webhook',
  title: `Authorities of webhooks hold for ${soonDays} more days`,
  severity: 'medium',
  why: 'Once the authority in the caBundle has expired, the API server trusts the webhook no more: it is as good as dead.',
  repair: 'Renew the certificate where it is made (cert-manager, or the program itself), and see that the caBundle follows.',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/'],
  reads: ['webhooks'],
  evaluate: ({ webhooks, now }) => {
    const ending = webhooks.flatMap((webhook) => {
      const days = daysOfAuthorities(webhook, now);
      const last =
        webhook.authorities
          .map(({ notAfter }) => notAfter)
          .toSorted()
          .at(-1) ?? '';
      return days === undefined || days >= soonDays ? [] : [webhookNamed(webhook, `caBundle ${expiryText(last, days)}`)];
    });
    if (ending.length > 0) return fails(`Authorities of webhooks have expired or soon will: ${namesText(ending)}.`, ending);
    return passes(`No authority of a webhook expires within ${soonDays} days.`);
  },
});
