import type { RbacFact, RbacSubject, RoleBindingFact, RoleFact, Slice } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, type Listing, readAll, together } from './listing.ts';
import { bootstrapLabel, Role, RoleBinding } from './rbac-schema.ts';

const listing = (resource: string): Listing => ({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource,
  feeds: ['rbac'],
  purpose: 'who may do what',
});
const listings = {
  clusterRoles: listing('clusterroles'),
  roles: listing('roles'),
  clusterRoleBindings: listing('clusterrolebindings'),
  roleBindings: listing('rolebindings'),
};
export const rbacListings: readonly Listing[] = Object.values(listings);

const place = ({ metadata }: Role | RoleBinding) => ({
  namespace: metadata.namespace ?? undefined,
  name: metadata.name,
  isBootstrap: metadata.labels?.[bootstrapLabel] === 'rbac-defaults',
});

const roleOf =
  (kind: RoleFact['kind']) =>
  (role: Role): RoleFact =>
    given<RoleFact>({
      kind,
      ...place(role),
      isAggregated: role.aggregationRule !== undefined && role.aggregationRule !== null,
      rules: (role.rules ?? []).map((rule) => ({
        verbs: rule.verbs ?? [],
        apiGroups: rule.apiGroups ?? [],
        resources: rule.resources ?? [],
        resourceNames: rule.resourceNames ?? [],
        nonResourceURLs: rule.nonResourceURLs ?? [],
      })),
    });

const isSubjectKind = (kind: string): kind is RbacSubject['kind'] => kind === 'User' || kind === 'Group' || kind === 'ServiceAccount';

const bindingOf =
  (kind: RoleBindingFact['kind']) =>
  (binding: RoleBinding): RoleBindingFact =>
    given<RoleBindingFact>({
      kind,
      ...place(binding),
      roleKind: binding.roleRef.kind === 'Role' ? 'Role' : 'ClusterRole',
      roleName: binding.roleRef.name,
      subjects: (binding.subjects ?? []).flatMap(({ kind: of, name, namespace }) =>
        isSubjectKind(of)
          ? [
              given<RbacSubject>({
                kind: of,
                namespace: of === 'ServiceAccount' ? (namespace ?? binding.metadata.namespace ?? undefined) : undefined,
                name,
              }),
            ]
          : [],
      ),
    });

const byPlace = (a: RoleFact | RoleBindingFact, b: RoleFact | RoleBindingFact): number =>
  byText(`${a.kind}/${a.namespace ?? ''}/${a.name}`, `${b.kind}/${b.namespace ?? ''}/${b.name}`);

/** All roles and bindings. Half of them would make wrong answers, so one list that cannot be had leaves the whole slice unread. */
export const observeRbac = async (access: ClusterAccess): Promise<Slice<RbacFact>> => {
  const read = together({
    clusterRoles: await readAll(access, listings.clusterRoles, Role, roleOf('ClusterRole')),
    roles: await readAll(access, listings.roles, Role, roleOf('Role')),
    clusterRoleBindings: await readAll(access, listings.clusterRoleBindings, RoleBinding, bindingOf('ClusterRoleBinding')),
    roleBindings: await readAll(access, listings.roleBindings, RoleBinding, bindingOf('RoleBinding')),
  });
  if (!read.read) return read;
  const { clusterRoles, roles, clusterRoleBindings, roleBindings } = read.value;
  return seen({
    roles: [...clusterRoles, ...roles].toSorted(byPlace),
    bindings: [...clusterRoleBindings, ...roleBindings].toSorted(byPlace),
  });
};
