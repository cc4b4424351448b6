import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/audit.ts'));

/** What was done, and what was refused. */
export const auditRoutes = {
  'audit.list': route({
    method: 'GET',
    path: '/v1/audit',
    summary: 'Changes and refusals in the tenant, newest first.',
    access: may('audit.list'),
    query: 'AuditQuery',
    answer: 'AuditPage',
  }),
  'audit.listOfProject': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/audit',
    summary: 'Changes and refusals in a project, newest first.',
    access: may('audit.list'),
    params: 'InProject',
    query: 'AuditQuery',
    answer: 'AuditPage',
  }),
};
