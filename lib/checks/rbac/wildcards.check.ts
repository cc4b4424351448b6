import type { PolicyRule } from '../../core/facts/index.ts';
import { clusterSubject, defineCheck, fail, pass } from '../check.ts';
import { isBuiltInWithWildcards } from '../shared/bootstrap-rbac.ts';
import { isBound } from '../shared/rbac.ts';
import { ruleInWords } from '../shared/right-check.ts';
import { few, named, upTo } from '../shared/words.ts';

const isWildcard = (text: string): boolean => text === '*' || text.startsWith('*/');
const hasWildcard = ({ verbs, apiGroups, resources, nonResourceURLs }: PolicyRule): boolean =>
  [verbs, apiGroups, resources, nonResourceURLs].some((list) => list.some(isWildcard));

/** Aggregated roles are left out: their rules are the sum of other roles, and each of those is judged itself. */
export const wildcards = defineCheck({
  id: 'rbac/wildcards',
  title: 'Roles name what they allow instead of using wildcards',
  severity: 'medium',
  reads: ['rbac'],
  why: 'A wildcard also allows what does not exist yet: each new resource or verb of a later version is granted without anybody deciding it.',
  repair: 'Write the verbs, API groups and resources that are really used in place of `*`; the audit log shows which ones are.',
  evaluate: ({ cluster, rbac }) => {
    const found = rbac.roles
      .filter(({ isAggregated }) => !isAggregated)
      .map((role) => ({ role, rules: role.rules.filter(hasWildcard) }))
      .filter(({ rules }) => rules.length > 0);
    const evidence = ({ role, rules }: (typeof found)[number]) =>
      rules.map((rule) => ({
        source: named(role),
        looked: 'rules',
        found: ruleInWords(rule),
      }));
    const own = found.filter(({ role }) => !isBuiltInWithWildcards(role));
    if (own.length > 0)
      return own.map((one) => {
        const { kind, namespace, name } = one.role;
        const use = isBound(rbac, one.role) ? '' : ', though nobody is bound to it';
        return fail({ kind, ...(namespace ? { namespace } : {}), name }, `${kind} ${name} uses wildcards${use}.`, ...upTo(evidence(one)));
      });
    const builtIn = few(found.map(({ role }) => role.name));
    const shown = upTo(found.flatMap(evidence));
    return [
      pass(
        clusterSubject(cluster),
        builtIn ? `Only roles of Kubernetes itself use wildcards: ${builtIn}.` : 'No role uses wildcards.',
        ...(shown.length > 0 ? shown : [{ source: 'roles of the cluster', looked: 'rules', found: 'no wildcard' }]),
      ),
    ];
  },
});
