import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { webhookNamed } from './targets.ts';

/** What Kubernetes sets by itself; a request ends after a minute at most, however many webhooks it waits for. */
const longestSeconds = 10;

export const timeout = defineGateCheck({
  id: 'webhook.timeout',
  category: 'webhook',
  title: `No webhook may take more than ${longestSeconds} seconds`,
  severity: 'low',
  why: 'While its pods move, each write waits as long as the webhook may take; kubelets and controllers give up before.',
  repair: `Set \`timeoutSeconds\` to ${longestSeconds} or less.`,
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#timeouts'],
  reads: ['webhooks'],
  evaluate: ({ webhooks }) => {
    const slow = webhooks
      .filter(({ timeoutSeconds }) => timeoutSeconds > longestSeconds)
      .map((webhook) => webhookNamed(webhook, `may take ${webhook.timeoutSeconds} s`));
    return slow.length > 0
      ? fails(`Webhooks may take more than ${longestSeconds} seconds: ${namesText(slow)}.`, slow)
      : passes(`No webhook may take more than ${longestSeconds} seconds.`);
  },
});
