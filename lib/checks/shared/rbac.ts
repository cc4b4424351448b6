import type { PolicyRule, RbacFact, RbacSubject, RoleBindingFact, RoleFact } from '../../core/facts/index.ts';
import { isBuiltIn, isWide } from './bootstrap-rbac.ts';

/** A right as RBAC grants it: any of these verbs on any of these resources of one group. */
export interface Right {
  readonly verbs: readonly string[];
  /** The core group is ''. */
  readonly apiGroup: string;
  /** With the sub-resource, e.g. `pods/exec`; `userextras/*` stands for any sub-resource. */
  readonly resources: readonly string[];
  /** The resource belongs to no namespace, so that a RoleBinding cannot grant it. */
  readonly isClusterScoped?: boolean;
  /** What a rule means that is limited by `resourceNames`: `counts` like any other, or `limited`: worth showing, but not what the control warns of. */
  readonly named: 'counts' | 'limited';
}

/** One way in which somebody holds a right. */
export interface Grant {
  readonly binding: RoleBindingFact;
  readonly role: RoleFact;
  readonly rules: readonly PolicyRule[];
  /** Through a binding of Kubernetes or kubeadm themselves, to whom they mean it. */
  readonly isBuiltIn: boolean;
}

/** Somebody with everything that gives them what was asked for. */
export interface Holder {
  readonly subject: RbacSubject;
  readonly grants: readonly Grant[];
}

interface Index {
  readonly bindingsOfRole: ReadonlyMap<string, readonly RoleBindingFact[]>;
  readonly bindingsOfSubject: ReadonlyMap<string, readonly RoleBindingFact[]>;
  readonly roles: ReadonlyMap<string, RoleFact>;
}

const accountUser = 'system:serviceaccount:';
/** A user name of the form `system:serviceaccount:ns:name` is that ServiceAccount. */
const plain = (subject: RbacSubject): RbacSubject => {
  const [namespace, name] =
    subject.kind === 'User' && subject.name.startsWith(accountUser) ? subject.name.slice(accountUser.length).split(':') : [];
  return namespace && name ? { kind: 'ServiceAccount', namespace, name } : subject;
};
const subjectKey = ({ kind, namespace = '', name }: RbacSubject): string => `${kind}/${namespace}/${name}`;
const roleKey = (kind: string, namespace: string | undefined, name: string): string =>
  kind === 'ClusterRole' ? `ClusterRole//${name}` : `Role/${namespace ?? ''}/${name}`;
const roleKeyOf = ({ roleKind, namespace, roleName }: RoleBindingFact): string => roleKey(roleKind, namespace, roleName);

// ten thousand roles and bindings are indexed once for all checks of a scan
const indexes = new WeakMap<RbacFact, Index>();
const indexOf = (rbac: RbacFact): Index => {
  const known = indexes.get(rbac);
  if (known) return known;
  const bindingsOfSubject = new Map<string, RoleBindingFact[]>();
  for (const binding of rbac.bindings)
    for (const key of new Set(binding.subjects.map((subject) => subjectKey(plain(subject))))) {
      const some = bindingsOfSubject.get(key);
      if (some) some.push(binding);
      else bindingsOfSubject.set(key, [binding]);
    }
  const index = {
    bindingsOfRole: Map.groupBy(rbac.bindings, roleKeyOf),
    bindingsOfSubject,
    roles: new Map(rbac.roles.map((role) => [roleKey(role.kind, role.namespace, role.name), role])),
  };
  indexes.set(rbac, index);
  return index;
};

const grantsResource = (granted: string, asked: string): boolean => {
  if (granted === '*' || granted === asked) return true;
  const [resource, sub] = asked.split('/');
  if (sub === undefined) return false;
  return sub === '*' ? granted.startsWith(`${resource}/`) : granted === `*/${sub}`;
};

/** Whether a rule gives the right, whatever object names it is limited to. Follows the matching of Kubernetes' RBAC authorizer. */
export const gives = (rule: PolicyRule, { verbs, apiGroup, resources }: Right): boolean =>
  (rule.verbs.includes('*') || verbs.some((verb) => rule.verbs.includes(verb))) &&
  (rule.apiGroups.includes('*') || rule.apiGroups.includes(apiGroup)) &&
  rule.resources.some((granted) => resources.some((asked) => grantsResource(granted, asked)));

/** Everybody whom a binding gives a role that `pick` finds something in. A binding to a role that does not exist gives nothing. */
export const holdersOf = (
  rbac: RbacFact,
  pick: (role: RoleFact, binding: RoleBindingFact['kind']) => readonly PolicyRule[],
): readonly Holder[] => {
  const { bindingsOfRole } = indexOf(rbac);
  const holders = new Map<string, { subject: RbacSubject; grants: Grant[] }>();
  for (const role of rbac.roles) {
    const picked = { ClusterRoleBinding: pick(role, 'ClusterRoleBinding'), RoleBinding: pick(role, 'RoleBinding') };
    if (picked.ClusterRoleBinding.length + picked.RoleBinding.length === 0) continue;
    for (const binding of bindingsOfRole.get(roleKey(role.kind, role.namespace, role.name)) ?? []) {
      const rules = picked[binding.kind];
      if (rules.length === 0) continue;
      for (const given of binding.subjects) {
        const subject = plain(given);
        const key = subjectKey(subject);
        const holder = holders.get(key) ?? { subject, grants: [] };
        holder.grants.push({ binding, role, rules, isBuiltIn: isBuiltIn(binding, given) && !isWide(given) });
        holders.set(key, holder);
      }
    }
  }
  return [...holders.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, holder]) => holder);
};

/** Everybody who holds one of these rights: `whole`, or only `limited` to objects named in the rule. */
export const holdersOfRight = (rbac: RbacFact, rights: readonly Right[], extent: 'whole' | 'limited'): readonly Holder[] => {
  const fits = (rule: PolicyRule, right: Right) =>
    (extent === 'limited') === (rule.resourceNames.length > 0 && right.named === 'limited') && gives(rule, right);
  return holdersOf(rbac, ({ rules }, binding) =>
    rules.filter((rule) => rights.some((right) => !(right.isClusterScoped && binding === 'RoleBinding') && fits(rule, right))),
  );
};

/** The bindings that name a subject, with the role of each; `undefined` for a role that does not exist. */
export const bindingsOf = (
  rbac: RbacFact,
  subject: RbacSubject,
): readonly { readonly binding: RoleBindingFact; readonly role: RoleFact | undefined }[] => {
  const { bindingsOfSubject, roles } = indexOf(rbac);
  return (bindingsOfSubject.get(subjectKey(plain(subject))) ?? []).map((binding) => ({ binding, role: roles.get(roleKeyOf(binding)) }));
};

/** Whether any binding with a subject names this role. */
export const isBound = (rbac: RbacFact, { kind, namespace, name }: RoleFact): boolean =>
  indexOf(rbac)
    .bindingsOfRole.get(roleKey(kind, namespace, name))
    ?.some(({ subjects }) => subjects.length > 0) ?? false;

/** The users that people's bindings name, without Kubernetes' own (`system:…`), and in how many bindings. */
export const usersNamed = (rbac: RbacFact): readonly { readonly name: string; readonly bindings: number }[] => {
  const named = rbac.bindings.flatMap((binding) =>
    binding.subjects.filter((subject) => subject.kind === 'User' && !subject.name.startsWith('system:') && !isBuiltIn(binding, subject)),
  );
  const byName = Map.groupBy(named, ({ name }) => name);
  return [...byName].map(([name, some]) => ({ name, bindings: some.length })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
};
