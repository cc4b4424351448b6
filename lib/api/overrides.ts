import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/overrides.ts'));
const allPath = '/v1/projects/{projectId}/overrides';
const onePath = `${allPath}/{overrideId}`;

/** The way round a denial of the gate. */
export const overridesRoutes = {
  'overrides.list': route({
    method: 'GET',
    path: allPath,
    summary: 'Overrides of a project, newest first.',
    access: may('upgrade.get'),
    params: 'InProject',
    query: 'OverridesQuery',
    answer: 'OverridePage',
  }),
  'overrides.request': route({
    method: 'POST',
    path: allPath,
    summary: 'Asks that one upgrade of one cluster goes on despite a denial; another person approves it.',
    access: may('upgrade.override'),
    params: 'InProject',
    body: 'OverrideRequest',
    answer: 'OverrideRecord',
    status: 201,
    versioned: true,
  }),
  'overrides.get': route({
    method: 'GET',
    path: onePath,
    summary: 'One override.',
    access: may('upgrade.get'),
    params: 'OfOverride',
    answer: 'OverrideRecord',
    versioned: true,
  }),
  'overrides.decide': route({
    method: 'POST',
    path: `${onePath}/decision`,
    summary: 'Approves or rejects an override that somebody else asked for.',
    access: may('upgrade.approve'),
    params: 'OfOverride',
    body: 'Decision',
    answer: 'OverrideRecord',
    versioned: true,
  }),
  'overrides.withdraw': route({
    method: 'POST',
    path: `${onePath}/withdrawal`,
    summary: 'Ends an override, or takes the request back.',
    access: may('upgrade.override'),
    params: 'OfOverride',
    answer: 'OverrideRecord',
    versioned: true,
  }),
};
