import type { RbacSubject, RoleBindingFact, RoleFact } from '../../core/facts/index.ts';
import { named } from './words.ts';

/**
 * ServiceAccounts of the controllers in kube-controller-manager, Kubernetes 1.24 to 1.36 (source: bootstrappolicy/controller_policy.go of
 * kubernetes/kubernetes). Listed, because anybody who may make a role may give it a name that begins like these.
 */
const controllers =
  `attachdetach-controller certificate-controller clusterrole-aggregation-controller cronjob-controller daemon-set-controller
  deployment-controller device-taint-eviction-controller disruption-controller endpoint-controller endpointslice-controller
  endpointslicemirroring-controller ephemeral-volume-controller expand-controller generic-garbage-collector horizontal-pod-autoscaler
  job-controller kube-apiserver-serving-clustertrustbundle-publisher legacy-service-account-token-cleaner namespace-controller
  node-controller persistent-volume-binder pod-garbage-collector podcertificaterequestcleaner podgroup-protection-controller
  pv-protection-controller pvc-protection-controller replicaset-controller replication-controller resource-claim-controller
  resourcepoolstatusrequest-controller resourcequota-controller root-ca-cert-publisher route-controller selinux-warning-controller
  service-account-controller service-cidrs-controller service-controller statefulset-controller storage-version-garbage-collector
  storage-version-migrator-controller ttl-after-finished-controller ttl-controller validatingadmissionpolicy-status-controller
  volumeattributesclass-protection-controller`.split(/\s+/);

interface Expected {
  readonly role: string;
  /** As `Kind/namespace/name`. */
  readonly subjects: readonly string[];
}
const group = (name: string) => `Group//${name}`;
const user = (name: string) => `User//${name}`;
const account = (name: string) => `ServiceAccount/kube-system/${name}`;
const own = (role: string, ...subjects: string[]): readonly [string, Expected] => [`ClusterRoleBinding//${role}`, { role, subjects }];
const inKubeSystem = (controller: string): readonly [string, Expected] => [
  `RoleBinding/kube-system/system:controller:${controller}`,
  { role: `system:controller:${controller}`, subjects: [account(controller)] },
];

/**
 * The bindings of Kubernetes and kubeadm that give something a control warns of, or give something to everyone, with the role and the subjects they are made with.
 * The rest of their bindings are not here on purpose: they give nothing of the kind, and if one does, somebody widened its role.
 */
const bindings: ReadonlyMap<string, Expected> = new Map([
  own('cluster-admin', group('system:masters')),
  own('system:kube-controller-manager', user('system:kube-controller-manager')),
  own('system:kube-scheduler', user('system:kube-scheduler')),
  own('system:discovery', group('system:authenticated')),
  own('system:basic-user', group('system:authenticated')),
  own('system:public-info-viewer', group('system:authenticated'), group('system:unauthenticated')),
  own('system:service-account-issuer-discovery', group('system:serviceaccounts')),
  own('system:cluster-trust-bundle-discovery', group('system:serviceaccounts')),
  ...controllers.map((controller) => own(`system:controller:${controller}`, account(controller))),
  ...['bootstrap-signer', 'cloud-provider', 'token-cleaner'].map(inKubeSystem),
  ['ClusterRoleBinding//kubeadm:cluster-admins', { role: 'cluster-admin', subjects: [group('kubeadm:cluster-admins')] }],
  [
    'ClusterRoleBinding//kubeadm:apiserver-kubelet-client',
    { role: 'system:kubelet-api-admin', subjects: [user('kube-apiserver-kubelet-client')] },
  ],
]);

/**
 * Whether Kubernetes or kubeadm make this binding for this subject. The label `kubernetes.io/bootstrapping` proves nothing, since anybody may set it; name, role and subject
 * must be the expected ones, so that a subject which somebody added to a bootstrap binding is not excused.
 */
export const isBuiltIn = (binding: RoleBindingFact, { kind, namespace = '', name }: RbacSubject): boolean => {
  const expected = bindings.get(`${binding.kind}/${binding.namespace ?? ''}/${binding.name}`);
  return expected !== undefined && expected.role === binding.roleName && expected.subjects.includes(`${kind}/${namespace}/${name}`);
};

const rolesWithWildcards: ReadonlySet<string> = new Set([
  'cluster-admin',
  'system:kube-controller-manager',
  'system:kubelet-api-admin',
  ...controllers.map((controller) => `system:controller:${controller}`),
]);

/** Whether this is a role that Kubernetes itself writes with wildcards in it. Its label alone proves nothing, and its name alone neither. */
export const isBuiltInWithWildcards = ({ kind, name, isBootstrap }: RoleFact): boolean =>
  kind === 'ClusterRole' && isBootstrap && rolesWithWildcards.has(name);

const crowds: Readonly<Record<string, string>> = {
  'Group/system:unauthenticated': 'everyone without logging in',
  'User/system:anonymous': 'everyone without logging in',
  'Group/system:authenticated': 'everyone who can log in, every ServiceAccount included',
  'Group/system:serviceaccounts': 'every ServiceAccount of the cluster',
};
const accountsOf = 'system:serviceaccounts:';
const crowd = ({ kind, name }: RbacSubject): string | undefined =>
  kind === 'Group' && name.startsWith(accountsOf)
    ? `every ServiceAccount of namespace ${name.slice(accountsOf.length)}`
    : crowds[`${kind}/${name}`];

/** Whether the subject stands for a crowd that nobody chose one by one. What such a subject holds is never excused as built in: stock clusters give it nothing harmful. */
export const isWide = (subject: RbacSubject): boolean => crowd(subject) !== undefined;

/** A subject in words, for a message. */
export const inWords = (subject: RbacSubject): string => {
  const many = crowd(subject);
  return many ? `${many} (${named(subject)})` : named(subject);
};
