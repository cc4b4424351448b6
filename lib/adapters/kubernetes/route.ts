/** What a request is about, in the words of RBAC. */
export interface Route {
  /** `get`, `list`, `create`, `delete` … */
  readonly verb: string;
  /** `pods`, `deployments.apps`, `serviceaccounts/token`, `nodes/proxy`, or the path itself for what is no resource. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly path: string;
}

/** Reads the path of an API request: GET `/api/v1/namespaces/a/pods/b/log` is `get pods/log` of `b` in `a`. The path has neither the server's prefix nor a query. */
export const routeOf = (method: string, path: string): Route => {
  const [root = '', ...parts] = path.replace(/\?.*$/, '').split('/').slice(1).map(decode);
  const group = root === 'apis' ? parts[0] : undefined;
  const rest = root === 'api' ? parts.slice(1) : root === 'apis' ? parts.slice(2) : [];
  if (rest.length === 0 || rest[0] === '') return { verb: verbOf(method, true), resource: path, path };
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2;
  const [plural, name, subresource] = isNamespaced ? rest.slice(2) : rest;
  return {
    verb: verbOf(method, name !== undefined),
    resource: `${plural}${group === undefined ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`,
    ...(isNamespaced && rest[1] !== undefined && { namespace: rest[1] }),
    ...(name !== undefined && { name }),
    path,
  };
};

const decode = (part: string): string =>
  URL.canParse(`x:/${part}`) && /^(?:[^%]|%[0-9a-f]{2})*$/i.test(part) ? decodeURIComponent(part) : part;

const verbs: Readonly<Record<string, readonly [whole: string, named: string]>> = {
  GET: ['list', 'get'],
  POST: ['create', 'create'],
  DELETE: ['deletecollection', 'delete'],
};
const verbOf = (method: string, isNamed: boolean): string => verbs[method]?.[isNamed ? 1 : 0] ?? method.toLowerCase();

/** The right a request needs, as `verb resource`. */
export const rightOf = (route: Route): string => `${route.verb} ${route.resource}`;

/** The thing a request is about, for a sentence: `pods/log b in namespace a`. */
export const nameOf = ({ resource, name, namespace }: Route): string =>
  [resource, name, namespace && `in namespace ${namespace}`].filter((part) => part !== undefined).join(' ');
