import type { Severity } from '../../../core/outcome.ts';
import type { Right } from '../../shared/rbac.ts';

/** A right that makes whoever steals a token more than its owner. */
export interface TakeoverRight {
  /** To follow "may". */
  readonly doing: string;
  /** Where it is held in the whole cluster. */
  readonly severity: Severity;
  /** Where it is held in single namespaces; undefined where it cannot be. */
  readonly inNamespace?: Severity;
  readonly rights: readonly Right[];
}

const right = (apiGroup: string, verbs: readonly string[], resources: readonly string[], more: Partial<Right> = {}): Right => ({
  apiGroup,
  verbs,
  resources,
  named: 'limited',
  ...more,
});
const rbacGroup = 'rbac.authorization.k8s.io';

/** Rights that lead from one stolen token to other accounts, to nodes, or to the whole cluster; gravest first. */
export const takeoverRights: readonly TakeoverRight[] = [
  {
    doing: 'give itself rights (escalate, bind)',
    severity: 'critical',
    inNamespace: 'high',
    rights: [
      right(rbacGroup, ['escalate', 'bind'], ['clusterroles'], { isClusterScoped: true }),
      right(rbacGroup, ['escalate', 'bind'], ['roles']),
    ],
  },
  {
    doing: 'act as others (impersonate)',
    severity: 'critical',
    inNamespace: 'high',
    rights: [right('', ['impersonate'], ['users', 'groups'], { isClusterScoped: true }), right('', ['impersonate'], ['serviceaccounts'])],
  },
  {
    doing: 'use the proxy of nodes (nodes/proxy)',
    severity: 'high',
    rights: [right('', ['get', 'create', 'update', 'patch', 'delete'], ['nodes/proxy'], { isClusterScoped: true, named: 'counts' })],
  },
  { doing: 'read Secrets', severity: 'high', inNamespace: 'medium', rights: [right('', ['get', 'list', 'watch'], ['secrets'])] },
  {
    doing: 'run commands in pods (pods/exec, pods/attach)',
    severity: 'high',
    inNamespace: 'medium',
    // a WebSocket is a GET
    rights: [right('', ['get', 'create'], ['pods/exec', 'pods/attach']), right('', ['update', 'patch'], ['pods/ephemeralcontainers'])],
  },
  {
    doing: 'start pods',
    severity: 'high',
    inNamespace: 'medium',
    rights: [
      right('', ['create'], ['pods', 'replicationcontrollers']),
      right('apps', ['create', 'update', 'patch'], ['deployments', 'daemonsets', 'statefulsets', 'replicasets']),
      right('batch', ['create', 'update', 'patch'], ['jobs', 'cronjobs']),
    ],
  },
  {
    doing: 'make tokens of other accounts',
    severity: 'high',
    inNamespace: 'medium',
    rights: [right('', ['create'], ['serviceaccounts/token'])],
  },
];
