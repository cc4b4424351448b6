import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/projects.ts'));

/** Projects. */
export const projectsRoutes = {
  'projects.list': route({
    method: 'GET',
    path: '/v1/projects',
    summary: 'Projects that you see.',
    access: 'self',
    query: 'PageQuery',
    answer: 'ProjectPage',
  }),
  'projects.create': route({
    method: 'POST',
    path: '/v1/projects',
    summary: 'Makes a project.',
    access: may('project.create'),
    body: 'NewProject',
    answer: 'Project',
    status: 201,
    versioned: true,
  }),
  'projects.get': route({
    method: 'GET',
    path: '/v1/projects/{projectId}',
    summary: 'One project.',
    access: may('project.get'),
    params: 'InProject',
    answer: 'Project',
    versioned: true,
  }),
  'projects.update': route({
    method: 'PATCH',
    path: '/v1/projects/{projectId}',
    summary: 'Changes a project.',
    access: may('project.update'),
    params: 'InProject',
    body: 'ProjectChange',
    answer: 'Project',
    versioned: true,
  }),
  'projects.delete': route({
    method: 'DELETE',
    path: '/v1/projects/{projectId}',
    summary: 'Deletes a project; refused while it has active clusters.',
    access: may('project.delete'),
    params: 'InProject',
    status: 204,
    versioned: true,
  }),
};
