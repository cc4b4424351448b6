import type { HttpAnswer } from '../../../core/probing/index.ts';
import { jsonOf } from './kubernetes.ts';

/** What the API allows somebody, as far as it matters here. */
export interface Rights {
  /** `create pods`, `get secrets`, `*` of `*`; at most a few, for evidence. */
  readonly writes: readonly string[];
  readonly secrets: readonly string[];
  readonly others: readonly string[];
}

/** What everybody may ask about themselves, and paths that tell nothing of workloads. */
const selfReviews = /^(selfsubjectaccessreviews|selfsubjectrulesreviews|selfsubjectreviews)$/;
const openPaths = /^\/(|api(\/.*)?|apis(\/.*)?|healthz|livez|readyz|openapi(\/.*)?|version\/?|\.well-known\/.*|openid\/v1\/jwks)$/;
const readVerbs = new Set(['get', 'list', 'watch']);

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const objects = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
const objectOf = (value: unknown): Readonly<Record<string, unknown>> => objects([value])[0] ?? {};

const none: Rights = { writes: [], secrets: [], others: [] };
const sorted = (right: string, verbs: readonly string[], resources: readonly string[]): Rights => {
  if (verbs.some((verb) => !readVerbs.has(verb))) return { ...none, writes: [right] };
  return resources.some((resource) => resource === '*' || resource === 'secrets')
    ? { ...none, secrets: [right] }
    : { ...none, others: [right] };
};

const ofResources = (rule: Readonly<Record<string, unknown>>): Rights => {
  const verbs = texts(rule.verbs);
  const resources = texts(rule.resources).filter((resource) => !selfReviews.test(resource));
  return resources.length === 0 || verbs.length === 0
    ? none
    : sorted(`${verbs.join(', ')} of ${resources.slice(0, 5).join(', ')}`, verbs, resources);
};

const ofPaths = (rule: Readonly<Record<string, unknown>>): Rights => {
  const paths = texts(rule.nonResourceURLs).filter((path) => !openPaths.test(path));
  return paths.length === 0 ? none : { ...none, others: [`paths ${paths.slice(0, 5).join(', ')}`] };
};

const together = (all: readonly Rights[]): Rights => ({
  writes: all.flatMap(({ writes }) => writes),
  secrets: all.flatMap(({ secrets }) => secrets),
  others: all.flatMap(({ others }) => others),
});

/** The rules of a SelfSubjectRulesReview beyond what shows nothing; undefined when the answer is none. */
export const rulesIn = (http: HttpAnswer): (Rights & { readonly isComplete: boolean }) | undefined => {
  const review = http.status === 200 || http.status === 201 ? jsonOf(http) : undefined;
  if (review?.kind !== 'SelfSubjectRulesReview') return undefined;
  const status = objectOf(review.status);
  const rights = together([...objects(status.resourceRules).map(ofResources), ...objects(status.nonResourceRules).map(ofPaths)]);
  return { ...rights, isComplete: status.incomplete !== true };
};

/** What a SelfSubjectAccessReview allows: it repeats its question. Nothing where it denies; undefined when the answer is none. */
export const accessIn = (http: HttpAnswer): Rights | undefined => {
  const review = http.status === 200 || http.status === 201 ? jsonOf(http) : undefined;
  if (review?.kind !== 'SelfSubjectAccessReview') return undefined;
  const { verb, resource, subresource } = objectOf(objectOf(review.spec).resourceAttributes);
  if (objectOf(review.status).allowed !== true || typeof verb !== 'string' || typeof resource !== 'string') return none;
  return sorted(
    `${verb} of ${resource}${typeof subresource === 'string' && subresource !== '' ? `/${subresource}` : ''}`,
    [verb],
    [resource],
  );
};

export const joinRights = (all: readonly (Rights | undefined)[]): Rights => together(all.filter((one) => one !== undefined));
