/** What a request is about, in the words of RBAC. */
export interface Route {
  /** `get`, `list`, `create`, `delete` for resources; the same words for other URLs. */
  readonly verb: string;
  /** `pods`, `deployments.apps`, `serviceaccounts/token`, `nodes/proxy`, or the path for what is no resource. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Reads the path of an API request: `/api/v1/namespaces/a/pods/b/log` is `get pods/log` of `b` in `a`. The path has no prefix of the server's and no query. */
export const routeOf = (method: string, path: string): Route => {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const isCore = parts[0] === 'api';
  const group = parts[0] === 'apis' ? parts[1] : undefined;
  const rest = parts.slice(isCore ? 2 : 3);
  if ((!isCore && group === undefined) || rest.length === 0) return { verb: verbOf(method, true), resource: path };
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2;
  const [plural = '', name, ...sub] = inNamespace ? rest.slice(2) : rest;
  const subresource = sub[0] === undefined ? '' : `/${sub[0]}`;
  return {
    verb: verbOf(method, name !== undefined),
    resource: `${plural}${group === undefined ? '' : `.${group}`}${subresource}`,
    ...(inNamespace && rest[1] !== undefined && { namespace: rest[1] }),
    ...(name !== undefined && { name }),
  };
};

const verbOf = (method: string, isNamed: boolean): string =>
  ({ GET: isNamed ? 'get' : 'list', POST: 'create', DELETE: isNamed ? 'delete' : 'deletecollection', PUT: 'update', PATCH: 'patch' })[
    method
  ] ?? method.toLowerCase();

/** The right a request needs, as `verb resource`. */
export const rightOf = (route: Route): string => `${route.verb} ${route.resource}`;

/** The thing a request is about, for a sentence: `pods/log b in namespace a`. */
export const nameOf = (route: Route): string =>
  `${route.resource}${route.name === undefined ? '' : ` ${route.name}`}${route.namespace === undefined ? '' : ` in namespace ${route.namespace}`}`;
