import { allRoutes, type RouteId } from '../api/index.ts';
import { Problem } from '../api/problem.ts';
import type { Route, Schemas as RouteSchemas } from '../api/route.ts';
import { isChange } from './audit.ts';
import { needsIfMatch } from './if-match.ts';
import { createSchemas, type Json, type JsonObject, type Schemas } from './openapi-schemas.ts';

const ref = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` });
const text = (description: string, schema: JsonObject = { type: 'string' }): JsonObject => ({ description, schema });

const problems: Readonly<Record<number, string>> = {
  400: 'The request is not valid.',
  401: 'Not signed in, or the credential is not good any more.',
  403: 'A permission is missing.',
  404: 'There is no such thing, or the caller sees nothing of it.',
  409: 'In conflict with the present state.',
  412: 'It was changed since it was read.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'The idempotency key was used for another request, or the version is not supported.',
  428: '`If-Match` is missing.',
  429: 'Too many requests.',
  500: 'The service failed.',
  502: 'The cluster does not answer properly.',
  503: 'The cluster is overloaded.',
  504: 'It took too long.',
};

const statusesOf = (route: Route): readonly number[] => {
  const { access, params, query, body, method } = route;
  return [
    400,
    ...(access === 'public' ? [] : [401]),
    ...(typeof access === 'object' ? [403] : []),
    ...(params ? [404] : []),
    ...(isChange(route) ? [409] : []),
    ...(needsIfMatch(route) ? [412, 428] : []),
    ...(body ? [413, 415] : []),
    ...(method === 'POST' ? [422] : []),
    429,
    500,
    ...(params && !query && method !== 'GET' ? [502, 503, 504] : []),
  ].toSorted((a, b) => a - b);
};

/** One parameter per field of the schema. Its place in a path makes it required; in a query its schema decides. */
const parametersIn = (place: 'path' | 'query', schema: RouteSchemas['query'], schemas: Schemas): readonly JsonObject[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.convert(schema);
  return Object.entries(properties as JsonObject).map(([name, own]) => {
    const { description, ...rest } = own as JsonObject;
    const isRequired = place === 'path' || (required as readonly Json[]).includes(name);
    const isList = (rest as JsonObject).type === 'array';
    return {
      name,
      in: place,
      required: isRequired,
      ...(typeof description === 'string' ? { description } : {}),
      schema: rest,
      ...(isList ? { style: 'form', explode: true } : {}),
    };
  });
};

const json = (schema: JsonObject, type = 'application/json'): JsonObject => ({ [type]: { schema } });

const answerOf = (route: Route, { answer }: RouteSchemas, schemas: Schemas): JsonObject => ({
  description: route.status === 204 ? 'Done.' : route.status === 202 ? 'Begun.' : route.status === 201 ? 'Made.' : 'Done.',
  headers: {
    'X-Request-Id': ref('headers', 'RequestId'),
    ...(route.versioned && route.status !== 204 ? { ETag: ref('headers', 'ETag') } : {}),
    ...(route.status === 201 ? { Location: ref('headers', 'Location') } : {}),
    ...(route.method === 'POST' ? { 'Idempotency-Replayed': ref('headers', 'IdempotencyReplayed') } : {}),
  },
  ...(answer ? { content: json(schemas.convert(answer)) } : {}),
});

/** An answer whose status says what was found, beside the problem of that status. */
const otherAnswerOf = (route: Route, own: RouteSchemas, schemas: Schemas, status: number): JsonObject => {
  const usual = answerOf(route, own, schemas);
  const isProblemToo = statusesOf(route).includes(status);
  return {
    ...usual,
    description: 'The same answer, where the status was asked to say what was found.',
    ...(isProblemToo && own.answer
      ? { content: { ...json(schemas.convert(own.answer)), ...json(ref('schemas', 'Problem'), 'application/problem+json') } }
      : {}),
  };
};

const bodyOf = ({ method }: Route, { body }: RouteSchemas, schemas: Schemas): JsonObject => {
  if (!body) return {};
  const schema = schemas.convert(body);
  const content = { ...json(schema), ...(method === 'PATCH' ? json(schema, 'application/merge-patch+json') : {}) };
  return { requestBody: { required: true, content } };
};

const accessOf = ({ access }: Route): JsonObject => {
  if (access === 'public') return { security: [] };
  return typeof access === 'object' ? { 'x-permission': access.permission } : {};
};

const operationOf = (id: RouteId, route: Route, own: RouteSchemas, schemas: Schemas): JsonObject => {
  const parameters = [
    ...parametersIn('path', own.params, schemas),
    ...parametersIn('query', own.query, schemas),
    ...(needsIfMatch(route) ? [ref('parameters', 'IfMatch')] : []),
    ...(route.method === 'POST' ? [ref('parameters', 'IdempotencyKey')] : []),
  ];
  return {
    operationId: id,
    tags: [id.replace(/\..*$/, '')],
    summary: route.summary,
    ...(typeof route.access === 'object' ? { description: `Needs the permission \`${route.access.permission}\`.` } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(route, own, schemas),
    responses: {
      [route.status]: answerOf(route, own, schemas),
      ...Object.fromEntries(statusesOf(route).map((status) => [status, ref('responses', `Problem${status}`)])),
      // a problem can have the same status; its media type tells them apart
      ...Object.fromEntries(route.otherStatuses.map((status) => [status, otherAnswerOf(route, own, schemas, status)])),
    },
    ...accessOf(route),
  };
};

