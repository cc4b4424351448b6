import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/policies.ts'));
const allPath = '/v1/projects/{projectId}/policies';
const onePath = `${allPath}/{policyName}`;

/** Policies of the upgrade gate. */
export const policiesRoutes = {
  'policies.list': route({
    method: 'GET',
    path: allPath,
    summary: 'Policies of the upgrade gate that may decide in a project, built-in ones included.',
    access: may('policy.get'),
    params: 'InProject',
    answer: 'Policies',
  }),
  'policies.store': route({
    method: 'POST',
    path: allPath,
    summary: 'Stores a policy as a new version of its name; it decides nothing before it is activated.',
    access: may('policy.update'),
    params: 'InProject',
    body: 'PolicyText',
    answer: 'PolicyStored',
    status: 201,
  }),
  'policies.get': route({
    method: 'GET',
    path: onePath,
    summary: 'One policy with its versions.',
    access: may('policy.get'),
    params: 'OfPolicy',
    answer: 'PolicyWithVersions',
    versioned: true,
  }),
  'policies.getVersion': route({
    method: 'GET',
    path: `${onePath}/versions/{version}`,
    summary: 'One version of a policy, with its document.',
    access: may('policy.get'),
    params: 'OfPolicyVersion',
    answer: 'PolicyVersion',
  }),
  'policies.activate': route({
    method: 'PUT',
    path: `${onePath}/active`,
    summary: 'Says which version of a policy decides from now on.',
    access: may('policy.update'),
    params: 'OfPolicy',
    body: 'Activation',
    answer: 'PolicyHead',
    versioned: true,
  }),
  'policies.test': route({
    method: 'POST',
    path: `${onePath}/test`,
    summary: 'Tries a version of a policy, or a document, against past evaluations: whose verdict would be another, and why.',
    access: may('policy.get'),
    params: 'OfPolicy',
    body: 'PolicyTrial',
    answer: 'TriedEvaluations',
  }),
  'policies.delete': route({
    method: 'DELETE',
    path: onePath,
    summary: 'Deletes a policy and its versions; refused while it decides for a cluster or for the project.',
    access: may('policy.update'),
    params: 'OfPolicy',
    status: 204,
    versioned: true,
  }),
};
