import type { Slice } from './slice.ts';

export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export interface RoleFact {
  readonly kind: 'ClusterRole' | 'Role';
  readonly namespace?: string;
  readonly name: string;
  /** Label `kubernetes.io/bootstrapping: rbac-defaults`: Kubernetes itself keeps this role. */
  readonly isBootstrap: boolean;
  /** Has an aggregationRule: its rules are the sum of other roles, kept by the controller manager. */
  readonly isAggregated: boolean;
  readonly rules: readonly PolicyRule[];
}

export interface RbacSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly namespace?: string;
  readonly name: string;
}

export interface RoleBindingFact {
  readonly kind: 'ClusterRoleBinding' | 'RoleBinding';
  readonly namespace?: string;
  readonly name: string;
  readonly isBootstrap: boolean;
  readonly roleKind: 'ClusterRole' | 'Role';
  readonly roleName: string;
  readonly subjects: readonly RbacSubject[];
}

export interface RbacFact {
  readonly roles: readonly RoleFact[];
  readonly bindings: readonly RoleBindingFact[];
}

export interface RbacSlices {
  readonly rbac: Slice<RbacFact>;
}
