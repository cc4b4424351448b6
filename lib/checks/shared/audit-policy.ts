import { z } from 'zod';

const Texts = z.array(z.string()).optional();
/** A rule of a Policy (audit.k8s.io/v1), as far as matching goes. */
const Rule = z.object({
  level: z.string(),
  users: Texts,
  userGroups: Texts,
  verbs: Texts,
  resources: z.array(z.object({ group: z.string().optional(), resources: Texts, resourceNames: Texts })).optional(),
  namespaces: Texts,
  nonResourceURLs: Texts,
  omitStages: Texts,
});
type Rule = z.infer<typeof Rule>;
export const AuditPolicy = z.object({ kind: z.literal('Policy'), rules: z.array(Rule).nullish(), omitStages: Texts });
export type AuditPolicy = z.infer<typeof AuditPolicy>;

/** A kind of request, by anybody, in any namespace, for any object. */
export interface AuditedRequest {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly isClusterScoped?: boolean;
  readonly verb: string;
}

/** What a policy does with a kind of request. */
export interface Audited {
  /** Whether somebody's requests of this kind leave no trace although no rule names whose. */
  readonly missed: boolean;
  /** Numbers of rules, from 1, that leave out the requests of some users, namespaces or objects. */
  readonly exceptions: readonly number[];
  /** Levels at which requests of this kind are logged. */
  readonly levels: readonly string[];
}

const isGiven = (list: readonly string[] | undefined): list is readonly string[] => list !== undefined && list.length > 0;

const namesResource = (named: string, { resource, subresource }: AuditedRequest): boolean =>
  named === '*' ||
  named === (subresource === undefined ? resource : `${resource}/${subresource}`) ||
  named === `${resource}/*` ||
  (subresource !== undefined && named === `*/${subresource}`);

/** Whether a rule matches all requests of a kind, some, or none. As the API server's own matching, for users, namespaces and names that are not known. */
const matches = (rule: Rule, request: AuditedRequest): 'all' | 'some' | 'none' => {
  if (isGiven(rule.verbs) && !rule.verbs.includes(request.verb)) return 'none';
  let someOnly = false;
  if (isGiven(rule.namespaces) || (rule.resources ?? []).length > 0) {
    if (isGiven(rule.namespaces)) {
      // a request outside of namespaces has the empty one
      if (request.isClusterScoped && !rule.namespaces.includes('')) return 'none';
      someOnly = !request.isClusterScoped;
    }
    const groups = rule.resources ?? [];
    const named = groups.filter(
      ({ group = '', resources }) =>
        group === request.group && (!isGiven(resources) || resources.some((one) => namesResource(one, request))),
    );
    if (groups.length > 0 && named.length === 0) return 'none';
    // without a list of resources the names do not count
    if (named.length > 0 && named.every(({ resources, resourceNames }) => isGiven(resources) && isGiven(resourceNames))) someOnly = true;
  } else if (isGiven(rule.nonResourceURLs)) return 'none';
  const everybody = rule.userGroups?.includes('system:authenticated') ?? false;
  if (isGiven(rule.users) || (isGiven(rule.userGroups) && !everybody)) someOnly = true;
  return someOnly ? 'some' : 'all';
};

/** Whether a rule speaks only of components of Kubernetes itself, whose noise policies usually leave out. */
const isOfSystem = ({ users = [], userGroups = [] }: Rule): boolean => {
  const isComponent = (user: string) => user.startsWith('system:') && !['system:anonymous', 'system:admin'].includes(user);
  const isComponents = (group: string) => ['system:nodes', 'system:serviceaccounts:kube-system'].includes(group);
  return users.length + userGroups.length > 0 && users.every(isComponent) && userGroups.every(isComponents);
};

/** What a policy does with a kind of request: the first rule that matches decides, and where none does, nothing is logged. */
export const auditOf = (policy: AuditPolicy, request: AuditedRequest): Audited => {
  const exceptions: number[] = [];
  const levels: string[] = [];
  for (const [at, rule] of (policy.rules ?? []).entries()) {
    const match = matches(rule, request);
    if (match === 'none') continue;
    const omitted = [...(policy.omitStages ?? []), ...(rule.omitStages ?? [])];
    const isLogged =
      ['Metadata', 'Request', 'RequestResponse'].includes(rule.level) &&
      !(omitted.includes('RequestReceived') && omitted.includes('ResponseComplete'));
    if (isLogged) levels.push(rule.level);
    if (match === 'all') return { missed: !isLogged, exceptions, levels };
    if (!isLogged && !isOfSystem(rule)) exceptions.push(at + 1);
  }
  return { missed: true, exceptions, levels };
};
