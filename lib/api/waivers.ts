import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/waivers.ts'));

/** Waivers of a project. */
export const waiversRoutes = {
  'waivers.list': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/waivers',
    summary: 'Waivers of a project.',
    access: may('waiver.get'),
    params: 'InProject',
    query: 'WaiversQuery',
    answer: 'WaiverPage',
  }),
  'waivers.request': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/waivers',
    summary: 'Asks that a risk be accepted.',
    access: may('waiver.request'),
    params: 'InProject',
    body: 'WaiverRequest',
    answer: 'WaiverRecord',
    status: 201,
    versioned: true,
  }),
  'waivers.get': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/waivers/{waiverId}',
    summary: 'One waiver.',
    access: may('waiver.get'),
    params: 'OfWaiver',
    answer: 'WaiverRecord',
    versioned: true,
  }),
  'waivers.decide': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/waivers/{waiverId}/decision',
    summary: 'Approves or rejects a waiver that somebody else asked for.',
    access: may('waiver.approve'),
    params: 'OfWaiver',
    body: 'Decision',
    answer: 'WaiverRecord',
    versioned: true,
  }),
  'waivers.withdraw': route({
    method: 'POST',
    path: '/v1/projects/{projectId}/waivers/{waiverId}/withdrawal',
    summary: 'Ends a waiver, or takes the request back.',
    access: may('waiver.request'),
    params: 'OfWaiver',
    answer: 'WaiverRecord',
    versioned: true,
  }),
};