const headers: JsonObject = {
  RequestId: text('Id of the request, for whoever runs the service.'),
  ETag: text('Revision of what is answered; send it as `If-Match` with a change.', { type: 'string', pattern: '^"[1-9][0-9]*"$' }),
  Location: text('Path of what was made.'),
  RetryAfter: text('Seconds to wait.', { type: 'integer', minimum: 1 }),
  IdempotencyReplayed: text('`true` when this is the answer of an earlier request with the same key.', { type: 'string', enum: ['true'] }),
  Challenge: text('How to sign in.'),
};
const parameters: JsonObject = {
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    ...text('ETag of what is changed, as it was read.', { type: 'string', pattern: '^"[1-9][0-9]*"$' }),
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    ...text('Makes the request safe to repeat for 24 hours: the same key with the same request is done once.', {
      type: 'string',
      pattern: '^[\\x21-\\x7e]{1,255}$',
    }),
  },
};
const problemResponse = (status: number, description: string, schema: JsonObject): JsonObject => ({
  description,
  headers: {
    'X-Request-Id': ref('headers', 'RequestId'),
    ...(status === 401 ? { 'WWW-Authenticate': ref('headers', 'Challenge') } : {}),
    ...(status === 429 ? { 'Retry-After': ref('headers', 'RetryAfter') } : {}),
  },
  content: json(schema, 'application/problem+json'),
});
const securitySchemes: JsonObject = {
  apiToken: { type: 'http', scheme: 'bearer', description: 'An API token (`ght_…`), or an ID or access token of the issuer.' },
  signIn: {
    type: 'openIdConnect',
    openIdConnectUrl: 'https://issuer.example/.well-known/openid-configuration',
    description: 'The issuer of this deployment; `GET /v1/sign-in` names it.',
  },
};

/** The API as an OpenAPI 3.1 document, made from its routes. The same version gives the same document. */
export const openApi = async (version: string) => {
  const schemas = createSchemas();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, route] of allRoutes) {
    paths[route.path] ??= {};
    Object.assign(paths[route.path] ?? {}, { [route.method.toLowerCase()]: operationOf(id, route, await route.schemas(), schemas) });
  }
  const problem = schemas.convert(Problem);
  const tags = [...new Set(allRoutes.map(([id]) => id.replace(/\..*$/, '')))].map((name) => ({ name }));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version,
      summary: 'Says whether a Kubernetes cluster may be upgraded today, and why not.',
      description:
        'Lists come in pages: go on with `next` as `cursor` until it is missing. Errors are problem details (RFC 9457). A change of a versioned thing needs its ETag in `If-Match`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiToken: [] }, { signIn: [] }],
    tags,
    paths,
    components: {
      schemas: schemas.components(),
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          problemResponse(Number(status), description, problem),
        ]),
      ),
      parameters,
      headers,
      securitySchemes,
    },
  };
};
