import { routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/service.ts'));

/** What the service says of itself and of the caller. */
export const serviceRoutes = {
  'service.health': route({
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the service answers, and which version it is.',
    access: 'public',
    answer: 'Health',
  }),
  'service.openapi': route({
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document.',
    access: 'public',
    answer: 'OpenApi',
  }),
  'service.signIn': route({ method: 'GET', path: '/v1/sign-in', summary: 'How people sign in.', access: 'public', answer: 'SignIn' }),
  'service.evidenceKey': route({
    method: 'GET',
    path: '/v1/evidence-key',
    summary: 'The public key that proves sealed evidence.',
    access: 'self',
    answer: 'EvidenceKey',
  }),
  'me.get': route({ method: 'GET', path: '/v1/me', summary: 'Who you are and what you may do.', access: 'self', answer: 'Me' }),
};
