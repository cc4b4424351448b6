import { rightCheck } from '../shared/right-check.ts';

/** A rule limited to names counts too: binding one named role, or acting as one named user, can be all that it takes. */
export const bindImpersonateEscalate = rightCheck({
  name: 'bind-impersonate-escalate',
  title: 'Nobody besides the cluster itself may bind, impersonate or escalate',
  severity: 'high',
  doing: 'bind or escalate roles or impersonate others',
  rights: [
    { verbs: ['bind', 'escalate'], apiGroup: 'rbac.authorization.k8s.io', resources: ['roles', 'clusterroles'], named: 'counts' },
    { verbs: ['impersonate'], apiGroup: '', resources: ['serviceaccounts'], named: 'counts' },
    { verbs: ['impersonate'], apiGroup: '', resources: ['users', 'groups'], isClusterScoped: true, named: 'counts' },
    {
      verbs: ['impersonate'],
      apiGroup: 'authentication.k8s.io',
      resources: ['uids', 'userextras', 'userextras/*'],
      isClusterScoped: true,
      named: 'counts',
    },
  ],
  why: 'These verbs lift the rule that nobody can hand out more rights than they hold: with any of them a subject can make itself cluster-admin.',
  repair: 'Take bind, escalate and impersonate (and the wildcard verb) out of the role, or remove the subject from the binding.',
});
