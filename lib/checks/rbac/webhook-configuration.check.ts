import { rightCheck } from '../shared/right-check.ts';

/** An operator that keeps its own configuration up to date holds the right for that name only; this is shown and does not fail. */
export const webhookConfiguration = rightCheck({
  name: 'webhook-configuration',
  title: 'Nobody besides the cluster itself may change webhook configurations',
  severity: 'high',
  doing: 'change webhook configurations',
  rights: [
    {
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      apiGroup: 'admissionregistration.k8s.io',
      resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
      isClusterScoped: true,
      named: 'limited',
    },
  ],
  why: 'An admission webhook sees every object it asks for, Secrets included, and may change or refuse it: whoever configures webhooks can read and alter the whole cluster.',
  repair:
    "Take create, update, patch and delete on validatingwebhookconfigurations and mutatingwebhookconfigurations out of the role, or name the operator's own configuration in resourceNames.",
});
